//! The function that tells portals, wired as it is on AWS but for one thing: portals are called without TLS on this
//! machine, because no portal here has a certificate.

use aws_smithy_async::rt::sleep::TokioSleep;
use motcua::lambda::{Error, serve_events_or_fail};
use motcua::web::Sessions;
use motcua::web::Web;
use motcua_tests::plain_wire::PlainWire;
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let web = Web::over(PlainWire::by_port(), TokioSleep::new());
    serve_events_or_fail(
        |aws| (Sessions::default(), Scans::on(aws)),
        async |site, (sessions, scans), event, at| {
            let site = site.clone().reaching(web.clone());
            portal_sync::hear(&site, (sessions, scans), &event, at.now, &|| at.has_time_left()).await
        },
    )
    .await
}
