//! A dossier's life, event by event.

use super::subject::Subject;
use crate::dossier::{Dossier, Event, Recorded, evolve};

/// One event, with the dossier before and after it.
pub(super) struct Moment<'a> {
    pub(super) commit: &'a Recorded,
    pub(super) event: &'a Event,
    pub(super) before: &'a Dossier,
    pub(super) after: &'a Dossier,
}

/// Shows every event in order, and returns the dossier after the last. Returns `None` without a history.
pub(super) fn walk<'a>(subject: &Subject<'a>, mut see: impl FnMut(&Moment<'_>)) -> Option<Dossier> {
    let history: &'a [Recorded] = subject.history;
    let first = history.first()?;
    let mut dossier = Dossier::before(subject.agency.clone(), subject.id, first.procedure.clone(), first.at);
    for commit in history {
        for event in &commit.events {
            let after = evolve(dossier.clone(), event);
            see(&Moment { commit, event, before: &dossier, after: &after });
            dossier = after;
        }
        dossier.version = commit.version;
    }
    Some(dossier)
}
