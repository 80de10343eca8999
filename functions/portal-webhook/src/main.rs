//! The Lambda function of portal events.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    motcua::lambda::serve(portal_webhook::handle).await
}
