//! The Lambda function that reads the stream.

use motcua::lambda::serve_events;
use motcua::tell::Sms;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |aws| Sms::new(&aws.sns()),
        async |site, sms, event, at| notify::handle(site, sms, &event, at.now).await,
    )
    .await
}
