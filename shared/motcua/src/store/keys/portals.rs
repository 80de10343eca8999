//! Keys of what portals were told.

use super::{Key, part, shard_of};
use rules::id::{AgencyCode, DossierId};

/// Shards of the dossiers that wait to be told to one portal. There are few of them, because every run reads all.
pub const TELL_SHARDS: u32 = 4;

const TELLING: &str = "#telling#";
const TOLD: &str = "told";
const DOOR: &str = "door";
const OLDER: &str = "older";

/// Returns the partition of one shard in which dossiers wait to be told to a portal. A job of its own reads it, because a
/// portal may take long to answer, or be down for days.
#[must_use]
pub fn tell_pk(agency: &AgencyCode, portal: &str, shard: u32) -> String {
    format!("{agency}#tell#{}#{shard:02}", part(portal))
}

impl Key {
    /// Returns the key of how far a portal knows a dossier.
    #[must_use]
    pub fn told(agency: &AgencyCode, portal: &str, id: DossierId) -> Self {
        Self { pk: format!("{agency}{TELLING}{}#{id}", part(portal)), sk: TOLD.into() }
    }

    /// Returns the key of how a portal itself stands: whether it answers, and who is telling it just now.
    #[must_use]
    pub fn portal_door(agency: &AgencyCode, portal: &str) -> Self {
        Self { pk: format!("{agency}{TELLING}{}", part(portal)), sk: DOOR.into() }
    }

    /// Returns the key of how far the older dossiers of a portal are begun.
    #[must_use]
    pub fn portal_older(agency: &AgencyCode, portal: &str) -> Self {
        Self { pk: format!("{agency}{TELLING}{}", part(portal)), sk: OLDER.into() }
    }

    /// Returns the portal and the dossier, if this is the key of how far one knows the other.
    #[must_use]
    pub fn told_of(&self) -> Option<(&str, DossierId)> {
        let (_, rest) = self.pk.split_once(TELLING).filter(|_| self.sk == TOLD)?;
        let (portal, id) = rest.rsplit_once('#')?;
        Some((portal, DossierId::parse(id).ok()?))
    }

    /// Returns the portal, if this is the key of how it stands.
    #[must_use]
    pub fn door_of(&self) -> Option<&str> {
        self.pk.split_once(TELLING).filter(|_| self.sk == DOOR).map(|(_, portal)| portal)
    }

    pub(super) fn is_told(&self) -> bool {
        self.told_of().is_some()
    }

    pub(super) fn is_door(&self) -> bool {
        self.door_of().is_some()
    }

    /// Returns the partition in which such a task waits. That of a portal is read by nobody: each run looks at the portal
    /// itself.
    pub(super) fn tell_pk(&self, agency: &AgencyCode) -> Option<String> {
        match (self.told_of(), self.door_of()) {
            (Some((portal, _)), _) => Some(tell_pk(agency, portal, shard_of(&self.pk) % TELL_SHARDS)),
            (None, Some(portal)) => Some(format!("{agency}#tell#{portal}#{DOOR}")),
            (None, None) => None,
        }
    }
}
