//! The Lambda function of the staff's API.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    motcua::lambda::serve_with(scans::Scans::on, desk::handle).await
}
