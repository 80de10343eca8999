//! A dossier's clock, counted from its start with everything needed to explain it.

use super::{Dossier, Stage, Terms};
use crate::clock::{self, Count, Stop};

/// The count behind the due date, a standing pause included; none before the clock starts, or where the catalogue
/// does not know the procedure.
#[must_use]
pub fn count(dossier: &Dossier, terms: Terms<'_>) -> Option<Count> {
    let clock = dossier.clock.as_ref()?;
    let limit = &terms.procedure?.limit;
    let mut stops: Vec<_> = clock.pauses.iter().map(super::ClosedPause::stop).collect();
    let stage = match &dossier.stage {
        Stage::Closed(before) => before,
        stage => stage,
    };
    if let Stage::Paused(pause) = stage {
        stops.push(Stop { from: pause.since, to: None, policy: pause.policy });
    }
    clock::count(limit, clock.starts_at?, &stops, terms.office).ok()
}
