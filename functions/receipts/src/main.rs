//! The Lambda function that has receipts issued.

use motcua::aws::Aws;
use motcua::lambda::serve_events_or_fail;
use motcua::tell::Email;
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    let make = |aws: &Aws| (Scans::on(aws), Email::new(&aws.ses()));
    serve_events_or_fail(make, async |site, (scans, email), _event, at| {
        let report = receipts::handle(site, (scans, email), at.now, &|| at.has_time_left()).await;
        Ok::<_, std::convert::Infallible>(serde_json::json!(report))
    })
    .await
}
