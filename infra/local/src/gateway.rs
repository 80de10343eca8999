//! Plays the HTTP API in front of the functions: routes, authorizes, and joins what the HTTP API joins.

use std::net::Ipv4Addr;

use axum::body::Bytes;
use axum::http::header::{COOKIE, HOST};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use rules::http::{Claims, Domain, Request, Sender};
use serde_json::Value;

use crate::office::{Function, Office, route};
use crate::staff::Staff;

/// Reason why a request goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// No route leads there.
    NotFound,
    /// The authorizer knows no such token.
    Unauthorized,
}

/// Whether a path lies behind the authorizer: the API, but not its description.
#[must_use]
pub fn is_guarded(path: &str) -> bool {
    path.starts_with("/api/v1/") && route(path) == Some(Function::Desk)
}

/// Returns the claims of a request: a printed token's, or those of a bearer token that the provider signed.
///
/// # Errors
/// [`Stopped::Unauthorized`].
pub async fn authorize(parts: &Parts, staff: &Staff, office: &Office) -> Result<Claims, Stopped> {
    let token = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Stopped::Unauthorized)?;
    if let Some(member) = staff.member(token) {
        return Ok(member.claims(office.site().config.staff_claims()));
    }
    let claims = Box::pin(desk::sign_in::vouched(&office.site(), token, office.now())).await;
    let claims = claims.ok_or(Stopped::Unauthorized)?;
    Ok(Claims(claims.into_iter().map(|(name, value)| (name, written(&value))).collect()))
}

/// Writes a claim as the door of the functions hands it on: a list as JSON.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Routes and hands over as the HTTP API does, with the claims of the sender who was authorized.
///
/// # Errors
/// [`Stopped`], before any function runs.
pub fn hand_over(parts: &Parts, body: Bytes, claims: Option<Claims>) -> Result<Request, Stopped> {
    route(parts.uri.path()).ok_or(Stopped::NotFound)?;
    let mut request = Request::new(body);
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = joined(&parts.headers);
    if let Some(claims) = claims {
        request.extensions_mut().insert(claims);
    }
    if let Some(domain) = domain(parts) {
        request.extensions_mut().insert(domain);
    }
    // The door listens on loopback only.
    request.extensions_mut().insert(Sender(Ipv4Addr::LOCALHOST.into()));
    Ok(request)
}

/// Returns the name by which the request came, without the port, as the HTTP API tells it in its context. The door has seen
/// that it is one of this server's.
fn domain(parts: &Parts) -> Option<Domain> {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok()).or_else(|| parts.uri.authority().cloned())?;
    Some(Domain(host.host().to_owned()))
}

/// Joins a header given several times into one, as the HTTP API does: with commas, cookies with semicolons. The host is
/// the gateway's own.
fn joined(headers: &HeaderMap) -> HeaderMap {
    let mut joined = HeaderMap::new();
    for name in headers.keys().filter(|name| *name != HOST) {
        let between: &[u8] = if *name == COOKIE { b"; " } else { b"," };
        let values: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
        if let Ok(value) = HeaderValue::from_bytes(&values.join(between)) {
            joined.insert(name, value);
        }
    }
    joined
}
