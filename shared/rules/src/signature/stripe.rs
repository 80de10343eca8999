//! Stripe's scheme: `Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>…]` over `t.body`, HMAC-SHA256 with the whole
//! secret as text.

use http::HeaderMap;
use jiff::Timestamp;

use super::headers::{check_age, single};
use super::verify::verify_any_sha256;
use super::{Keys, SignatureError, Signed, Verified, decode_hex};

/// The header with the instant and the signatures.
pub const SIGNATURE: &str = "stripe-signature";
/// The most signatures looked at; Stripe sends two while a secret is being replaced.
const MAX_SIGNATURES: usize = 8;

/// One event as delivered.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    timestamp: &'a str,
    body: &'a [u8],
}

impl<'a> Delivery<'a> {
    /// Returns the body as received.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

impl Signed for Delivery<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.timestamp.as_bytes());
        feed(b".");
        feed(self.body);
    }

    /// Gives the body alone: the timestamp changes with every attempt, and only the body tells messages apart.
    fn content(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.body);
    }
}

/// Verifies one delivery received at `now`; old and future ones are refused. `v0` and unknown versions are passed over.
pub fn verify<'a>(
    keys: &Keys,
    headers: &'a HeaderMap,
    body: &'a [u8],
    now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    let mut timestamp = None;
    let mut tags = Vec::new();
    for item in single(headers, SIGNATURE)?.split(',') {
        match item.split_once('=') {
            Some(("t", _)) if timestamp.is_some() => {
                return Err(SignatureError::Duplicated(SIGNATURE));
            }
            Some(("t", seconds)) => timestamp = Some(seconds),
            Some(("v1", hex)) => tags.extend(decode_hex(hex)),
            Some(_) => {}
            None => return Err(SignatureError::Malformed(SIGNATURE)),
        }
    }
    let timestamp = timestamp.ok_or(SignatureError::TimestampMissing)?;
    if tags.is_empty() || tags.len() > MAX_SIGNATURES {
        return Err(SignatureError::Malformed(SIGNATURE));
    }
    check_age(timestamp, now)?;
    verify_any_sha256(keys, Delivery { timestamp, body }, &tags)
}
