//! Names of tables and hours: short hashes of what they say.

use crate::signature::sha256_hex;

/// Characters of a hash that name a table: 64 bits, among a handful of tables.
const LENGTH: usize = 16;

/// Returns the name of a text.
pub(super) fn short(text: &str) -> String {
    let mut name = sha256_hex(text.as_bytes());
    name.truncate(LENGTH);
    name
}
