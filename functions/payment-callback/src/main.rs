//! The Lambda function of payment callbacks.

use motcua::lambda::{Error, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve(|site, request, now| Box::pin(async move { payment_callback::handle(&site, &request, now).await })).await
}
