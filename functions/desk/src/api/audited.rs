//! Entries of the audit about what the API shows.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Did};

use crate::api::answer::Answer;
use crate::permission::Staff;

/// Writes an entry before anything is shown: what cannot be audited is not shown.
pub(super) async fn first(site: &Site, staff: &Staff, did: Did, now: Timestamp) -> Result<(), Answer> {
    let entry = AuditEntry { at: now, who: staff.subject.clone(), did };
    Ok(site.recorder.store().audit(&staff.agency, &entry).await?)
}
