//! What time alone moves: the acceptance limit, grace for originals, reminders and missed waits.

use super::super::{Awaited, Event, Stage};
use super::{Case, pausing};
use crate::catalogue::OnMissedWait;

pub(super) fn wake(case: Case<'_>) -> Vec<Event> {
    let Case { dossier, .. } = case;
    match &dossier.stage {
        Stage::Submitted if dossier.accept_until.is_some_and(|until| until <= case.now()) => {
            vec![Event::AcceptanceLate]
        }
        Stage::Running(_) => pausing::originals_missing(dossier, case).into_iter().collect(),
        Stage::Paused(pause) => {
            let mut events: Vec<_> = pause.awaited.iter().filter_map(|thing| waited(thing, case)).collect();
            let missed = events.iter().any(|event| matches!(event, Event::WaitMissed { .. }));
            let procedure = case.terms.procedure;
            if missed && procedure.is_some_and(|p| p.on_missed_wait == OnMissedWait::Auto) {
                events.push(closed_by_itself(case));
            }
            events
        }
        Stage::Incomplete(awaited) => waited(awaited, case).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// One awaited thing whose reminder or end is due. A sweep that comes after the end marks it missed, without a
/// reminder that would come too late to help.
fn waited(thing: &Awaited, case: Case<'_>) -> Option<Event> {
    let wait = thing.wait?;
    let reason = thing.reason.clone();
    match wait.next {
        Some(next) if next > case.now() => None,
        Some(_) if wait.until <= case.now() => Some(Event::WaitMissed { reason, until: wait.until }),
        Some(_) => Some(Event::WaitReminded { reason, until: wait.until }),
        None => None,
    }
}

fn closed_by_itself(case: Case<'_>) -> Event {
    let article = case.terms.procedure.map(|p| p.legal_basis.clone()).unwrap_or_default();
    Event::Closed { reason: "quá hạn bổ sung".into(), article, at: case.now() }
}
