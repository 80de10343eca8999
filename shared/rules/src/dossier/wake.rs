//! Next instant at which time alone moves a dossier.

use jiff::Timestamp;

use super::{Dossier, Stage};

/// Returns the instant at which the sweep should look at this dossier; `None` if only a command can move it.
///
/// Law: after a `Wake` at `now`, this is `None` or later than `now`.
#[must_use]
pub fn wake_at(dossier: &Dossier) -> Option<Timestamp> {
    let look_at = dossier.look_at.filter(|_| dossier.has_gap());
    moved_at(dossier).into_iter().chain(look_at).min()
}

/// Returns the next instant that is known.
fn moved_at(dossier: &Dossier) -> Option<Timestamp> {
    match &dossier.stage {
        Stage::Submitted => dossier.accept_until,
        Stage::Incomplete(awaited) => awaited.next(),
        Stage::Running(_) => {
            let visit = dossier.step.as_ref()?;
            if visit.needs.is_empty() { None } else { visit.grace_until }
        }
        Stage::Paused(pause) => pause.awaited.iter().filter_map(super::Awaited::next).min(),
        Stage::Done { .. }
        | Stage::InPost { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => None,
    }
}
