//! The name that goes with a message, so that what its service tells of it finds its item again.

use data_encoding::HEXLOWER;

use crate::store::Key;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;

/// The name of a message, whatever its outlet: by these four its receipts find its item again.
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
    /// Returns the key of the item of the message by this outlet.
    #[must_use]
    pub fn key(&self, outlet: Outlet) -> Key {
        Key::message(&self.agency, self.id, self.version, self.receiver, outlet)
    }

    /// Returns the four in one word without a dot, which a header of a signed message can hold.
    #[must_use]
    pub fn word(&self) -> String {
        let agency = HEXLOWER.encode(self.agency.as_str().as_bytes());
        format!("{agency}-{}-{}-{}", self.id, self.version, self.receiver)
    }

    /// Reads them from such a word; `None` if it is not ours.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let mut parts = word.split('-');
        let [agency, id, version, receiver] = [(); 4].map(|()| parts.next());
        Self::read(agency?, id?, version?, receiver?).filter(|named| named.word() == word)
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
        Self::read(tag("agency")?, tag("dossier")?, tag("version")?, tag("receiver")?)
    }

    fn read(agency: &str, id: &str, version: &str, receiver: &str) -> Option<Self> {
        let agency = HEXLOWER.decode(agency.as_bytes()).ok()?;
        Some(Self {
            agency: AgencyCode::parse(std::str::from_utf8(&agency).ok()?).ok()?,
            id: DossierId::parse(id).ok()?,
            version: version.parse().ok()?,
            receiver: receiver.parse().ok()?,
        })
    }
}
