//! Addresses as people type them, old ones with a district too.

mod nearest;
mod pick;
mod reader;
mod split;
#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::catalogue::{Catalogue, Unit};
use crate::convert::Converted;
use crate::part::Part;
use reader::Reader;
use split::Kinds;

/// The most characters of an address.
pub const LONGEST_ADDRESS: usize = 500;

/// Reason why an address was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TypedError {
    /// Longer than [`LONGEST_ADDRESS`].
    #[error("has {0} characters, and an address at most {LONGEST_ADDRESS}")]
    TooLong(usize),
}

/// An address as it was read.
#[derive(Debug)]
pub struct Typed<'u> {
    /// The text before the commune: house, street, hamlet; everything if no commune was found.
    pub street: String,
    /// The unit of before 01/07/2025 that was typed, to be written beside the new one.
    pub old: Option<Unit<'u>>,
    /// The unit by the catalogue.
    pub place: Converted<'u>,
}

impl<'u> Catalogue<'u> {
    /// Reads the end of an address, `Phường Bến Nghé, Quận 1, TP Hồ Chí Minh` or `phường Sài Gòn, tp hcm`, into a commune
    /// of this catalogue. Only what has one meaning becomes [`Converted::One`]; a name with other marks, without its kind
    /// or of another, or without a province is [`Converted::Unknown`] with the nearest ones.
    ///
    /// # Errors
    /// [`TypedError`].
    pub fn read(&self, text: &str) -> Result<Typed<'u>, TypedError> {
        let length = text.chars().count();
        if length > LONGEST_ADDRESS {
            return Err(TypedError::TooLong(length));
        }
        // A word for a kind without marks may be the beginning of a name, so it counts only if nothing fits without it.
        let typed = self.cut(text, Kinds::Marked).or_else(|| self.cut(text, Kinds::Plain));
        Ok(typed.unwrap_or_else(|| {
            let (parts, reader) = self.reader(text, Kinds::Marked);
            let place = Converted::Unknown(nearest::of(&reader, &parts));
            Typed { street: trimmed(text).to_owned(), old: None, place }
        }))
    }

    fn cut(&self, text: &str, kinds: Kinds) -> Option<Typed<'u>> {
        let (parts, reader) = self.reader(text, kinds);
        let read = reader.read()?;
        let end = read.at.map_or(text.len(), |at| parts[at].0);
        Some(Typed { street: trimmed(&text[..end]).to_owned(), old: read.old, place: read.place })
    }

    fn reader<'t>(&self, text: &'t str, kinds: Kinds) -> (Vec<(usize, &'t str)>, Reader<'u>) {
        let parts = split::parts(text, kinds);
        let read = parts.iter().map(|(_, part)| Part::of(part)).collect();
        (parts, Reader::of(*self, read))
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '-'))
}
