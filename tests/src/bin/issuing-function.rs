//! The function that has receipts issued, wired as it is on AWS but for one thing: the provider is called without TLS on this
//! machine, because no provider here has a certificate.

use aws_smithy_async::rt::sleep::TokioSleep;
use motcua::aws::Aws;
use motcua::lambda::{Error, serve_events_or_fail};
use motcua::tell::Email;
use motcua::web::Web;
use motcua_tests::plain_wire::PlainWire;
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let web = Web::over(PlainWire::by_port(), TokioSleep::new());
    let make = |aws: &Aws| (Scans::on(aws), Email::new(&aws.ses()));
    serve_events_or_fail(make, async |site, (scans, email), _event, at| {
        let site = site.clone().reaching(web.clone());
        let report = receipts::handle(&site, (scans, email), at.now, &|| at.has_time_left()).await;
        Ok::<_, std::convert::Infallible>(serde_json::json!(report))
    })
    .await
}
