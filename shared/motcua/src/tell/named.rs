//! The name that goes with a letter, so that what its service tells of it finds its message again.

use data_encoding::HEXLOWER;

use crate::store::Key;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;

/// The message that a letter is: by these four its receipts find its item again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The agency.
    pub agency: AgencyCode,
    /// The dossier.
    pub id: DossierId,
    /// The version of the commit.
    pub version: u64,
    /// 0 the applicant, 1 the filer.
    pub receiver: usize,
}

impl Named {
    /// Returns the key of the message's item.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::message(&self.agency, self.id, self.version, self.receiver, Outlet::Email)
    }

    /// Returns the tags that go with the letter, which hold nothing personal. A code may have dots, which no tag may.
    pub(super) fn tags(&self) -> [(&'static str, String); 4] {
        [
            ("agency", HEXLOWER.encode(self.agency.as_str().as_bytes())),
            ("dossier", self.id.as_str().to_owned()),
            ("version", self.version.to_string()),
            ("receiver", self.receiver.to_string()),
        ]
    }

    /// Reads them from a receipt; `None` if they are not ours.
    #[must_use]
    pub fn from_tags<'t>(tag: impl Fn(&str) -> Option<&'t str>) -> Option<Self> {
        let agency = HEXLOWER.decode(tag("agency")?.as_bytes()).ok()?;
        Some(Self {
            agency: AgencyCode::parse(std::str::from_utf8(&agency).ok()?).ok()?,
            id: DossierId::parse(tag("dossier")?).ok()?,
            version: tag("version")?.parse().ok()?,
            receiver: tag("receiver")?.parse().ok()?,
        })
    }
}
