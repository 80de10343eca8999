//! The Lambda function that tells portals.

use motcua::lambda::serve_events;
use portal_sync::Sessions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |_| Sessions::default(),
        async |site, sessions, _, at| portal_sync::handle(site, sessions, at.now, &|| at.has_time_left()).await,
    )
    .await
}
