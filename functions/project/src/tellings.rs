//! Tasks of telling portals: one for each dossier and portal, which another function works off.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{Kind, Record};
use rules::dossier::Dossier;
use serde::Deserialize;

use crate::touched::Of;

/// The part of a commit that is read here.
#[derive(Deserialize)]
struct Happened {
    recorded_at: Timestamp,
}

/// Returns the dossier whose events a record holds, and when they were recorded.
pub(crate) fn happened(record: &Record<'_>) -> Option<(Of, Timestamp)> {
    record.key.event_version().filter(|_| record.kind == Kind::Insert)?;
    let (agency, id) = record.key.dossier()?;
    let commit: Happened = serde_json::from_str(record.attribute("recorded")?).ok()?;
    Some((Of::Dossier(agency, id), commit.recorded_at))
}

/// Has every portal of the agency that is told of such dossiers told of this one, up to its version.
pub(crate) async fn want(site: &Site, dossier: &Dossier, at: Timestamp) -> Result<(), Error> {
    let own = site.config.portals().filter(|portal| portal.agency == dossier.agency);
    for portal in own {
        if portal.tell.as_ref().is_some_and(|tell| tell.channels.contains(&dossier.filing)) {
            let store = site.recorder.store();
            store.want_told(&dossier.agency, &portal.id, dossier.id, dossier.version, at).await?;
        }
    }
    Ok(())
}
