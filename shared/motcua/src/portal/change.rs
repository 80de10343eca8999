//! A change of what was filed that came too late: it stands in the dossier's history, and on the list for a person.

use crate::recorder::{Arrival, Done, RecordError};
use crate::site::Site;
use rules::dossier::table::{Cell, cell};
use rules::dossier::{Event, Kind};
use rules::id::AgencyCode;
use rules::portal::Why;

/// Puts a change on the list if the dossier keeps it. A run that was killed in between is made up for by its repeat.
pub(super) async fn keep(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    kind: Kind,
    done: &Done,
) -> Result<(), RecordError> {
    let is_kept = match (kind, done) {
        (Kind::ChangeFiling, Done::Now(dossier)) => cell(dossier.phase(), kind) == Cell::Kept,
        (Kind::ChangeFiling, Done::Before(version, Some(dossier))) => {
            let recorded = site.recorder.store().event(agency, dossier.id, *version).await?;
            let is_kept = |event: &Event| matches!(event, Event::ArrivalKept { .. });
            recorded.is_some_and(|recorded| recorded.events.iter().any(is_kept))
        }
        _ => false,
    };
    if is_kept {
        site.recorder.keep_because(agency, arrival, Why::AfterAcceptance).await?;
    }
    Ok(())
}
