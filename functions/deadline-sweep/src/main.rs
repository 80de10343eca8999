//! The Lambda function of the sweep.

use motcua::lambda::serve_events;
use motcua::tell::Sms;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(
        |aws| Sms::new(&aws.sns()),
        async |site, sms, _, at| deadline_sweep::handle(site, sms, at.now, &|| at.has_time_left()).await,
    )
    .await
}
