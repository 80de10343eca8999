//! What every answer of the desk tells the browser, so that no page is framed, guessed at, kept or led astray.

use std::borrow::Cow;

use rules::http::{Reply, Response};

/// The answer with the headers of a page; one that it has already stays as it is.
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
