//! Entries of the audit about what the API shows.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Did, Reader};
use rules::id::DossierId;

use crate::api::answer::Answer;
use crate::permission::Staff;

/// Writes an entry before anything is shown: what cannot be audited is not shown.
pub(super) async fn first(site: &Site, staff: &Staff, did: Did, now: Timestamp) -> Result<(), Answer> {
    first_of(site, staff, (did, &[]), now).await
}

/// The same for an answer about dossiers that the act does not name.
pub(super) async fn first_of(
    site: &Site,
    staff: &Staff,
    (did, dossiers): (Did, &[DossierId]),
    now: Timestamp,
) -> Result<(), Answer> {
    let reader = Reader { role: Some(staff.role().name()), dossiers };
    let entry = AuditEntry { at: now, who: staff.subject.clone(), did };
    Ok(site.recorder.store().audit_by(&staff.agency, &entry, reader).await?)
}
