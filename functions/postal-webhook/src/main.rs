//! The Lambda function of what postal operators tell.

use motcua::lambda::{Error, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve(|site, request, now| Box::pin(async move { postal_webhook::handle(&site, &request, now).await })).await
}
