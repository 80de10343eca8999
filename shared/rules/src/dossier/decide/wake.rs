//! Changes that time alone makes: the acceptance limit, grace for originals, reminders and missed waits.

use super::super::{Awaited, Deadline, Event, Stage};
use super::{Case, due, pausing};
use crate::catalogue::{OnMissedWait, Procedure, Reason};

pub(super) fn wake(case: Case<'_>) -> Vec<Event> {
    let Case { dossier, .. } = case;
    match &dossier.stage {
        Stage::Submitted if dossier.accept_until.is_some_and(|until| until <= case.now()) => {
            vec![Event::AcceptanceLate]
        }
        Stage::Running(_) => pausing::originals_missing(dossier, case).into_iter().collect(),
        Stage::Paused(pause) => {
            let mut events = told(&pause.awaited, case);
            let missed = events.iter().find_map(|event| match event {
                Event::WaitMissed { reason, .. } => Some(reason.clone()),
                _ => None,
            });
            let auto = case.terms.procedure.filter(|procedure| procedure.on_missed_wait == OnMissedWait::Auto);
            if let (Some(reason), Some(procedure)) = (missed, auto) {
                events.push(closed_by_itself(&reason, procedure, case));
            }
            events
        }
        Stage::Incomplete(awaited) => told(std::slice::from_ref(awaited), case),
        _ => Vec::new(),
    }
}

/// Returns the notices about the things awaited. Two that are awaited for one reason until one instant get one notice.
fn told(things: &[Awaited], case: Case<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for event in things.iter().filter_map(|thing| waited(thing, case)) {
        if !events.contains(&event) {
            events.push(event);
        }
    }
    events
}

/// Returns the notice of a thing whose reminder or miss is due. A sweep that comes after the last day marks it missed,
/// without a reminder that would come too late to help.
fn waited(thing: &Awaited, case: Case<'_>) -> Option<Event> {
    let next = thing.next().filter(|next| *next <= case.now())?;
    let (reason, since) = (thing.reason.clone(), thing.since);
    let Some(wait) = thing.wait else { return Some(Event::StillAwaited { reason, since }) };
    let until = wait.until;
    let (end, missed_at) = due::missed(wait, case.now(), case.terms);
    Some(if missed_at <= case.now() {
        Event::WaitMissed { reason, until }
    } else if next < until && case.now() < end {
        Event::WaitReminded { reason, until }
    } else {
        // The last day is not over: an older dossier is woken at its close of office. Or office is closed: the sweep
        // slept over the reminder, or a table of days off changed.
        let wait = Some(Deadline { until: end, next: Some(missed_at), missed_at: Some(missed_at) });
        Event::WaitCounted { reason, since, wait, remind_at: None }
    })
}

fn closed_by_itself(missed: &Reason, procedure: &Procedure, case: Case<'_>) -> Event {
    let article = match procedure.basis(missed, case.dossier.received_at(), case.now()) {
        "" => &procedure.legal_basis,
        article => article,
    };
    let reason = match missed {
        Reason::Fee => "quá hạn nộp phí, lệ phí",
        Reason::Originals | Reason::Supplement | Reason::Further(_) => "quá hạn bổ sung",
    };
    Event::Closed { reason: reason.into(), article: article.to_owned(), at: case.now() }
}
