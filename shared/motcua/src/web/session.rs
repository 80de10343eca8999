//! Sessions at partners that let the office in by a log-in: portals and postal operators.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::WebError;

/// The session of each partner, by its id: kept as long as the process lives, and renewed when the partner says that it is
/// over. `Debug` hides them.
#[derive(Default)]
pub struct Sessions(Mutex<BTreeMap<String, String>>);

/// Reasons why a call has no usable answer. They say nothing of what was sent.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// No answer, or one that says to come later.
    #[error(transparent)]
    Web(#[from] WebError),
    /// An answer that is none of the partner's: an HTML page, or fields of other types.
    #[error("an answer that cannot be read")]
    Unreadable,
    /// The office was not let in.
    #[error("the log-in was refused")]
    LogIn,
}

impl Sessions {
    /// Returns the one at a partner, if there is one.
    pub fn known(&self, partner: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(partner).cloned()
    }

    /// Keeps one.
    pub fn keep(&self, partner: &str, session: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(partner.to_owned(), session);
    }

    /// Forgets one.
    pub fn forget(&self, partner: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(partner);
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions(hidden)")
    }
}
