//! The Lambda function of payment callbacks.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    motcua::lambda::serve(payment_callback::handle).await
}
