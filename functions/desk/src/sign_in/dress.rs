//! Headers of every answer of the desk, so that no page is framed, read as another type, stored or led elsewhere.

use std::borrow::Cow;

use rules::http::{Reply, Response};

/// Adds the headers of a page to an answer; one that it has already stays as it is.
pub(crate) fn dressed(response: Response, leads_to: Option<&str>) -> Response {
    let form_action = leads_to.map_or(Cow::Borrowed("'self'"), |origin| format!("'self' {origin}").into());
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action {form_action}; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    [
        ("content-security-policy", Cow::Owned(policy)),
        ("x-content-type-options", "nosniff".into()),
        ("referrer-policy", "same-origin".into()),
        ("cache-control", "no-store".into()),
    ]
    .into_iter()
    .fold(response, |response, (name, value)| match response.header(name) {
        Some(_) => response,
        None => response.with_header(name, value),
    })
}
