//! Messages sent and answers believed, against published ones.

mod answers;
mod rows;
mod sent;

use jiff::Timestamp;
use serde_json::Value;

use super::*;
use crate::config::{Config, Host};
use crate::dossier::PaymentOutcome;

fn now() -> Timestamp {
    "2026-10-10T08:30:00Z".parse().unwrap()
}

fn vectors(gateway: &str, field: &str, value: &str) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("../../../../../tests/vectors/payments.json")).unwrap();
    let of = |vector: &Value| vector["gateway"] == gateway && vector[field] == value;
    let vectors: Vec<_> = all.into_iter().filter(of).collect();
    assert!(!vectors.is_empty());
    vectors
}

fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().unwrap()
}

/// Returns the channel of these lines, which hold the merchant's own key.
fn channel(lines: &str) -> Channel {
    let text = format!("[[channels]]\nid = \"c\"\nallow_short_key = true\n{lines}");
    Config::strict(&text, Host::Loopback).unwrap().channel("c").unwrap().clone()
}

fn demo(id: &str) -> Channel {
    Config::demo().channel(id).unwrap().clone()
}

fn opening<'a>(channel: &'a Channel, number: &'a str) -> Opening<'a> {
    Opening {
        channel,
        number,
        amount_vnd: Vnd::new(125_000).unwrap(),
        opened_at: now(),
        expires_at: now() + LIFETIME,
        payer_ip: "203.113.131.1".parse().unwrap(),
        callback_url: format!("https://motcua.example/payments/{}/callback", channel.id),
        return_url: "https://motcua.example/d/7K3M9P2QX4AB".into(),
    }
}

fn question<'a>(channel: &'a Channel, number: &'a str) -> Question<'a> {
    Question { channel, number, opened_at: now(), payer_ip: "203.113.131.1".parse().unwrap(), now: now() }
}
