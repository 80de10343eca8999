//! A secret text: a password, or a path that stands for a signature.

use std::fmt;

/// A password. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub(super) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns it, for the log-in or for a comparison alone.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}
