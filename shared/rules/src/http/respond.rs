//! Answers, by the type of their body.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::{Reply, Response};

/// Answers with JSON, which the caller has written.
#[must_use]
pub fn json(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "application/json", body)
}

/// Answers with plain text.
#[must_use]
pub fn text(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "text/plain; charset=utf-8", body)
}

/// Answers with a page.
#[must_use]
pub fn html(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "text/html; charset=utf-8", body)
}

/// Answers with a file for the browser to keep under this name, in which only letters, digits, `.` and `-` are left.
#[must_use]
pub fn file(content_type: &'static str, name: &str, content: impl Into<Bytes>) -> Response {
    let plain = |character: &char| character.is_ascii_alphanumeric() || ".-".contains(*character);
    let name: String = name.chars().filter(plain).collect();
    typed(200, content_type, content).with_header(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
}

/// Sends the browser to another address.
#[must_use]
pub fn see_other(location: impl AsRef<str>) -> Response {
    empty(303).with_header(http::header::LOCATION, location)
}

/// Answers without a body.
#[must_use]
pub fn empty(status: u16) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Answers with a body of any type.
#[must_use]
pub fn typed(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status).with_header(CONTENT_TYPE, content_type);
    *response.body_mut() = body.into();
    response
}
