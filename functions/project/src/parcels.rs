//! Parcels whose dossier may have left them by itself: its result was handed out at the desk, or issued anew.

use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{Kind, Record};
use rules::dossier::{Event, Recorded};

use crate::touched::{Of, Touched};

/// Returns the dossier of which a record says so.
pub(crate) fn left(record: &Record<'_>) -> Option<Of> {
    record.key.event_version().filter(|_| record.kind == Kind::Insert)?;
    let text = record.attribute("recorded")?;
    // Most events are others, and need no reading.
    if !text.contains("handed_out") && !text.contains("result_reissued") {
        return None;
    }
    let recorded: Recorded = serde_json::from_str(text).ok()?;
    let leaves = |event: &Event| matches!(event, Event::HandedOut { .. } | Event::ResultReissued { .. });
    recorded.events.iter().any(leaves).then_some(())?;
    record.key.dossier().map(|(agency, id)| Of::Dossier(agency, id))
}

/// Has the parcel looked at in which the dossier is, if it is in one that the operator has not got yet.
pub(crate) async fn look(site: &Site, touched: &Touched, at: jiff::Timestamp) -> Result<(), Error> {
    let (store, agency, id) = (site.recorder.store(), &touched.dossier.agency, touched.dossier.id);
    let Some(no) = store.of_dossier(agency, id).await?.and_then(|of| of.parcel) else { return Ok(()) };
    store.look_at_parcel(agency, no, at).await
}
