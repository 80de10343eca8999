//! The HTTP API event (payload 2.0, also a function URL's) to a [`Request`], and a [`Response`] back.
//!
//! The event is read from its text, so that an odd one becomes an answer instead of a failed invocation.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use data_encoding::BASE64;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::{Deserialize, Serialize};

use super::{Request, Response};

/// Why an event is not a request. The answer to each is 400; none of these holds anything of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not an HTTP API event of payload 2.0.
    #[error("the event is not an HTTP API event of payload 2.0")]
    Shape,
    /// The method is not one.
    #[error("the event's method is not an HTTP method")]
    Method,
    /// A header's name or value is not one.
    #[error("a header of the event is not an HTTP header")]
    Header,
    /// The event says its body is base64, and it is not.
    #[error("the event's body is marked base64 and is not")]
    Base64,
}

impl EventError {
    /// What the caller may know.
    pub fn caller_text(self) -> &'static str {
        "bad request"
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(borrow)]
    raw_path: Option<Cow<'a, str>>,
    #[serde(borrow)]
    raw_query_string: Option<Cow<'a, str>>,
    #[serde(borrow)]
    headers: Option<BTreeMap<Cow<'a, str>, Cow<'a, str>>>,
    #[serde(borrow)]
    cookies: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
    is_base64_encoded: Option<bool>,
    #[serde(borrow)]
    request_context: Context<'a>,
}

#[derive(Deserialize)]
struct Context<'a> {
    #[serde(borrow)]
    stage: Option<Cow<'a, str>>,
    #[serde(borrow)]
    http: Http<'a>,
    #[serde(default)]
    authorizer: Option<Authorizer>,
}

#[derive(Deserialize)]
struct Authorizer {
    jwt: Option<Jwt>,
}

#[derive(Deserialize)]
struct Jwt {
    #[serde(default)]
    claims: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Http<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Option<Cow<'a, str>>,
}

impl Request {
    /// A request from the JSON text of an HTTP API event. The path loses the stage's prefix, which a named stage
    /// puts before it.
    pub fn from_event(event: &str) -> Result<Self, EventError> {
        let event: Event<'_> = serde_json::from_str(event).map_err(|_| EventError::Shape)?;
        let context = event.request_context;
        let method = Method::from_bytes(context.http.method.as_bytes()).map_err(|_| EventError::Method)?;
        let path = event.raw_path.or(context.http.path).unwrap_or_default();
        let stage = context.stage.unwrap_or_default();
        Ok(Self {
            method,
            path: without_stage(&path, &stage).to_owned(),
            raw_query: event.raw_query_string.unwrap_or_default().into_owned(),
            headers: headers(&event.headers.unwrap_or_default(), &event.cookies.unwrap_or_default())?,
            body: body(event.body, event.is_base64_encoded.unwrap_or(false))?,
            claims: claims(context.authorizer),
        })
    }
}

/// Claims as texts; a number or a list keeps its JSON text.
fn claims(authorizer: Option<Authorizer>) -> BTreeMap<String, String> {
    let claims = authorizer.and_then(|authorizer| authorizer.jwt).map(|jwt| jwt.claims).unwrap_or_default();
    let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    claims.into_iter().map(|(name, value)| (name, text(value))).collect()
}

fn without_stage<'a>(path: &'a str, stage: &str) -> &'a str {
    match path.strip_prefix('/').and_then(|p| p.strip_prefix(stage)) {
        Some("") if !stage.is_empty() => "/",
        Some(rest) if !stage.is_empty() && rest.starts_with('/') => rest,
        Some(_) | None => path,
    }
}

/// Names that differ only in case are one header with several values, so that a doubled one is seen as doubled.
/// Cookies come beside the headers, and are one header again.
fn headers(received: &BTreeMap<Cow<'_, str>, Cow<'_, str>>, cookies: &[Cow<'_, str>]) -> Result<HeaderMap, EventError> {
    let mut headers = HeaderMap::with_capacity(received.len());
    for (name, value) in received {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| EventError::Header)?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| EventError::Header)?;
        headers.try_append(name, value).map_err(|_| EventError::Header)?;
    }
    if !cookies.is_empty() {
        let line = HeaderValue::from_bytes(cookies.join("; ").as_bytes()).map_err(|_| EventError::Header)?;
        headers.insert(http::header::COOKIE, line);
    }
    Ok(headers)
}

fn body(body: Option<Cow<'_, str>>, is_base64: bool) -> Result<Bytes, EventError> {
    let body = body.unwrap_or_default().into_owned();
    if !is_base64 {
        return Ok(Bytes::from(body));
    }
    BASE64.decode(body.as_bytes()).map(Bytes::from).map_err(|_| EventError::Base64)
}

/// The answer in the shape an HTTP API expects (payload 2.0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResponseEvent {
    status_code: u16,
    headers: BTreeMap<&'static str, Cow<'static, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<Cow<'static, str>>,
    body: String,
    is_base64_encoded: bool,
}

impl From<Response> for ResponseEvent {
    fn from(response: Response) -> Self {
        let content_type = response.content_type.map(|it| ("content-type", Cow::Borrowed(it)));
        let (cookies, headers): (Vec<_>, Vec<_>) =
            response.headers.into_iter().partition(|(name, _)| *name == super::SET_COOKIE);
        Self {
            status_code: response.status,
            headers: content_type.into_iter().chain(headers).collect(),
            cookies: cookies.into_iter().map(|(_, cookie)| cookie).collect(),
            is_base64_encoded: response.file.is_some(),
            body: response.file.map_or(response.body, |file| BASE64.encode(&file)),
        }
    }
}
