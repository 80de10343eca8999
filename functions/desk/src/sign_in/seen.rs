//! Sign-ins and sign-outs, for the audit and for the directory of the agency. A store that does not answer keeps nobody out:
//! without it there is nothing to see or to do anyway.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Did, Error, NotLetIn, Seen};
use rules::id::AgencyCode;
use rules::limits::LONGEST_NAME;

use crate::permission::Staff;

/// Notes that somebody signed in, under the name that the provider gives them.
pub(super) async fn signed_in(site: &Site, staff: &Staff, name: Option<&str>, now: Timestamp) {
    let (audited, noted) = tokio::join!(audit(site, staff, Did::SignedIn, now), note(site, staff, name, now));
    told(audited);
    told(noted);
}

/// Notes that the provider vouched for somebody once more.
pub(super) async fn goes_on(site: &Site, staff: &Staff, name: Option<&str>, now: Timestamp) {
    told(note(site, staff, name, now).await);
}

/// Notes that somebody signed out, and ends what the account was given until now: a copy of the cookie is not renewed.
pub(super) async fn signed_out(site: &Site, staff: &Staff, now: Timestamp) {
    let ended = site.recorder.store().end_until(&staff.agency, &staff.subject, now);
    let (audited, ended) = tokio::join!(audit(site, staff, Did::SignedOut, now), ended);
    told(audited);
    told(ended);
}

/// Notes that somebody was not let in.
pub(super) async fn not_let_in(site: &Site, agency: &AgencyCode, who: &str, because: NotLetIn, now: Timestamp) {
    let entry = AuditEntry { at: now, who: who.to_owned(), did: Did::NotSignedIn { because } };
    told(site.recorder.store().audit(agency, &entry).await);
}

async fn audit(site: &Site, staff: &Staff, did: Did, now: Timestamp) -> Result<(), Error> {
    let entry = AuditEntry { at: now, who: staff.subject.clone(), did };
    site.recorder.store().audit(&staff.agency, &entry).await
}

async fn note(site: &Site, staff: &Staff, name: Option<&str>, now: Timestamp) -> Result<(), Error> {
    let seen = Seen { who: staff.subject.clone(), role: staff.role().name().to_owned(), at: now };
    let name =
        name.map(|name| name.trim().chars().take(LONGEST_NAME).collect::<String>()).filter(|name| !name.is_empty());
    site.recorder.store().note_seen(&staff.agency, &seen, name.as_deref()).await
}

fn told(outcome: Result<(), Error>) {
    if let Err(error) = outcome {
        tracing::error!(%error, "a sign-in that was not noted");
    }
}
