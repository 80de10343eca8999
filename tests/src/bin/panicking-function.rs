//! A function that panics when asked to, wired as the others are: what a panic does to the process is tested with it.

use jiff::Timestamp;
use motcua::http::{Request, Response};
use motcua::site::Site;

async fn handle(_: &Site, request: &Request, _: Timestamp) -> Response {
    assert!(request.path != "/panic", "asked to panic");
    Response::text(200, "calm")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    motcua::lambda::serve(handle).await
}
