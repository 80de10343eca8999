//! The Lambda function that reads the stream.

use motcua::lambda::serve_events;
use motcua::tell::{Email, Outlets, Sms};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |aws| Outlets { sms: Sms::new(&aws.sns()), email: Email::new(&aws.ses()) },
        async |site, outlets, event, at| notify::handle(site, outlets, &event, at.now).await,
    )
    .await
}
