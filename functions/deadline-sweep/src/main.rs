//! The Lambda function of the sweep.

use motcua::lambda::serve_events;
use motcua::tell::{Email, Outlets, Sms};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |aws| Outlets { sms: Sms::new(&aws.sns()), email: Email::new(&aws.ses()) },
        async |site, outlets, _, at| deadline_sweep::handle(site, outlets, at.now, &|| at.has_time_left()).await,
    )
    .await
}
