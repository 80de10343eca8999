//! Keys of the tokens of links.

use super::Key;
use rules::id::AgencyCode;

impl Key {
    /// Returns the key of a token of an agency, by the name that it is stored under (`rules::token::stored_as`).
    #[must_use]
    pub fn token(agency: &AgencyCode, stored_as: &str) -> Self {
        Self { pk: format!("{agency}#token#{stored_as}"), sk: "token".into() }
    }
}
