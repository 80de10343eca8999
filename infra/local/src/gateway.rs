//! Plays the HTTP API in front of the functions: an HTTP request becomes an event of payload 2.0 and goes through the
//! same reader as on AWS, so that what is lost there is lost here.

use axum::body::Bytes;
use axum::http::request::Parts;
use data_encoding::BASE64;
use motcua::http::{EventError, Request};
use serde_json::{Map, Value, json};

use crate::office::{Function, claims, route};
use crate::staff::Staff;

/// Why a request goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// No route leads there.
    NotFound,
    /// The authorizer knows no such token.
    Unauthorized,
    /// What came is no request.
    Bad(EventError),
}

/// Routes, authorizes and hands over as the HTTP API does.
///
/// # Errors
/// [`Stopped`], before any function runs.
pub fn hand_over(parts: &Parts, body: &Bytes, staff: &Staff) -> Result<Request, Stopped> {
    let path = parts.uri.path();
    let function = route(path).ok_or(Stopped::NotFound)?;
    let mut context = json!({
        "stage": "$default",
        "http": { "method": parts.method.as_str(), "path": path },
    });
    if function == Function::Desk {
        let token = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.strip_prefix("Bearer "));
        let member = token.and_then(|token| staff.member(token)).ok_or(Stopped::Unauthorized)?;
        context["authorizer"] = json!({ "jwt": { "claims": claims(member.agency, member.role, member.role) } });
    }
    let (text, is_base64) = match std::str::from_utf8(body) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (BASE64.encode(body), true),
    };
    let event = json!({
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": parts.uri.query().unwrap_or_default(),
        "headers": headers(parts),
        "requestContext": context,
        "body": text,
        "isBase64Encoded": is_base64,
    });
    Request::from_event(&event.to_string()).map_err(Stopped::Bad)
}

/// A header given several times is one, with commas, as the HTTP API joins them.
fn headers(parts: &Parts) -> Map<String, Value> {
    let mut joined = Map::new();
    for name in parts.headers.keys() {
        let values = parts.headers.get_all(name).iter();
        let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        joined.insert(name.as_str().to_owned(), values.join(",").into());
    }
    joined
}
