//! JSON that others wrote: odd data is refused with the name of the field, never guessed at.
//!
//! [`Object`] reads one object and keeps the spelling of its numbers, as signatures need it. [`Fields`] checks a whole
//! body first, then reads it member by member, and names the place of a fault.

mod fields;
mod meaning;
mod object;
mod sound;
#[cfg(test)]
mod tests;

pub use fields::{Element, Fields};
pub use meaning::meaning;
pub use object::{BadMember, NotAnObject, Object, Scalar, scalar};

use std::borrow::Cow;

/// A body that cannot be used: the place and the reason, never the value there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} {why}")]
pub struct Malformed {
    /// The place, such as `data.TaiLieuNop[2].MaThanhPhanHoSo`; `body` for the whole.
    pub field: String,
    /// The fault, such as `is missing`.
    pub why: Cow<'static, str>,
}

impl Malformed {
    /// Makes a complaint about a place.
    #[must_use]
    pub fn new(field: impl Into<String>, why: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), why: why.into() }
    }
}

/// Returns a name that may be repeated to its sender and to the log: one that looks like a field's, or `?`.
fn shown(name: &str) -> &str {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if plain && (1..=40).contains(&name.len()) { name } else { "?" }
}

/// Returns a member's place within its object's.
fn below(path: &str, name: &str) -> String {
    let name = shown(name);
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
