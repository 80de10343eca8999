//! The Lambda function that tells portals.

use motcua::lambda::serve_events_or_fail;
use portal_sync::Sessions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events_or_fail(
        |_| Sessions::default(),
        async |site, sessions, event, at| {
            portal_sync::hear(site, sessions, &event, at.now, &|| at.has_time_left()).await
        },
    )
    .await
}
