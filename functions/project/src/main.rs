//! The Lambda function that is the second reader of the stream.

use motcua::lambda::serve_events;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(|_| (), async |site, (), event, _| project::handle(site, &event).await).await
}
