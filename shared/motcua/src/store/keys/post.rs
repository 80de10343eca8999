//! Keys of what goes by public post: parcels, manifests, and what operators say.

use super::{Key, part};
use rules::id::{AgencyCode, DossierId};
use rules::post::{ManifestNo, ParcelNo};

/// Shards of what is to be said to operators and to dossiers. There are few of them, because every run reads all.
pub const POST_SHARDS: u32 = 4;

const PARCEL: &str = "#parcel#";
const STRAY: &str = "#stray#";

/// Returns the partition of one shard in which parcels and stray events wait. A job of its own reads it, because an
/// operator may take long to answer, or be down for days.
#[must_use]
pub fn post_pk(agency: &AgencyCode, shard: u32) -> String {
    format!("{agency}#post#{shard:02}")
}

/// Returns the index partition of the parcels that the post has, the oldest first.
#[must_use]
pub fn in_post_pk(agency: &AgencyCode) -> String {
    format!("{agency}#in-post")
}

/// Returns the index partition of the parcels that came back, the oldest first.
#[must_use]
pub fn came_back_pk(agency: &AgencyCode) -> String {
    format!("{agency}#came-back")
}

/// Beginning of the names of operators' doors.
const OPERATOR: &str = "post:";

impl Key {
    /// Returns the key of a parcel.
    #[must_use]
    pub fn parcel(agency: &AgencyCode, no: ParcelNo) -> Self {
        Self { pk: format!("{agency}{PARCEL}{no}"), sk: "parcel".into() }
    }

    /// Returns the key of the note in which parcel a dossier is. It is claimed with the parcel, so that no dossier is in
    /// two.
    #[must_use]
    pub fn parcel_of(agency: &AgencyCode, id: DossierId) -> Self {
        Self::in_dossier(agency, id, "parcel".into())
    }

    /// Returns the key of the label of a parcel, which lies in a dossier of it because it holds a name and an address.
    #[must_use]
    pub fn label(agency: &AgencyCode, id: DossierId, no: ParcelNo) -> Self {
        Self::in_dossier(agency, id, format!("label#{no}"))
    }

    /// Returns the key of the alias from an operator's number to a parcel.
    #[must_use]
    pub fn waybill(agency: &AgencyCode, operator: &str, number: &str) -> Self {
        Self { pk: format!("{agency}#waybill#{operator}#{}", part(number)), sk: "alias".into() }
    }

    /// Returns the partition of an agency's manifests, in the order of their numbers.
    #[must_use]
    pub fn manifests_pk(agency: &AgencyCode) -> String {
        format!("{agency}#manifests")
    }

    /// Returns the key of a manifest.
    #[must_use]
    pub fn manifest(agency: &AgencyCode, no: ManifestNo) -> Self {
        Self { pk: Self::manifests_pk(agency), sk: no.to_string() }
    }

    /// Returns the key of an event whose parcel is not here.
    #[must_use]
    pub fn stray(agency: &AgencyCode, operator: &str, name: &str) -> Self {
        Self { pk: format!("{agency}{STRAY}{operator}#{}", part(name)), sk: "stray".into() }
    }

    /// Returns the key of how far the feed of an operator is read.
    #[must_use]
    pub fn feed(agency: &AgencyCode, operator: &str) -> Self {
        Self { pk: format!("{agency}#postal#{operator}"), sk: "feed".into() }
    }

    /// Returns the name by which an operator's door is kept beside those of portals. No portal is called so.
    #[must_use]
    pub fn operators_door(operator: &str) -> String {
        format!("{OPERATOR}{operator}")
    }

    /// Returns the operator, if a door is one's.
    #[must_use]
    pub fn operator_of(door: &str) -> Option<&str> {
        door.strip_prefix(OPERATOR)
    }

    /// Returns the number, if this is the key of a parcel.
    #[must_use]
    pub fn parcel_no(&self) -> Option<ParcelNo> {
        let (_, no) = self.pk.split_once(PARCEL).filter(|_| self.sk == "parcel")?;
        ParcelNo::parse(no).ok()
    }

    pub(super) fn is_stray(&self) -> bool {
        self.sk == "stray" && self.pk.contains(STRAY)
    }
}
