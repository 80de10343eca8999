//! The Lambda function that has receipts issued.

use motcua::lambda::serve_events_or_fail;
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events_or_fail(Scans::on, async |site, scans, _event, at| {
        let report = receipts::handle(site, scans, at.now, &|| at.has_time_left()).await;
        Ok::<_, std::convert::Infallible>(serde_json::json!(report))
    })
    .await
}
