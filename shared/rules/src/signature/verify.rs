//! Keyed hashes: computed, compared in constant time, and the proof that they held.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};

use super::{Key, Keys, SignatureError};

/// A message that knows which bytes its sender signed.
pub trait Signed {
    /// Gives the signed bytes, in order and in as many parts as is convenient.
    fn signed(&self, feed: &mut dyn FnMut(&[u8]));

    /// Gives the bytes that tell one message from another for [`Verified::digest`]. They are the signed ones, unless a
    /// scheme signs something that changes from one attempt to the next.
    fn content(&self, feed: &mut dyn FnMut(&[u8])) {
        self.signed(feed);
    }
}

/// A message with a verified signature. Only this module makes one.
#[derive(Clone)]
pub struct Verified<T> {
    message: T,
}

impl<T> Verified<T> {
    /// Returns the message.
    pub fn message(&self) -> &T {
        &self.message
    }

    /// Returns the message, by value.
    pub fn into_message(self) -> T {
        self.message
    }
}

impl<T: Signed> Verified<T> {
    /// Returns SHA-256 of the content in hex: equal for a repeat, different for another message of the same identity.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        self.message.content(&mut |part| hash.update(part));
        HEXLOWER.encode(&hash.finalize())
    }
}

/// Makes the proof of a message whose sender proved to be one otherwise.
pub(super) fn believed<T>(message: T) -> Verified<T> {
    Verified { message }
}

/// Returns SHA-256 in lower-case hex: it names a content and proves nothing.
pub fn sha256_hex(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

/// Shows nothing: a verified message may still be personal.
impl<T> std::fmt::Debug for Verified<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verified(..)")
    }
}

/// Verifies HMAC-SHA256 over the message's signed bytes.
pub fn verify_hmac_sha256<T: Signed>(keys: &Keys, message: T, tag: &[u8]) -> Result<Verified<T>, SignatureError> {
    verify_any::<Hmac<Sha256>, T>(keys, message, &[tag])
}

/// Verifies HMAC-SHA512 over the message's signed bytes.
pub fn verify_hmac_sha512<T: Signed>(keys: &Keys, message: T, tag: &[u8]) -> Result<Verified<T>, SignatureError> {
    verify_any::<Hmac<Sha512>, T>(keys, message, &[tag])
}

/// Verifies HMAC-SHA256 for a sender that gives several tags, one for each of its own keys.
pub(super) fn verify_any_sha256<T: Signed>(
    keys: &Keys,
    message: T,
    tags: &[impl AsRef<[u8]>],
) -> Result<Verified<T>, SignatureError> {
    verify_any::<Hmac<Sha256>, T>(keys, message, tags)
}

/// Tries every live key against every tag until one holds: a forgery costs the same however near a guess was.
fn verify_any<M: Mac + KeyInit + Clone, T: Signed>(
    keys: &Keys,
    message: T,
    tags: &[impl AsRef<[u8]>],
) -> Result<Verified<T>, SignatureError> {
    let held = keys.live().any(|key| {
        let mac = mac_over::<M>(key, |feed| message.signed(feed));
        tags.iter().any(|tag| mac.clone().verify_slice(tag.as_ref()).is_ok())
    });
    if held { Ok(Verified { message }) } else { Err(SignatureError::Mismatch) }
}

/// Verifies plain SHA-256 over the signed bytes followed by the key: the national payment platform's scheme. It is
/// weaker than HMAC, so a channel has to ask for it by name.
pub fn verify_suffixed_sha256<T: Signed>(keys: &Keys, message: T, tag: &[u8]) -> Result<Verified<T>, SignatureError> {
    let Ok(tag) = <[u8; 32]>::try_from(tag) else {
        return Err(SignatureError::Mismatch);
    };
    let tag = CtOutput::<Sha256>::new(tag.into());
    let held = keys.live().any(|key| {
        let mut hash = Sha256::new();
        message.signed(&mut |part| hash.update(part));
        hash.update(key.expose());
        CtOutput::new(hash.finalize()) == tag
    });
    if held { Ok(Verified { message }) } else { Err(SignatureError::Mismatch) }
}

/// Computes HMAC-SHA256 of the parts, one after the other: for our own messages.
pub fn sign_hmac_sha256(key: &Key, parts: &[&[u8]]) -> Vec<u8> {
    let mac = mac_over::<Hmac<Sha256>>(key, |feed| parts.iter().for_each(|part| feed(part)));
    mac.finalize().into_bytes().to_vec()
}

/// Computes HMAC-SHA512 of the parts, one after the other: for our own messages.
pub fn sign_hmac_sha512(key: &Key, parts: &[&[u8]]) -> Vec<u8> {
    let mac = mac_over::<Hmac<Sha512>>(key, |feed| parts.iter().for_each(|part| feed(part)));
    mac.finalize().into_bytes().to_vec()
}

fn mac_over<M: Mac + KeyInit>(key: &Key, signed: impl FnOnce(&mut dyn FnMut(&[u8]))) -> M {
    let mut mac =
        <M as KeyInit>::new_from_slice(key.expose()).expect("HMAC takes a key of any length (RFC 2104, section 2)");
    signed(&mut |part| mac.update(part));
    mac
}

/// Reads bytes from hexadecimal in either case; `None` for anything else, spaces included.
pub fn decode_hex(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

/// Writes bytes in lower-case hexadecimal.
pub fn encode_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}
