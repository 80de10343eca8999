//! The front that an office stands behind, if it has one: whatever did not come through it is turned away.

use std::net::IpAddr;

use super::Config;
use super::entry::Entry;
use crate::http::{Received, Request};
use crate::signature::{Key, Keys, Shortness, sha256_hex};

/// The header by which the front proves itself.
pub const FRONT_HEADER: &str = "x-motcua-front";

impl Config {
    /// Whether the office stands behind a front.
    #[must_use]
    pub fn has_front(&self) -> bool {
        self.front_keys.is_some()
    }

    /// Returns the address of whoever sent a request: the one that the HTTP API saw. Behind a front that is the front's, so
    /// the one that the front saw is taken: it stands before the front's own, and only what came by the front gets here.
    #[must_use]
    pub fn sender(&self, request: &Request) -> Option<IpAddr> {
        if !self.has_front() {
            return request.sender();
        }
        let seen = request.headers().get(SEEN_BY_DOORS)?.to_str().ok()?;
        seen.rsplit(',').nth(1)?.trim().parse().ok()
    }

    /// Whether a request with this value of [`FRONT_HEADER`] is let in: any, if the office has no front.
    #[must_use]
    pub fn came_by_the_front(&self, proof: Option<&str>) -> bool {
        let Some(keys) = &self.front_keys else { return true };
        // Hashes are compared, so that the time it takes tells nothing of the key.
        let proof = proof.map(|proof| sha256_hex(proof.as_bytes()));
        proof.is_some_and(|proof| keys.live().fold(false, |found, key| found | (sha256_hex(key.expose()) == proof)))
    }
}

/// The header in which each door writes the address that it saw, after those of the doors before it.
const SEEN_BY_DOORS: &str = "x-forwarded-for";

/// Reads `front_keys`: one key, or two while one replaces the other.
pub(super) fn keys(top: &mut Entry<'_>) -> Option<Keys> {
    const FIELD: &str = "front_keys";
    let texts = top.texts(FIELD)?;
    let keys: Result<Vec<_>, _> = texts.iter().map(|text| Key::from_text(text, Shortness::Refused)).collect();
    match keys.map(|keys| <[Key; 1]>::try_from(keys).map(|[only]| (only, None)).or_else(pair)) {
        Ok(Ok((current, previous))) => Some(Keys::new(current, previous)),
        Ok(Err(_)) => {
            top.problem(FIELD, "takes one key, or two while one replaces the other");
            None
        }
        Err(error) => {
            top.problem(FIELD, error.to_string());
            None
        }
    }
}

fn pair(keys: Vec<Key>) -> Result<(Key, Option<Key>), Vec<Key>> {
    <[Key; 2]>::try_from(keys).map(|[current, previous]| (current, Some(previous)))
}
