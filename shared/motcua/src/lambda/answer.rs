//! An answer in the shape an HTTP API expects: text as it is, everything else in base64.

use std::future::ready;
use std::pin::Pin;

use http::header::CONTENT_TYPE;
use lambda_http::{Body, IntoResponse};
use rules::http::Response;

/// Types other than `text/…` whose bodies are text.
const TEXTS: [&str; 2] = ["application/json", "image/svg+xml"];

/// An answer on its way back. Its bytes leave as they are: no conversion drops the mark at the beginning of a file.
pub(super) struct Answer(pub Response);

impl IntoResponse for Answer {
    fn into_response(self) -> Pin<Box<dyn Future<Output = lambda_http::Response<Body>> + Send>> {
        Box::pin(ready(converted(self.0)))
    }
}

fn converted(response: Response) -> lambda_http::Response<Body> {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let is_text = media_type.starts_with("text/") || TEXTS.iter().any(|it| media_type.starts_with(it));
    response.map(|bytes| match String::from_utf8(bytes.into()) {
        Ok(text) if is_text || text.is_empty() => Body::Text(text),
        Ok(text) => Body::Binary(text.into_bytes()),
        Err(error) => Body::Binary(error.into_bytes()),
    })
}
