//! Events by Standard Webhooks, as the portals' and the post's adapters send them.

use http::Method;
use jiff::Timestamp;
use rules::signature::{Key, standard_webhooks};
use serde_json::{Value, json};

use super::Letter;

/// A HoSo form as a portal writes it.
pub type Form = serde_json::Map<String, Value>;

/// Signs a delivery.
pub fn webhook(target: impl Into<String>, key: &Key, delivery: &str, at: Timestamp, body: String) -> Letter {
    let signature = standard_webhooks::sign(key, delivery, at, body.as_bytes());
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        (standard_webhooks::ID, delivery.to_owned()),
        (standard_webhooks::TIMESTAMP, at.as_second().to_string()),
        (standard_webhooks::SIGNATURE, signature),
    ];
    Letter { method: Method::POST, target: target.into(), headers, body }
}

/// Writes the body of an event.
pub fn event(kind: &str, at: Timestamp, data: &Form) -> String {
    json!({ "type": kind, "timestamp": at.to_string(), "data": data }).to_string()
}
