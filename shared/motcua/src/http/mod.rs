//! Requests and answers at the edge, as small values of our own.
//!
//! A payment callback is verified over bytes exactly as they were sent, so nothing here decodes, normalises or
//! re-encodes: the raw query stays raw and the body stays a run of bytes. Nothing in this module can panic on
//! what a stranger sends.

mod event;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, Method};

pub use event::{EventError, ResponseEvent};

/// The most bytes a body, and separately a raw query, may have: 64 KiB. No partner's message comes near.
pub const MAX_BODY: usize = 64 * 1024;

/// The header that an answer may have several of, one a cookie.
pub const SET_COOKIE: &str = "set-cookie";

/// One HTTP request, as received.
#[derive(Clone)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: Method,
    /// The path without the stage's prefix and without the query, such as `/payments/vnpay-khvp/callback`.
    pub path: String,
    /// Everything after the `?`, byte for byte as it came; empty where there was none.
    pub raw_query: String,
    /// The headers; names are lower case, a repeated header keeps each of its values.
    pub headers: HeaderMap,
    /// The body's bytes, after the transport's base64 was undone.
    pub body: Bytes,
    /// What the JWT authorizer in front of us vouches for; empty on a route without one. Never read from the token.
    pub claims: BTreeMap<String, String>,
}

impl Request {
    /// A request from an HTTP server's parts and its collected body.
    pub fn from_parts(parts: &http::request::Parts, body: Bytes) -> Self {
        Self {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            raw_query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.clone(),
            body,
            claims: BTreeMap::new(),
        }
    }

    /// The media type of the body without its parameters, such as `application/json`; none where the sender names
    /// none, or names it in something other than ASCII.
    pub fn media_type(&self) -> Option<&str> {
        let value = self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
        Some(value.split(';').next().unwrap_or_default().trim())
    }

    /// Whether the body or the raw query is over [`MAX_BODY`]; the caller decides in which words to refuse.
    pub fn is_oversize(&self) -> bool {
        self.body.len() > MAX_BODY || self.raw_query.len() > MAX_BODY
    }
}

/// Query, headers, body and even the path may hold personal data or a secret link, so only sizes are shown.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("query_bytes", &self.raw_query.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// One HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code, such as 200.
    pub status: u16,
    /// The content type, or none where there is no body.
    pub content_type: Option<&'static str>,
    /// Further headers, by their lower-case names, each once but for [`SET_COOKIE`].
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// The body as text.
    pub body: String,
    /// The body where it is a file and no text; `body` is empty then.
    pub file: Option<Bytes>,
}

impl Response {
    /// An answer of JSON text; the caller has written the JSON.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self { status, content_type: Some("application/json"), headers: Vec::new(), body: body.into(), file: None }
    }

    /// An answer of plain text.
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type: Some("text/plain; charset=utf-8"),
            headers: Vec::new(),
            body: body.into(),
            file: None,
        }
    }

    /// A page.
    pub fn html(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type: Some("text/html; charset=utf-8"),
            headers: Vec::new(),
            body: body.into(),
            file: None,
        }
    }

    /// A file for the browser to keep under this name, which has letters, digits, `.` and `-` only.
    pub fn file(content_type: &'static str, name: &str, content: impl Into<Bytes>) -> Self {
        let plain = |character: &char| character.is_ascii_alphanumeric() || ".-".contains(*character);
        let name: String = name.chars().filter(plain).collect();
        Self { content_type: Some(content_type), file: Some(content.into()), ..Self::empty(200) }
            .with_header("content-disposition", format!("attachment; filename=\"{name}\""))
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, content_type: None, headers: Vec::new(), body: String::new(), file: None }
    }

    /// The same answer with one more header; its name is lower case.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_ref())
    }
}
