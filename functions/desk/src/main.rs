//! The Lambda function of the staff's pages and API.

use motcua::lambda::{Error, serve_with};
use scans::Scans;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve_with(Scans::on, |site, scans, request, now| {
        Box::pin(async move { desk::handle(&site, &scans, &request, now).await })
    })
    .await
}
