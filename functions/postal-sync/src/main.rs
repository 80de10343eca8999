//! The Lambda function that speaks with postal operators.

use motcua::lambda::serve_events_or_fail;
use postal_sync::Tokens;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events_or_fail(
        |_| Tokens::default(),
        async |site, tokens, _event, at| {
            let report = postal_sync::handle(site, tokens, at.now, &|| at.has_time_left()).await;
            Ok::<_, std::convert::Infallible>(serde_json::json!(report))
        },
    )
    .await
}
