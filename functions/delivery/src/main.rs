//! The Lambda function of receipts.

use motcua::lambda::{serve_events_or_fail, variable};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    let topic = variable("MOTCUA_RECEIPTS_TOPIC")?;
    serve_events_or_fail(|_| (), async |site, (), event, at| delivery::handle(site, &topic, &event, at.now).await).await
}
