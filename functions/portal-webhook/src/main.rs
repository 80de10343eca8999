//! The Lambda function of portal events.

use motcua::lambda::{Error, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve(|site, request, now| Box::pin(async move { portal_webhook::handle(&site, &request, now).await })).await
}
