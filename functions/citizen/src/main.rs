//! The Lambda function of the public pages.

use motcua::lambda::{Error, serve_with};
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve_with(Scans::on, |site, scans, request, now| {
        Box::pin(async move { citizen::handle(&site, &scans, &request, now).await })
    })
    .await
}
