//! A stored file as an answer.

use bytes::Bytes;
use rules::http::{Reply, Response, respond};

/// Nothing in a file may run, be sent or be asked for as if it were a page of ours.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; \
                     form-action 'none'; frame-ancestors 'none'; sandbox";

/// Answers with a file, to be shown or saved as `disposition` says.
pub(crate) fn answer(media_type: &'static str, disposition: String, content: Bytes) -> Response {
    respond::typed(200, media_type, content)
        .with_header("content-disposition", disposition)
        .with_header("content-security-policy", ALONE)
}
