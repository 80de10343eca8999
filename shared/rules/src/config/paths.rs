//! Paths that stand for a signature, where an operator cannot sign.

use super::entry::Entry;
use super::password::Password;

/// The fewest characters of such a path: 32 of the usual ones hold 160 bits or more.
const SHORTEST_PATH: usize = 32;

/// Reads the paths that stand for a signature.
pub(super) fn paths(entry: &mut Entry<'_>) -> Vec<Password> {
    const FIELD: &str = "paths";
    if entry.value(FIELD).is_none() {
        return Vec::new();
    }
    let texts = entry.texts(FIELD).unwrap_or_default();
    if texts.is_empty() || texts.len() > 2 {
        entry.problem(FIELD, "takes one path, or two while one replaces the other");
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let mut paths = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        match (SHORTEST_PATH..=200).contains(&text.len()) && text.bytes().all(plain) {
            true => paths.push(Password::of(text)),
            false => {
                entry.problem(format!("{FIELD}[{index}]"), "takes 32 to 200 letters, digits, dashes and underscores")
            }
        }
    }
    paths
}
