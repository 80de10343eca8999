//! Keys of notices.

use super::Key;
use rules::id::AgencyCode;

impl Key {
    /// Returns the key of the cards of all notices that stand.
    #[must_use]
    pub fn standing_notices(agency: &AgencyCode) -> Self {
        Self { pk: Self::notices_pk(agency), sk: "standing".into() }
    }

    /// Returns the partition of the list of an agency's notices.
    #[must_use]
    pub fn notices_pk(agency: &AgencyCode) -> String {
        format!("{agency}#notices")
    }

    /// Returns the key of the card of a notice, in the order of numbers.
    #[must_use]
    pub fn notice_card(agency: &AgencyCode, number: u32) -> Self {
        Self { pk: Self::notices_pk(agency), sk: format!("card#{number:06}") }
    }

    /// Returns the partition of one notice: its versions, and who confirmed that they read it.
    #[must_use]
    pub fn notice_pk(agency: &AgencyCode, number: u32) -> String {
        format!("{agency}#notice#{number:06}")
    }

    /// Returns the key of the newest version of a notice.
    #[must_use]
    pub fn notice(agency: &AgencyCode, number: u32) -> Self {
        Self { pk: Self::notice_pk(agency, number), sk: "newest".into() }
    }

    /// Returns the key of one version of a notice, which never changes.
    #[must_use]
    pub fn notice_version(agency: &AgencyCode, number: u32, version: u32) -> Self {
        Self { pk: Self::notice_pk(agency, number), sk: format!("version#{version:04}") }
    }

    /// Returns the key of the confirmation that a member of staff read a notice.
    #[must_use]
    pub fn notice_read(agency: &AgencyCode, number: u32, account: &str) -> Self {
        Self { pk: Self::notice_pk(agency, number), sk: format!("{READ}{}", super::part(account)) }
    }
}

/// Beginning of the sort keys of confirmations.
pub(in crate::store) const READ: &str = "read#";
