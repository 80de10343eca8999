//! Proof that a message comes from the sender it names: keyed hashes over bytes exactly as received.
//!
//! A parser takes a [`Verified`] message, and only the functions of this module can make one, so nothing can be read
//! out of a message before its signature is verified.

pub mod github;
mod headers;
mod key;
mod object;
pub mod path;
pub mod payos;
pub mod standard_webhooks;
pub mod stripe;
#[cfg(test)]
mod tests;
mod verify;

pub use key::{Key, KeyError, Keys, MIN_BYTES, MIN_WEBHOOK_BYTES, ReadKey, Shortness};
pub use verify::{
    Signed, Verified, decode_hex, encode_hex, sha256_hex, sign_hmac_sha256, sign_hmac_sha512, verify_hmac_sha256,
    verify_hmac_sha512, verify_suffixed_sha256,
};

/// The longest distance between a signed instant and now, either way and inclusive: five minutes, as in the libraries
/// of Standard Webhooks and Stripe.
pub const TOLERANCE_SECONDS: u64 = 300;

/// The reason why a message is not believed. It holds names of fields and headers only, never a value, and never the
/// right signature: an answer or a log that shows it would sign for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The signature, or another header that takes part in it, is absent or empty.
    #[error("{0} is missing or empty")]
    Missing(&'static str),
    /// It is there more than once, so that nobody can say which is meant.
    #[error("{0} is given more than once")]
    Duplicated(&'static str),
    /// It is not spelled as the scheme demands, or the signed text cannot be taken apart.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// The scheme joins values without escaping, and a value contains the separator: two messages would have one
    /// signature.
    #[error("{0} contains the separator of the signed text")]
    Ambiguous(&'static str),
    /// The signed instant is absent or empty.
    #[error("the signed timestamp is missing")]
    TimestampMissing,
    /// The signed instant is not a count of seconds.
    #[error("the signed timestamp is malformed")]
    TimestampMalformed,
    /// Signed more than the tolerance ago.
    #[error("signed too long ago")]
    TooOld,
    /// Signed for an instant later than the tolerance allows.
    #[error("signed for the future")]
    TooNew,
    /// No live key made this signature.
    #[error("no live key made this signature")]
    Mismatch,
    /// The channel lacks a setting that its scheme needs.
    #[error("the channel has no {0}")]
    NotConfigured(&'static str),
}

impl SignatureError {
    /// Returns the text for the caller: the same words whatever was wrong.
    pub fn caller_text(self) -> &'static str {
        "signature not accepted"
    }
}
