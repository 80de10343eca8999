//! The Lambda function of receipts.

use motcua::lambda::{Error, serve_both, variable};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let topic = variable("MOTCUA_RECEIPTS_TOPIC")?;
    serve_both(
        |site, request, now| Box::pin(async move { delivery::gateway::handle(&site, &request, now).await }),
        async |site, event, at| delivery::handle(site, &topic, &event, at.now).await,
    )
    .await
}
