//! The published messages over HTTP, each to a server that has its key and its clock.

use std::net::SocketAddr;

use motcua::config::{Config, Host};
use motcua_local::server::{Server, Settings};
use serde_json::Value;

use crate::plain_http::send;

fn vectors(gateway: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("../vectors/payments.json")).unwrap();
    all.into_iter().filter(|vector| vector["gateway"] == gateway && vector["expect"] == "accept").collect()
}

fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().unwrap()
}

/// A server that knows this vector's key, at its time.
async fn server(gateway: &str, vector: &Value) -> SocketAddr {
    let key = text(&vector["secrets"], "hmac_key");
    let config = format!(
        "[[channels]]\nid = \"c\"\ngateway = \"{gateway}\"\nmerchant = \"M\"\nkeys = [\"{key}\"]\nallow_short_key = true\n"
    );
    let config = Config::strict(&config, Host::Loopback).unwrap();
    let start = vector["clock_unix"].as_i64().map(|seconds| jiff::Timestamp::from_second(seconds).unwrap());
    let server = Box::pin(Server::start(Settings { port: 0, folder: None, config, start })).await.unwrap();
    let address = server.address;
    tokio::spawn(server.serve(std::future::pending()));
    address
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
