//! Answers, by what their body is.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::{Reply, Response};

/// JSON, which the caller has written.
#[must_use]
pub fn json(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "application/json", body)
}

/// Plain text.
#[must_use]
pub fn text(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "text/plain; charset=utf-8", body)
}

/// A page.
#[must_use]
pub fn html(status: u16, body: impl Into<Bytes>) -> Response {
    typed(status, "text/html; charset=utf-8", body)
}

/// A file for the browser to keep under this name, of which letters, digits, `.` and `-` are left.
#[must_use]
pub fn file(content_type: &'static str, name: &str, content: impl Into<Bytes>) -> Response {
    let plain = |character: &char| character.is_ascii_alphanumeric() || ".-".contains(*character);
    let name: String = name.chars().filter(plain).collect();
    typed(200, content_type, content).with_header(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
}

/// The way to another address.
#[must_use]
pub fn see_other(location: impl AsRef<str>) -> Response {
    empty(303).with_header(http::header::LOCATION, location)
}

/// An answer without a body.
#[must_use]
pub fn empty(status: u16) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A body of any type.
#[must_use]
pub fn typed(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status).with_header(CONTENT_TYPE, content_type);
    *response.body_mut() = body.into();
    response
}
