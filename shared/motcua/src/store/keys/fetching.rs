//! Keys of files that portals name: the task of a dossier, and the mark of a link.

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::portal::LinkName;

/// Shards of the dossiers whose files are to be fetched. There are few of them, because every run reads all.
pub const FETCH_SHARDS: u32 = 4;

const FETCHING: &str = "#fetching#";
const FILES: &str = "files";

/// Returns the partition of one shard in which dossiers wait for their files. A job of its own reads it, because a host may
/// take long to answer.
#[must_use]
pub fn fetch_pk(agency: &AgencyCode, shard: u32) -> String {
    format!("{agency}#fetch#{shard:02}")
}

impl Key {
    /// Returns the key of the task to fetch the files of a dossier.
    #[must_use]
    pub fn fetching(agency: &AgencyCode, id: DossierId) -> Self {
        Self { pk: format!("{agency}{FETCHING}{id}"), sk: FILES.into() }
    }

    /// Returns the key of what became of a link.
    #[must_use]
    pub fn link(agency: &AgencyCode, id: DossierId, link: &LinkName) -> Self {
        Self::in_dossier(agency, id, format!("link#{link}"))
    }

    /// Returns the dossier, if this is the key of the task to fetch its files.
    #[must_use]
    pub fn fetching_of(&self) -> Option<DossierId> {
        let (_, id) = self.pk.split_once(FETCHING).filter(|_| self.sk == FILES)?;
        DossierId::parse(id).ok()
    }

    pub(super) fn is_fetching(&self) -> bool {
        self.fetching_of().is_some()
    }

    /// Returns the version, if this is the key of a form.
    #[must_use]
    pub fn form_version(&self) -> Option<u64> {
        self.sk.strip_prefix("form#")?.parse().ok()
    }
}
