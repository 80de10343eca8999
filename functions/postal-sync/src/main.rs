//! The Lambda function that speaks with postal operators.

use motcua::lambda::serve_events_or_fail;
use motcua::web::Sessions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events_or_fail(
        |_| Sessions::default(),
        async |site, sessions, _event, at| {
            let report = postal_sync::handle(site, sessions, at.now, &|| at.has_time_left()).await;
            Ok::<_, std::convert::Infallible>(serde_json::json!(report))
        },
    )
    .await
}
