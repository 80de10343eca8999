//! The published messages over HTTP, each to a server that has its key and its clock.

use std::net::SocketAddr;
use std::sync::Arc;

use motcua_local::server::{FrontDesk, Server, Settings};
use rules::config::{Config, Host};
use serde_json::Value;

use crate::plain_http::send;

/// Returns the messages of one gateway that come to us: two of payOS are requests of ours.
fn received(gateway: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("../vectors/payments.json")).unwrap();
    all.into_iter().filter(|vector| vector["gateway"] == gateway && vector["direction"] != "outbound").collect()
}

fn vectors(gateway: &str) -> Vec<Value> {
    received(gateway).into_iter().filter(|vector| vector["expect"] == "accept").collect()
}

fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().unwrap()
}

/// Starts a server that knows this vector's key, at its time.
async fn server(gateway: &str, vector: &Value) -> SocketAddr {
    office(gateway, vector).await.0
}

/// Does the same, and returns its office to look into.
async fn office(gateway: &str, vector: &Value) -> (SocketAddr, Arc<FrontDesk>) {
    // The one message to be refused was signed with the gateway's other key.
    let own = text(&vector["secrets"], "hmac_key");
    let key = if vector["expect"] == "reject" { "test-key2-khong-phai-khoa-that" } else { own };
    let more = vector["secrets"]["accessKey"].as_str().map(|key| format!("access_key = \"{key}\"\n"));
    let config = format!(
        "[[channels]]\nid = \"c\"\ngateway = \"{gateway}\"\nmerchant = \"M\"\nkeys = [\"{key}\"]\nallow_short_key = true\n{}",
        more.unwrap_or_default()
    );
    let config = Config::strict(&config, Host::Loopback).unwrap();
    let start = vector["clock_unix"].as_i64().map(|seconds| jiff::Timestamp::from_second(seconds).unwrap());
    let server = Box::pin(Server::start(Settings { port: 0, folder: None, config, start })).await.unwrap();
    let (address, desk) = (server.address, server.desk.clone());
    tokio::spawn(server.serve(std::future::pending()));
    (address, desk)
}

async fn rsp_code(server: SocketAddr, query: &str) -> String {
    let (status, body) = send(server, "GET", &format!("/payments/c/callback?{query}"), &[], b"").await;
    assert_eq!(status, 200);
    let body: Value = serde_json::from_str(&body).unwrap();
    body["RspCode"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_vnpay_message_is_authentic_over_http_and_forged_once_a_signed_name_or_value_changes() {
    for vector in vectors("VNPAY") {
        let server = server("vnpay", &vector).await;
        let query = text(&vector, "raw_body_or_query");
        assert_ne!(rsp_code(server, query).await, "97", "{}", text(&vector, "description"));
        let segments: Vec<_> = query.split('&').map(str::to_owned).collect();
        let signed = |segment: &str| segment.starts_with("vnp_") && !segment.contains("SecureHash");
        for place in (0..segments.len()).filter(|place| signed(&segments[*place])) {
            let (name, value) = segments[place].split_once('=').unwrap();
            for changed in [format!("{name}X={value}"), format!("{name}={value}0"), format!("{name}=")] {
                let mut segments = segments.clone();
                segments[place] = changed;
                assert_eq!(rsp_code(server, &segments.join("&")).await, "97", "{segments:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_standard_webhook_is_authentic_over_http_and_forged_once_anything_signed_changes() {
    for vector in vectors("StandardWebhooks") {
        let server = server("standard-webhooks", &vector).await;
        let body = text(&vector, "raw_body_or_query").as_bytes();
        let headers = vector["headers"].as_object().unwrap();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let post = async |headers: &[(&str, &str)], body: &[u8]| {
            send(server, "POST", "/payments/c/callback", headers, body).await.0
        };
        assert_ne!(post(&headers, body).await, 401, "{}", text(&vector, "description"));
        assert_eq!(post(&headers, &[body, b" "].concat()).await, 401);
        assert_eq!(post(&headers, &body[1..]).await, 401);
        for place in 0..headers.len() {
            let mut without = headers.clone();
            without.remove(place);
            assert_eq!(post(&without, body).await, 401);
            let changed = match headers[place].0 {
                "webhook-timestamp" => (headers[place].1.parse::<i64>().unwrap() + 1).to_string(),
                "webhook-signature" => headers[place].1.replacen("v1,", "v1,A", 1),
                _ => format!("{}x", headers[place].1),
            };
            let mut others = headers.clone();
            others[place].1 = &changed;
            assert_eq!(post(&others, body).await, 401, "{}", headers[place].0);
        }
    }
}

/// Messages of a gateway, and the answer it gets to a forged one.
struct Scheme {
    /// Its name in the published messages.
    name: &'static str,
    /// Its name in the configuration.
    gateway: &'static str,
    is_forged: fn(u16, &str) -> bool,
    /// The message with a signed part changed, once for each way.
    changed: fn(&str) -> Vec<String>,
}

const SCHEMES: [Scheme; 6] = [
    Scheme { name: "MoMo", gateway: "momo", is_forged: |status, _| status == 401, changed: momo_changed },
    Scheme { name: "ZaloPay", gateway: "zalopay", is_forged: says_minus_one, changed: zalopay_changed },
    Scheme { name: "payOS", gateway: "payos", is_forged: |status, _| status == 401, changed: payos_changed },
    Scheme { name: "OnePay", gateway: "onepay", is_forged: says_no, changed: onepay_changed },
    Scheme { name: "Stripe", gateway: "stripe", is_forged: |status, _| status == 401, changed: bytes_changed },
    Scheme { name: "GitHub", gateway: "github", is_forged: |status, _| status == 401, changed: bytes_changed },
];

fn says_minus_one(_: u16, body: &str) -> bool {
    serde_json::from_str::<Value>(body).unwrap()["return_code"] == -1
}

/// Whether it is OnePay's only refusal. That nothing was asked of the store shows that the message was forged.
fn says_no(_: u16, body: &str) -> bool {
    body.contains("responsecode=0")
}

fn json(content: &str) -> Value {
    serde_json::from_str(content).unwrap()
}

/// Returns the same value with one thing changed, of whatever type it is.
fn altered(value: &Value) -> Value {
    match value {
        Value::Null => "x".into(),
        Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
        Value::String(text) => format!("{text}x").into(),
        other => Value::Array(vec![other.clone(), "x".into()]),
    }
}

fn momo_changed(content: &str) -> Vec<String> {
    let body = json(content);
    let signed = body.as_object().unwrap().iter().filter(|(name, _)| *name != "signature" && *name != "paymentOption");
    signed
        .map(|(name, value)| {
            let mut changed = body.clone();
            changed[name] = altered(value);
            changed.to_string()
        })
        .collect()
}

fn payos_changed(content: &str) -> Vec<String> {
    let body = json(content);
    let members = body["data"].as_object().unwrap();
    members
        .iter()
        .flat_map(|(name, value)| {
            let (mut changed, mut renamed) = (body.clone(), body.clone());
            changed["data"][name] = altered(value);
            let data = renamed["data"].as_object_mut().unwrap();
            data.remove(name);
            data.insert(format!("{name}X"), value.clone());
            [changed.to_string(), renamed.to_string()]
        })
        .collect()
}

fn zalopay_changed(content: &str) -> Vec<String> {
    let body = json(content);
    let data = body["data"].as_str().unwrap();
    let changed = [data.replacen(':', ": ", 1), data.replacen('1', "2", 1), data.replacen("app", "App", 1)];
    changed
        .map(|data| {
            let mut changed = body.clone();
            changed["data"] = data.into();
            changed.to_string()
        })
        .into()
}

fn onepay_changed(content: &str) -> Vec<String> {
    let segments: Vec<_> = content.split('&').map(str::to_owned).collect();
    let signed = |segment: &str| segment.starts_with("vpc_") && !segment.contains("SecureHash");
    let places = (0..segments.len()).filter(|place| signed(&segments[*place]));
    places
        .flat_map(|place| {
            let (name, value) = segments[place].split_once('=').unwrap();
            [format!("{name}X={value}"), format!("{name}={value}0")].map(|changed| {
                let mut segments = segments.clone();
                segments[place] = changed;
                segments.join("&")
            })
        })
        .collect()
}

fn bytes_changed(content: &str) -> Vec<String> {
    vec![format!("{content} "), content[1..].to_owned(), content.to_uppercase()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_other_gateway_s_message_is_answered_over_http_as_published_and_forged_once_changed() {
    let mut seen = 0;
    for scheme in SCHEMES {
        for vector in received(scheme.name) {
            seen += 1;
            let (server, desk) = office(scheme.gateway, &vector).await;
            let content = vector["equivalent_ipn_json_body"].as_str().unwrap_or(text(&vector, "raw_body_or_query"));
            let headers = vector["headers"].as_object().unwrap();
            let headers: Vec<_> =
                headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
            let forged = async |content: &str| {
                desk.office.wire().reset();
                let (status, body) = match scheme.name {
                    "OnePay" => send(server, "GET", &format!("/payments/c/callback?{content}"), &[], b"").await,
                    _ => send(server, "POST", "/payments/c/callback", &headers, content.as_bytes()).await,
                };
                assert!(status < 500, "{}: {body}", scheme.name);
                // The office's schedule and its stream reader go on meanwhile, in roles of their own.
                let untouched = desk.office.wire().trace().iter().all(|call| call.role != Some("payment-callback"));
                let told = (scheme.is_forged)(status, &body);
                if scheme.name == "OnePay" {
                    told && untouched
                } else {
                    assert!(untouched || !told);
                    told
                }
            };
            let rejected = vector["expect"] == "reject";
            assert_eq!(forged(content).await, rejected, "{}: {}", scheme.name, text(&vector, "description"));
            for changed in (scheme.changed)(content) {
                assert!(forged(&changed).await, "{}: {changed}", scheme.name);
            }
        }
    }
    assert!(seen >= 15, "{seen}");
}
