//! Tokens at operators. They are kept as long as the process lives, and renewed when an operator says that one is over.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The token of each operator, by its id. `Debug` hides them.
#[derive(Default)]
pub struct Tokens(Mutex<BTreeMap<String, String>>);

impl Tokens {
    pub(crate) fn known(&self, operator: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(operator).cloned()
    }

    pub(crate) fn keep(&self, operator: &str, token: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(operator.to_owned(), token);
    }

    pub(crate) fn forget(&self, operator: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(operator);
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(hidden)")
    }
}
