//! Sessions at portals. They are kept as long as the process lives, and renewed when a portal says that one is over.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The session of each portal, by its id. `Debug` hides them.
#[derive(Default)]
pub struct Sessions(Mutex<BTreeMap<String, String>>);

impl Sessions {
    pub(crate) fn known(&self, portal: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(portal).cloned()
    }

    pub(crate) fn keep(&self, portal: &str, session: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(portal.to_owned(), session);
    }

    pub(crate) fn forget(&self, portal: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(portal);
    }
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions(hidden)")
    }
}
