//! A function that panics when asked to, wired as the others are, to test the effect of a panic on the process.

use motcua::lambda::{Error, serve};
use rules::http::{Received, Request, Response, respond};

async fn handle(request: &Request) -> Response {
    assert!(request.path() != "/panic", "asked to panic");
    respond::text(200, "calm")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    serve(|_, request, _| Box::pin(async move { handle(&request).await })).await
}
