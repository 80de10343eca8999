//! The Lambda function that reads the stream, and sends broadcasts every minute.

use motcua::lambda::serve_events;
use motcua::tell::{Email, Outlets, Sms};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |aws| Outlets { sms: Sms::new(&aws.sns()), email: Email::new(&aws.ses()) },
        async |site, outlets, event, at| {
            if notify::is_scheduled(&event) {
                let progress = notify::broadcast(site, outlets, at.now, &|| at.has_time_left()).await;
                return serde_json::json!(progress);
            }
            notify::handle(site, outlets, &event, at.now).await
        },
    )
    .await
}
