//! Requests and answers at the edge: the types of the `http` crate over bytes, read without decoding anything.
//!
//! A payment callback is verified over bytes exactly as they were sent, so nothing here decodes, normalises or
//! re-encodes: the query stays raw and the body stays a run of bytes. Never print a [`Request`]: its query, headers,
//! body and even its path may hold personal data or a secret link.

pub mod query;
mod reach;
pub mod respond;
#[cfg(test)]
mod tests;

pub use reach::is_public_address;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};

/// One HTTP request, as received: its path without the stage's prefix.
pub type Request = http::Request<Bytes>;

/// One HTTP answer.
pub type Response = http::Response<Bytes>;

/// The most bytes a body may have: 64 KiB. No partner's message is nearly as long.
pub const MAX_BODY: usize = 64 * 1024;

/// The most bytes a raw query may have: 32 KiB. The gateways in front of the functions take 10 KB of it.
pub const MAX_QUERY: usize = 32 * 1024;

/// The claims that the JWT authorizer in front of us vouches for, by name. They are an extension of the request, absent
/// on a route without an authorizer. They are never read from the token itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims(pub BTreeMap<String, String>);

/// The name by which a request reached the HTTP API, as the API itself tells it. It is an extension of the request, and
/// never read from a header, which its sender writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(pub String);

/// The address that sent a request, as the HTTP API saw it. It is an extension of the request, and never read from a header,
/// which its sender writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender(pub IpAddr);

/// The parts of a request that handlers read.
pub trait Received {
    /// Returns the path as received, such as `/payments/vnpay-khvp/callback`.
    fn path(&self) -> &str;

    /// Returns everything after the `?`, byte for byte as received; empty if there was none.
    fn raw_query(&self) -> &str;

    /// Returns the media type of the body without its parameters, such as `application/json`; `None` if the sender
    /// names none, or names it in something other than ASCII.
    fn media_type(&self) -> Option<&str>;

    /// Whether the body is over [`MAX_BODY`] or the query over [`MAX_QUERY`]; the caller chooses the words of the
    /// refusal.
    fn is_oversize(&self) -> bool;

    /// Returns the claims that the authorizer vouches for.
    fn claims(&self) -> Cow<'_, Claims>;

    /// Returns the name by which the request reached us; `None` if nothing vouches for one.
    fn domain(&self) -> Option<&Domain>;

    /// Returns the address that sent the request; `None` if nothing vouches for one.
    fn sender(&self) -> Option<IpAddr>;
}

impl Received for Request {
    fn path(&self) -> &str {
        self.uri().path()
    }

    fn raw_query(&self) -> &str {
        self.uri().query().unwrap_or_default()
    }

    fn media_type(&self) -> Option<&str> {
        let value = self.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        Some(value.split(';').next().unwrap_or_default().trim())
    }

    fn is_oversize(&self) -> bool {
        self.body().len() > MAX_BODY || self.raw_query().len() > MAX_QUERY
    }

    fn claims(&self) -> Cow<'_, Claims> {
        self.extensions().get().map_or_else(|| Cow::Owned(Claims::default()), Cow::Borrowed)
    }

    fn domain(&self) -> Option<&Domain> {
        self.extensions().get()
    }

    fn sender(&self) -> Option<IpAddr> {
        self.extensions().get().map(|Sender(address)| *address)
    }
}

/// Headers of every answer: nobody takes it for another type, keeps it, comes by plain HTTP for a year (browsers pass this
/// over where there is no https), or lets it use what no answer of ours needs.
const GUARDS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    ("strict-transport-security", "max-age=31536000"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// The methods that change or read an answer.
pub trait Reply {
    /// Returns the same answer with one more header. A value that no header can carry is left out.
    #[must_use]
    fn with_header(self, name: impl TryInto<HeaderName>, value: impl AsRef<str>) -> Self;

    /// Returns the same answer with this header if it has none of the name.
    #[must_use]
    fn or_header(self, name: &str, value: &str) -> Self;

    /// Returns the same answer with the headers that every answer has. One that it has already stays as it is.
    #[must_use]
    fn guarded(self) -> Self;

    /// Returns a header's first value, if it is text.
    fn header(&self, name: &str) -> Option<&str>;

    /// Returns the body as text; empty for a file that is not text.
    fn text(&self) -> &str;
}

impl Reply for Response {
    fn with_header(mut self, name: impl TryInto<HeaderName>, value: impl AsRef<str>) -> Self {
        if let (Ok(name), Ok(value)) = (name.try_into(), HeaderValue::from_str(value.as_ref())) {
            self.headers_mut().append(name, value);
        }
        self
    }

    fn or_header(self, name: &str, value: &str) -> Self {
        if self.headers().contains_key(name) { self } else { self.with_header(name, value) }
    }

    fn guarded(self) -> Self {
        GUARDS.iter().fold(self, |answer, (name, value)| answer.or_header(name, value))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(self.body()).unwrap_or_default()
    }
}
