//! Mistakes in a form that was sent.

use rules::json::Malformed;

/// A mistake in what was typed.
#[derive(Clone, Copy)]
pub(super) enum Wrong<'a> {
    /// There is none.
    Nothing,
    /// The reader complains of a field.
    Typed(&'a Malformed),
    /// The dossier declines what a field says, with this sentence.
    Declined(&'a str, &'a str),
}

impl<'a> Wrong<'a> {
    /// Returns the field it is about.
    pub fn field(self) -> Option<&'a str> {
        match self {
            Self::Nothing => None,
            Self::Typed(wrong) => wrong.field.split('[').next(),
            Self::Declined(field, _) => Some(field),
        }
    }
}
