//! Keys of who looked at a dossier.

use super::Key;
use rules::id::{AgencyCode, DossierId};

/// Beginning of the sort keys of accounts.
pub(in crate::store) const STAFF: &str = "staff#";
/// Sort key of those who showed digits.
pub(in crate::store) const DIGITS: &str = "digits";
/// Beginning of the sort keys of those who opened a link.
pub(in crate::store) const LINK: &str = "link#";

impl Key {
    /// Returns the partition of those who looked at a dossier. It lies beside the dossier and not in it, because the
    /// dossier's page reads all of its own partition.
    #[must_use]
    pub fn looks_pk(agency: &AgencyCode, id: DossierId) -> String {
        format!("{agency}#looks#{id}")
    }

    /// Returns the key of the looks of one account, by the subject of the sign-in.
    #[must_use]
    pub fn looks_of_staff(agency: &AgencyCode, id: DossierId, who: &str) -> Self {
        Self { pk: Self::looks_pk(agency, id), sk: format!("{STAFF}{who}") }
    }

    /// Returns the key of the looks of everybody who showed digits.
    #[must_use]
    pub fn looks_by_digits(agency: &AgencyCode, id: DossierId) -> Self {
        Self { pk: Self::looks_pk(agency, id), sk: DIGITS.into() }
    }

    /// Returns the key of the looks of everybody who opened a link, by the name of its purpose.
    #[must_use]
    pub fn looks_by_link(agency: &AgencyCode, id: DossierId, purpose: &str) -> Self {
        Self { pk: Self::looks_pk(agency, id), sk: format!("{LINK}{purpose}") }
    }
}
