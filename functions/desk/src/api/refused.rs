//! Entries of the audit about what the API refuses.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{AuditEntry, Declined, Did, NotLetIn};
use rules::http::{Received, Request};
use rules::id::{AgencyCode, DossierId};

use crate::api::answer::Answer;
use crate::api::{commands, money};
use crate::permission::Staff;

/// Notes a refusal. It stands, whether it can be noted or not.
pub(super) async fn noted(site: &Site, staff: &Staff, request: &Request, answer: &Answer, now: Timestamp) {
    let because = if matches!(answer, Answer::NotAllowed) {
        Declined::NotAllowed
    } else if matches!(answer, Answer::Refused(_)) {
        Declined::ByItsState
    } else {
        return;
    };
    let (what, name) = asked(request.path());
    let id = match name.map(|name| (DossierId::parse(name), name)) {
        Some((Ok(id), _)) => Some(id),
        Some((Err(_), code)) => site.recorder.store().id_of(&staff.agency, code).await.ok().flatten(),
        None => None,
    };
    let did = Did::Refused { what: what.to_owned(), id, because };
    let entry = AuditEntry { at: now, who: staff.subject.clone(), did };
    written(site, &staff.agency, &entry).await;
}

/// Notes that a token was not believed.
pub(super) async fn not_let_in(site: &Site, agency: &AgencyCode, who: &str, because: NotLetIn, now: Timestamp) {
    let entry = AuditEntry { at: now, who: who.to_owned(), did: Did::NotSignedIn { because } };
    written(site, agency, &entry).await;
}

async fn written(site: &Site, agency: &AgencyCode, entry: &AuditEntry) {
    if let Err(error) = site.recorder.store().audit(agency, entry).await {
        tracing::error!(%error, "a refusal that was not audited");
    }
}

/// The thing asked for, by our own name for it and never by what was sent; and the dossier's name in the path.
fn asked(path: &str) -> (&'static str, Option<&str>) {
    let parts: Vec<_> = path.strip_prefix("/api/v1/").unwrap_or_default().split('/').collect();
    match *parts.as_slice() {
        ["dossiers"] => ("file", None),
        ["dossiers", name] => ("dossier", Some(name)),
        ["dossiers", name, "pay-link"] => ("pay-link", Some(name)),
        ["dossiers", name, command] => (commands::find(command).map_or("dossier", |spec| spec.name), Some(name)),
        ["money", _, decision] => (money::find(decision).map_or("money", |spec| spec.name), None),
        ["money", ..] => ("money", None),
        ["calls", ..] => ("calls", None),
        ["takeover"] => ("takeover", None),
        ["procedures", ..] => ("catalogue", None),
        _ => ("desk", None),
    }
}
