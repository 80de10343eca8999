//! GitHub's scheme: `X-Hub-Signature-256: sha256=<hex>` over the body alone.
//!
//! It signs no instant and no delivery id, so a repeat can only be known by the content of the body.

use http::HeaderMap;

use super::headers::single;
use super::{Keys, SignatureError, Signed, Verified, decode_hex, verify_hmac_sha256};

/// The header with the signature. The older SHA-1 header is never looked at.
pub const SIGNATURE: &str = "x-hub-signature-256";

/// One delivery.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
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
        feed(self.body);
    }
}

/// Verifies one delivery.
pub fn verify<'a>(
    keys: &Keys,
    headers: &'a HeaderMap,
    body: &'a [u8],
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    let tag = single(headers, SIGNATURE)?
        .strip_prefix("sha256=")
        .and_then(decode_hex)
        .ok_or(SignatureError::Malformed(SIGNATURE))?;
    verify_hmac_sha256(keys, Delivery { body }, &tag)
}
