//! Calls that were made, in order: the same seed must give the same trace.

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::faults::Fault;

/// One call as it left the SDK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Operation name, such as `Query`.
    pub operation: String,
    /// The function in whose role it was made; `None` for the laptop's own.
    pub role: Option<&'static str>,
    /// SHA-256 of the request's canonical JSON, the first 16 hex digits.
    pub request_hash: String,
    /// The fault that met it.
    pub fault: Option<Fault>,
}

/// Writes JSON with the keys of every object sorted, so that hash maps of items compare.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for (position, key) in keys.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for (position, entry) in list.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(entry, out);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

pub(super) fn request_hash(body: &[u8]) -> String {
    let hash = match serde_json::from_slice::<Value>(body) {
        Ok(value) => Sha256::digest(canonical(&value)),
        Err(_) => Sha256::digest(body),
    };
    HEXLOWER.encode(&hash[..8])
}

/// Computes one hash over a whole trace, for comparing two runs.
pub fn digest(calls: &[Call]) -> String {
    let mut hash = Sha256::new();
    for call in calls {
        hash.update(format!("{} {} {:?}\n", call.operation, call.request_hash, call.fault));
    }
    HEXLOWER.encode(&hash.finalize())
}
