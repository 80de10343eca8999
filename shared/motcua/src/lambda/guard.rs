//! HTTP API events (payload 2.0, also those of a function URL) made into requests, by `lambda_http` behind a guard.
//!
//! lambda_http 1.3.2 panics on a query, host or body that no URI or base64 decoder takes. It also cuts a query at `#`,
//! and resolves `..` in the path. What it cannot carry is therefore mended or refused before it sees the event, and the
//! path is taken as received. A refused event becomes an empty one, for which [`received`] returns `None`.

use std::collections::BTreeMap;
use std::task::{Context, Poll};

use bytes::Bytes;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use http::header::{AUTHORIZATION, HOST};
use http::{HeaderMap, HeaderValue, Uri};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_http::request::{LambdaRequest, RequestContext};
use lambda_http::{Body, LambdaEvent, RequestExt, Service};
use percent_encoding::percent_encode_byte;
use rules::config::{Config, FRONT_HEADER};
use rules::http::{Claims, Domain, MAX_QUERY, Reply, Request, Response, Sender, respond};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Characters that no query of a URI may hold as they are. Nobody can have sent these over HTTP, so nobody signed them.
const NOT_IN_QUERY: &str = " \"#<>";
/// The same for a path, which gateways deliver decoded; `\` is a slash to some readers.
const NOT_IN_PATH: &str = " \"#<>?\\^`{}";
/// The host of the absolute address that lambda_http makes and nobody reads.
const NO_HOST: HeaderValue = HeaderValue::from_static("localhost");

/// The guard before the adapter.
#[derive(Clone, Debug)]
pub(super) struct Guarded<S>(pub S);

impl<S: Service<LambdaEvent<LambdaRequest>>> Service<LambdaEvent<Box<RawValue>>> for Guarded<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, event: LambdaEvent<Box<RawValue>>) -> Self::Future {
        let LambdaEvent { payload, context } = event;
        self.0.call(LambdaEvent::new(guarded(payload.get()), context))
    }
}

/// Whether an event is one of a topic. Nobody can make one by HTTP, whose event holds what was sent inside.
pub(super) fn is_of_topic(event: &str) -> bool {
    #[derive(Deserialize)]
    struct OfTopic {
        #[serde(rename = "Records")]
        _records: Vec<IgnoredAny>,
    }
    serde_json::from_str::<OfTopic>(event).is_ok()
}

/// Returns the answer to a request that went past the office's front.
pub(super) fn turned_away(config: &Config, request: &Request) -> Option<Response> {
    let proof = request.headers().get(FRONT_HEADER).and_then(|value| value.to_str().ok());
    if config.came_by_the_front(proof) {
        return None;
    }
    tracing::warn!("a request that went past the front");
    Some(respond::text(403, "forbidden").guarded())
}

/// Returns the event without anything that lambda_http fails on.
fn guarded(event: &str) -> LambdaRequest {
    LambdaRequest::ApiGatewayV2(sound(event).unwrap_or_default())
}

fn sound(event: &str) -> Option<ApiGatewayV2httpRequest> {
    let mut event: ApiGatewayV2httpRequest = serde_json::from_str(event).ok()?;
    let stage = event.request_context.stage.take().unwrap_or_default();
    let path = event.raw_path.as_deref().filter(|path| path.len() <= MAX_QUERY)?;
    let path = escaped(without_stage(path, &stage), NOT_IN_PATH);
    // Two slashes would begin a host.
    if !path.starts_with('/') || path.starts_with("//") {
        return None;
    }
    if event.is_base64_encoded && BASE64.decode(event.body.as_deref().unwrap_or_default().as_bytes()).is_err() {
        return None;
    }
    event.raw_path = Some(path);
    event.raw_query_string = event.raw_query_string.as_deref().map(query);
    event.headers.insert(HOST, NO_HOST);
    Some(event)
}

/// Returns the query as a URI can hold it. One that is too long stays so, and is refused with the right words.
fn query(raw: &str) -> String {
    let mut query = escaped(raw, NOT_IN_QUERY);
    query.truncate(query.floor_char_boundary(MAX_QUERY + 4));
    query
}

/// Escapes control characters and those in `odd`, and leaves everything else byte for byte.
fn escaped(text: &str, odd: &str) -> String {
    let mut carried = String::with_capacity(text.len());
    for letter in text.chars() {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii_control() || odd.contains(letter) => carried.push_str(percent_encode_byte(byte)),
            Ok(_) | Err(_) => carried.push(letter),
        }
    }
    carried
}

/// Removes the name that a named stage puts before the path.
fn without_stage<'a>(path: &'a str, stage: &str) -> &'a str {
    match path.strip_prefix('/').and_then(|path| path.strip_prefix(stage)) {
        Some("") if !stage.is_empty() => "/",
        Some(rest) if !stage.is_empty() && rest.starts_with('/') => rest,
        Some(_) | None => path,
    }
}

/// Returns what handlers take: the path as received, the body's bytes, the claims as an extension. Returns `None` for
/// an event that was refused.
pub(super) fn received(request: lambda_http::Request) -> Option<Request> {
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let path = Some(request.raw_http_path()).filter(|path| path.starts_with('/'))?;
    let uri = Uri::try_from(format!("{path}{query}")).ok()?;
    let (claims, domain) =
        (claims(request.request_context_ref(), request.headers()), domain(request.request_context_ref()));
    let sender = sender(request.request_context_ref());
    let (mut parts, body) = request.into_parts();
    parts.uri = uri;
    parts.headers.remove(HOST);
    parts.extensions.clear();
    if let Some(claims) = claims {
        parts.extensions.insert(claims);
    }
    if let Some(domain) = domain {
        parts.extensions.insert(domain);
    }
    if let Some(sender) = sender {
        parts.extensions.insert(sender);
    }
    let body = match body {
        Body::Text(text) => Bytes::from(text),
        Body::Binary(bytes) => Bytes::from(bytes),
        _ => Bytes::new(),
    };
    Some(Request::from_parts(parts, body))
}

/// Returns the name by which the request reached the API: the context's, whatever its headers say.
fn domain(context: Option<&RequestContext>) -> Option<Domain> {
    let Some(RequestContext::ApiGatewayV2(context)) = context else { return None };
    context.domain_name.clone().map(Domain)
}

/// Returns the address that the API saw: the context's, whatever its headers say.
fn sender(context: Option<&RequestContext>) -> Option<Sender> {
    let Some(RequestContext::ApiGatewayV2(context)) = context else { return None };
    context.http.source_ip.as_deref()?.parse().ok().map(Sender)
}

/// Returns the claims that the authorizer vouches for. It writes a list as `[a b]`, in which `["a b"]` looks the same, so
/// a list is taken from the token that it verified, as JSON.
fn claims(context: Option<&RequestContext>, headers: &HeaderMap) -> Option<Claims> {
    let Some(RequestContext::ApiGatewayV2(context)) = context else { return None };
    let jwt = context.authorizer.as_ref()?.jwt.as_ref()?;
    let mut claims: BTreeMap<_, _> = jwt.claims.clone().into_iter().collect();
    let token = payload(headers)
        .filter(|token| token.get("sub").and_then(Value::as_str) == claims.get("sub").map(String::as_str));
    for (name, value) in token.into_iter().flatten().filter(|(_, value)| value.is_array()) {
        claims.entry(name).and_modify(|flat| *flat = value.to_string());
    }
    Some(Claims(claims))
}

/// Returns the claims of the bearer token.
fn payload(headers: &HeaderMap) -> Option<Map<String, Value>> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let token = header.split_once(' ').map_or(header, |(_, token)| token).trim();
    let payload = BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes()).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// Returns the request in an event, as a handler gets it; `None` for one that is answered 400 before any handler.
#[must_use]
pub fn request(event: &str) -> Option<Request> {
    received(guarded(event).into())
}
