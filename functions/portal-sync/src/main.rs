//! The Lambda function that tells portals.

use motcua::lambda::serve_events_or_fail;
use motcua::web::Sessions;
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events_or_fail(
        |aws| (Sessions::default(), Scans::on(aws)),
        async |site, (sessions, scans), event, at| {
            portal_sync::hear(site, (sessions, scans), &event, at.now, &|| at.has_time_left()).await
        },
    )
    .await
}
