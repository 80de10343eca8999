//! Tasks of fetching the files that portals name: one for each dossier, which another function works off.

use std::collections::HashMap;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{Kind, Record, records};
use rules::attachment::sent;
use rules::id::{AgencyCode, DossierId};
use serde_json::Value;

use crate::touched::Of;

/// A form that came with links to files.
struct Came<'a> {
    agency: AgencyCode,
    id: DossierId,
    version: u64,
    sequence_number: &'a str,
}

/// Has the files fetched that the forms of a batch name, if the agency fetches files at all. Returns the records that must
/// come again.
pub(crate) async fn want<'a>(site: &Site, event: &'a Value, happened: &HashMap<Of, Timestamp>) -> Vec<&'a str> {
    for came in records(event).filter_map(|record| came(site, &record)) {
        match wanted(site, &came, happened).await {
            Ok(()) => {}
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                tracing::error!(dossier = %came.id, %error, "files of a commit that was passed unread");
            }
            Err(error @ (Error::Unavailable { .. } | Error::Contended(_))) => {
                tracing::error!(dossier = %came.id, %error, "files are not wanted yet");
                // The store would fail the next ones too, and these come again with this one.
                return vec![came.sequence_number];
            }
        }
    }
    Vec::new()
}

async fn wanted(site: &Site, came: &Came<'_>, happened: &HashMap<Of, Timestamp>) -> Result<(), Error> {
    let (store, Came { agency, id, version, .. }) = (site.recorder.store(), came);
    let at = match happened.get(&Of::Dossier(agency.clone(), *id)) {
        Some(at) => *at,
        // The events of its commit are nearly always in the same batch.
        None => match store.event(agency, *id, *version).await? {
            Some(recorded) => recorded.recorded_at,
            None => return Ok(()),
        },
    };
    store.want_fetched(agency, *id, *version, at).await.map(drop)
}

fn came<'a>(site: &Site, record: &Record<'a>) -> Option<Came<'a>> {
    let version = record.key.form_version().filter(|_| record.kind == Kind::Insert)?;
    let (agency, id) = record.key.dossier()?;
    let fetches = site.config.portals().any(|portal| portal.agency == agency && !portal.fetch.is_empty());
    let names_files = || sent(record.attribute("form").unwrap_or_default()).iter().any(|file| file.address.is_some());
    (fetches && names_files()).then_some(Came { agency, id, version, sequence_number: record.sequence_number })
}
