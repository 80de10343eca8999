//! Headers of every answer of the desk, so that no page is framed, read as another type, stored or led elsewhere.

use rules::http::{Reply, Response};

/// Adds the headers of a page to an answer; one that it has already stays as it is.
pub(crate) fn dressed(response: Response, leads_to: Option<&str>) -> Response {
    let form_action = leads_to.map_or_else(|| "'self'".to_owned(), |origin| format!("'self' {origin}"));
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action {form_action}; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    response.or_header("content-security-policy", &policy).or_header("referrer-policy", "same-origin").guarded()
}
