//! Standard Webhooks 1.0.0, symmetric: HMAC-SHA256 over `id.timestamp.body`.
//!
//! The portal's, the provincial centre's and the post's adapters sign this way, and so does the generic gateway.

use data_encoding::BASE64;
use http::HeaderMap;
use jiff::Timestamp;

use super::headers::{check_age, single};
use super::verify::verify_any_sha256;
use super::{Key, Keys, SignatureError, Signed, Verified, sign_hmac_sha256};

/// The header that names the delivery; the same on every attempt.
pub const ID: &str = "webhook-id";
/// The header with the instant of the attempt, in seconds since 1970.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures, a list separated by spaces.
pub const SIGNATURE: &str = "webhook-signature";

/// The longest id accepted, in bytes.
pub const MAX_ID: usize = 255;
/// The most signatures looked at; a sender has at most a few keys at once.
const MAX_SIGNATURES: usize = 8;

/// One delivery.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    id: &'a str,
    timestamp: &'a str,
    body: &'a [u8],
}

impl<'a> Delivery<'a> {
    /// Returns the delivery's id, constant over retries.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Returns the body as received.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

impl Signed for Delivery<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.id.as_bytes());
        feed(b".");
        feed(self.timestamp.as_bytes());
        feed(b".");
        feed(self.body);
    }

    /// Gives the body alone: the timestamp changes with every attempt, and only the body tells messages apart.
    fn content(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.body);
    }
}

/// Verifies one delivery received at `now`. Signatures of unknown versions (`v1a`) are passed over.
pub fn verify<'a>(
    keys: &Keys,
    headers: &'a HeaderMap,
    body: &'a [u8],
    now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    let id = named(headers, ID, "svix-id")?;
    // A dot in the id would let id and timestamp trade places with parts of each other.
    if id.len() > MAX_ID || id.contains('.') {
        return Err(SignatureError::Malformed(ID));
    }
    let timestamp = named(headers, TIMESTAMP, "svix-timestamp").map_err(about_timestamp)?;
    let tags = signatures(named(headers, SIGNATURE, "svix-signature")?)?;
    check_age(timestamp, now)?;
    let delivery = Delivery { id, timestamp, body };
    verify_any_sha256(keys, delivery, &tags)
}

/// The value of a header, also under the name that it had before there was a standard.
fn named<'a>(headers: &'a HeaderMap, name: &'static str, earlier: &'static str) -> Result<&'a str, SignatureError> {
    match single(headers, name) {
        Err(SignatureError::Missing(_)) if headers.contains_key(earlier) => {
            single(headers, earlier).map_err(|_| SignatureError::Malformed(name))
        }
        found => found,
    }
}

fn about_timestamp(error: SignatureError) -> SignatureError {
    if error == SignatureError::Missing(TIMESTAMP) {
        SignatureError::TimestampMissing
    } else if error == SignatureError::Malformed(TIMESTAMP) {
        SignatureError::TimestampMalformed
    } else {
        error
    }
}

/// Reads the signatures. An unreadable one does not spoil a good one beside it; `Err` if none is readable.
fn signatures(list: &str) -> Result<Vec<Vec<u8>>, SignatureError> {
    let tags: Vec<_> = list
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|tag| BASE64.decode(tag.as_bytes()).ok())
        .collect();
    if tags.is_empty() || tags.len() > MAX_SIGNATURES {
        return Err(SignatureError::Malformed(SIGNATURE));
    }
    Ok(tags)
}

/// Returns the value of the signature header for a delivery of ours. The id has no dot.
pub fn sign(key: &Key, id: &str, timestamp: Timestamp, body: &[u8]) -> String {
    let seconds = timestamp.as_second().to_string();
    let parts = [id.as_bytes(), b".", seconds.as_bytes(), b".", body];
    format!("v1,{}", BASE64.encode(&sign_hmac_sha256(key, &parts)))
}
