//! Plays the HTTP API in front of the functions: an HTTP request becomes an event of payload 2.0 and goes through the
//! same reader as on AWS, so that what is lost there is lost here.

use axum::body::Bytes;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use data_encoding::BASE64;
use motcua::http::{EventError, Request};
use serde_json::{Map, Value, json};

use crate::office::{Function, Office, route};
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

/// Whether a path lies behind the authorizer.
#[must_use]
pub fn is_guarded(path: &str) -> bool {
    path.starts_with("/api/") && route(path) == Some(Function::Desk)
}

/// The claims that a request comes with: a printed token's, or those of a bearer token that the provider signed.
///
/// # Errors
/// [`Stopped::Unauthorized`].
pub async fn authorize(parts: &Parts, staff: &Staff, office: &Office) -> Result<Map<String, Value>, Stopped> {
    let token = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Stopped::Unauthorized)?;
    if let Some(member) = staff.member(token) {
        return Ok(member.claims(office.site().config.staff_claims()));
    }
    let claims = Box::pin(desk::sign_in::vouched(&office.site(), token, office.now())).await;
    let claims = claims.ok_or(Stopped::Unauthorized)?;
    Ok(claims.into_iter().map(|(name, value)| (name, written(&value).into())).collect())
}

/// As the HTTP API hands a claim over: a list in brackets, with spaces between.
fn written(value: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Array(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(" ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => text(value),
    }
}

/// Routes and hands over as the HTTP API does, with the claims of whoever was authorized.
///
/// # Errors
/// [`Stopped`], before any function runs.
pub fn hand_over(parts: &Parts, body: &Bytes, claims: Option<Map<String, Value>>) -> Result<Request, Stopped> {
    let path = parts.uri.path();
    route(path).ok_or(Stopped::NotFound)?;
    let mut context = json!({
        "stage": "$default",
        "http": { "method": parts.method.as_str(), "path": path },
    });
    if let Some(claims) = claims {
        context["authorizer"] = json!({ "jwt": { "claims": claims } });
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
        "cookies": cookies(parts),
        "requestContext": context,
        "body": text,
        "isBase64Encoded": is_base64,
    });
    Request::from_event(&event.to_string()).map_err(Stopped::Bad)
}

/// A header given several times is one, with commas, as the HTTP API joins them.
fn headers(parts: &Parts) -> Map<String, Value> {
    let mut joined = Map::new();
    for name in parts.headers.keys().filter(|name| *name != COOKIE) {
        let values = parts.headers.get_all(name).iter();
        let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        joined.insert(name.as_str().to_owned(), values.join(",").into());
    }
    joined
}

/// Cookies stand beside the headers, one by one.
fn cookies(parts: &Parts) -> Vec<String> {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).map(|pair| pair.trim().to_owned()).filter(|pair| !pair.is_empty()).collect()
}
