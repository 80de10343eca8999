//! Dates left open by a year without a holiday table: counted as soon as the table is there, and looked at every day
//! until then.

use super::super::{Awaited, Dossier, DueDate, Event, Stage};
use super::{Case, due};
use crate::clock::{Due, Wait, count};

/// Adds what follows from these events if dates are open: those that can be counted now, and when to look at the others
/// next. Every command on the dossier looks, so that no date is told a day later than it could be.
pub(super) fn looked_at(case: Case<'_>, events: &mut Vec<Event>) {
    if events.is_empty() && !case.dossier.has_gap() {
        return;
    }
    let after = case.after(events);
    if !after.has_gap() {
        return;
    }
    let open = count_again(&after, case, events);
    let after = case.after(events);
    let looked = after.look_at.is_some_and(|at| at > case.now());
    if !after.has_gap() || looked {
        return;
    }
    // Beyond the years that can be expressed there is no later day on which to look.
    if let Ok(look_at) = case.terms.office.next_opening(case.now()) {
        events.push(Event::GapMet { years: open, look_at });
    }
}

/// Counts what can be counted; returns the years that are still missing.
fn count_again(dossier: &Dossier, case: Case<'_>, events: &mut Vec<Event>) -> Vec<i16> {
    match &dossier.stage {
        Stage::Running(_) => due_again(dossier, case, events),
        Stage::Paused(pause) => waits_again(&pause.awaited, case, events),
        Stage::Incomplete(awaited) => waits_again(std::slice::from_ref(awaited), case, events),
        _ => Vec::new(),
    }
}

fn due_again(dossier: &Dossier, case: Case<'_>, events: &mut Vec<Event>) -> Vec<i16> {
    let Some(clock) = &dossier.clock else { return Vec::new() };
    let counted = clock.starts_at.zip(case.terms.procedure).and_then(|(starts_at, procedure)| {
        count(&procedure.limit, starts_at, &dossier.stops(), case.terms.office).ok()
    });
    match counted.map(|count| count.due) {
        Some(Due::On { date, at }) => {
            let due = DueDate { on: date, at };
            // A promised date is never earlier than the counted one.
            let promised = clock.promised.filter(|promised| promised.on < due.on).map(|_| due);
            events.push(Event::DueCounted { due, promised });
            Vec::new()
        }
        Some(Due::Gap { years }) => years,
        // The catalogue may have lost the procedure: as far as is known, the years are still missing.
        Some(Due::Standing { .. }) | None => clock.gap.clone(),
    }
}

fn waits_again(things: &[Awaited], case: Case<'_>, events: &mut Vec<Event>) -> Vec<i16> {
    let mut open = Vec::new();
    for thing in things.iter().filter(|thing| !thing.gap.is_empty()) {
        let due::Waiting { wait, remind_at, gap } =
            due::waiting(thing.waits_from(), configured(thing, case), case.terms);
        if gap.is_empty() && (wait.is_some() || remind_at.is_some()) {
            let (reason, since) = (thing.reason.clone(), thing.since);
            events.push(Event::WaitCounted { reason, since, wait, remind_at });
        } else {
            open.extend(if gap.is_empty() { thing.gap.clone() } else { gap });
        }
    }
    open.sort_unstable();
    open.dedup();
    open
}

fn configured(thing: &Awaited, case: Case<'_>) -> Option<Wait> {
    case.terms.procedure?.pause(&thing.reason)?.wait
}
