//! Keys of the tries to open a dossier by digits.

use super::Key;
use rules::id::{AgencyCode, DossierId};

impl Key {
    /// Returns the key of the tries at a dossier.
    #[must_use]
    pub fn tries(agency: &AgencyCode, id: DossierId) -> Self {
        Self::in_dossier(agency, id, "tries".into())
    }

    /// Returns the key of the tries of a sender, by the name of its address (`rules::access::sender`).
    #[must_use]
    pub fn sender(agency: &AgencyCode, name: &str) -> Self {
        Self { pk: format!("{agency}#sender#{name}"), sk: "tries".into() }
    }
}
