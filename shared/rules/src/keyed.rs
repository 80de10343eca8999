//! Keyed hashes of an agency's own things: each kind of thing has its own, so that one never stands for another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::id::AgencyCode;
use crate::signature::Key;

/// Returns the hash of these parts. Each is hashed with its length, so that moving a letter over a border changes it.
pub(crate) fn keyed(key: &Key, what: &str, agency: &AgencyCode, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).expect("HMAC takes keys of every length");
    for part in [what.as_bytes(), agency.as_str().as_bytes()].iter().chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
