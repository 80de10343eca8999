//! Every adapter against published messages, changed ones, and the odd ones of the failure list.

mod answers;
mod bodies;
mod changed;
mod every;
mod meanings;
mod national;
mod no_money;
mod vectors;
mod vnpay_queries;

use http::{HeaderName, HeaderValue, Method};
use jiff::Timestamp;
use rules::config::{Channel, Config, Gateway, Host};
use rules::dossier::PaymentOutcome;
use rules::gateway::Found;
use rules::http::Request;
use rules::signature::{Key, Shortness, encode_hex, sign_hmac_sha256, sign_hmac_sha512, standard_webhooks};
use rules::vnd::Vnd;
use serde_json::{Value, json};

use crate::callback::{Callback, ParseError, Rejection};
use crate::gateway::adapter;

const KEY: &str = "0123456789abcdef";
const ONEPAY_KEY: &str = "30313233343536373839616263646566";
const WEBHOOK_KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn now() -> Timestamp {
    "2026-10-10T08:32:00Z".parse().unwrap()
}

fn key() -> Key {
    Key::from_text(KEY, Shortness::Refused).unwrap()
}

/// Returns one channel of a gateway, with these members of its entry beside the usual ones.
fn channel_with(gateway: Gateway, keys: &[&str], more: Value) -> Channel {
    let mut entry = json!({
        "id": "c", "gateway": gateway.name(), "keys": keys, "merchant": "KHVP", "allow_short_key": true,
    });
    for (field, value) in more.as_object().unwrap() {
        entry[field] = value.clone();
    }
    let text = json!({ "channels": [entry] }).to_string();
    let config = Config::strict(&text, Host::Loopback).unwrap();
    config.channel("c").unwrap().clone()
}

fn channel(gateway: Gateway) -> Channel {
    let (key, more) = match gateway {
        Gateway::Momo => (KEY, json!({ "access_key": "klm05TvNBzhg7h7j" })),
        Gateway::Onepay => (ONEPAY_KEY, json!({})),
        Gateway::Dvcqg => (KEY, json!({ "accept_weak_scheme": true })),
        Gateway::StandardWebhooks => (WEBHOOK_KEY, json!({})),
        Gateway::Vnpay | Gateway::Zalopay | Gateway::Payos | Gateway::Stripe | Gateway::Github => (KEY, json!({})),
    };
    channel_with(gateway, &[key], more)
}

/// Returns a query as the door hands it on.
fn get(query: &str) -> Request {
    let context = json!({ "http": { "method": "GET", "path": "/payments/c/callback" } });
    let event = json!({ "rawPath": "/payments/c/callback", "rawQueryString": query, "requestContext": context });
    motcua::lambda::request(&event.to_string()).unwrap()
}

fn post(body: impl Into<Vec<u8>>) -> Request {
    http::Request::post("/payments/c/callback").body(body.into().into()).unwrap()
}

fn with_header(mut request: Request, name: &'static str, value: &str) -> Request {
    let value = HeaderValue::from_str(value).unwrap();
    request.headers_mut().append(HeaderName::from_static(name), value);
    request
}

fn receive(gateway: Gateway, request: &Request) -> Result<Callback, Rejection> {
    (adapter(gateway).receive)(&channel(gateway), request, now())
}

/// Returns the payment of an authentic message.
fn found(gateway: Gateway, request: &Request) -> Found {
    receive(gateway, request).unwrap().found.unwrap()
}

/// Returns the payment's outcome; `None` while it is not decided.
fn outcome(gateway: Gateway, request: &Request) -> Option<PaymentOutcome> {
    receive(gateway, request).unwrap().found.map(|found| found.outcome)
}

fn dong(count: u64) -> Option<Vnd> {
    Some(Vnd::new(count).unwrap())
}

/// Returns the error in an authentic message.
fn unusable(gateway: Gateway, request: &Request) -> ParseError {
    match receive(gateway, request) {
        Err(Rejection::Unusable(error)) => error,
        Err(Rejection::Forged(error)) => panic!("forged: {error}"),
        Ok(callback) => panic!("usable: {callback:?}"),
    }
}

fn missing(field: &'static str, reference: Option<&str>) -> ParseError {
    let reference = reference.map(str::to_owned);
    ParseError::Missing { field, reference }
}

fn malformed(field: &'static str, reference: Option<&str>) -> ParseError {
    ParseError::Malformed { field: field.into(), reference: reference.map(str::to_owned) }
}

/// Signs a VNPAY query as it is.
fn vnpay_signed(parameters: &str) -> Request {
    let tag = encode_hex(&sign_hmac_sha512(&key(), &[parameters.as_bytes()]));
    get(&format!("{parameters}&vnp_SecureHash={tag}"))
}

/// Signs a OnePay query whose values need no decoding.
fn onepay_signed(parameters: &str) -> Request {
    let tag = encode_hex(&sign_hmac_sha256(&key(), &[parameters.as_bytes()]));
    get(&format!("{parameters}&vpc_SecureHash={tag}"))
}

/// Builds a MoMo body with this signed text; its fields are given apart as JSON members.
fn momo_signed(members: &str, signed: &str) -> Request {
    let text = format!("accessKey=klm05TvNBzhg7h7j&{signed}");
    let tag = encode_hex(&sign_hmac_sha256(&key(), &[text.as_bytes()]));
    post(format!(r#"{{{members},"signature":"{tag}"}}"#))
}

/// Builds a ZaloPay body around this data.
fn zalopay_signed(data: &str) -> Request {
    let mac = encode_hex(&sign_hmac_sha256(&key(), &[data.as_bytes()]));
    post(json!({ "data": data, "mac": mac, "type": 1 }).to_string())
}

/// Builds a payOS body around this data, with the signed text given apart.
fn payos_signed(data: &str, signed: &str) -> Request {
    let tag = encode_hex(&sign_hmac_sha256(&key(), &[signed.as_bytes()]));
    post(format!(r#"{{"code":"00","success":true,"data":{data},"signature":"{tag}"}}"#))
}

/// Builds a generic delivery of this body, sent now.
fn webhook_signed(body: impl Into<Vec<u8>>) -> Request {
    let body = body.into();
    let key = Key::from_webhook_secret(WEBHOOK_KEY, Shortness::Refused).unwrap();
    let tag = standard_webhooks::sign(&key, "msg_1", now(), &body);
    let request = with_header(post(body), standard_webhooks::ID, "msg_1");
    let seconds = now().as_second().to_string();
    let request = with_header(request, standard_webhooks::TIMESTAMP, &seconds);
    with_header(request, standard_webhooks::SIGNATURE, &tag)
}

/// Builds a delivery of this body, signed in GitHub's way.
fn github_signed(body: &str) -> Request {
    let tag = encode_hex(&sign_hmac_sha256(&key(), &[body.as_bytes()]));
    with_header(post(body), "x-hub-signature-256", &format!("sha256={tag}"))
}

/// Builds an event of this body, signed in Stripe's way, now.
fn stripe_signed(body: &str) -> Request {
    let seconds = now().as_second().to_string();
    let tag = sign_hmac_sha256(&key(), &[seconds.as_bytes(), b".", body.as_bytes()]);
    let header = format!("t={seconds},v1={}", encode_hex(&tag));
    with_header(post(body), "stripe-signature", &header)
}
