//! The Lambda function of the public pages.

use motcua::lambda::{Error, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve(|site, request, now| Box::pin(async move { citizen::handle(&site, &request, now).await })).await
}
