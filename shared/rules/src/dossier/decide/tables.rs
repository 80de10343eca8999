//! Tables of days off and office hours that change after dates were counted by them.

use jiff::Timestamp;

use super::super::{Awaited, Deadline, Dossier, DueDate, Event, Phase, Recounted, RecountedWait, Stage, evolve};
use super::{Case, Refusal, Terms, due, text};
use crate::catalogue::WaitFrom;
use crate::clock::CountedBy;
use crate::notice::Standing;
use crate::vietnam;

/// Whether dates of the dossier still matter. What is finished keeps what it was counted by.
pub(in super::super) fn is_open(dossier: &Dossier) -> bool {
    match dossier.phase() {
        Phase::Submitted | Phase::Incomplete | Phase::Accepted | Phase::InProgress | Phase::Paused => true,
        Phase::New
        | Phase::Done
        | Phase::InPost
        | Phase::Returned
        | Phase::NotAccepted
        | Phase::Withdrawn
        | Phase::Closed => false,
    }
}

/// Returns what moves by the tables of today; `None` if nothing does, or if it is not known what the dossier was
/// counted by.
pub(super) fn recounted(dossier: &Dossier, terms: Terms<'_>) -> Option<Event> {
    let by = dossier.counted_by.as_ref()?;
    if !is_open(dossier) || terms.office.counts_as(by) {
        return None;
    }
    let mut moved = moved(dossier, terms);
    if moved.is_empty() {
        return None;
    }
    let notices = terms.office.changed_years(by).into_iter().filter_map(|year| terms.office.calendar.notice(year));
    moved.notices = notices.map(str::to_owned).collect();
    Some(Event::Recounted(moved))
}

/// Returns the note that the tables of today give other dates than those that the dossier was told, if it is not known
/// what they were counted by. It is noted once.
pub(super) fn differing(case: Case<'_>) -> Option<Event> {
    let Case { dossier, terms, .. } = case;
    if dossier.counted_by.is_some() || dossier.dates_differ || !is_open(dossier) {
        return None;
    }
    let moved = moved(dossier, terms);
    let due = (!moved.is_empty()).then(|| evolve(dossier.clone(), &Event::Recounted(moved)).due());
    due.map(|due| Event::DatesDiffer { due })
}

/// Whether a person has to decide about dates that the tables of today would count otherwise.
pub(in super::super) fn in_doubt(dossier: &Dossier) -> bool {
    dossier.dates_differ && dossier.counted_by.is_none() && is_open(dossier)
}

/// Settles such dates. What is counted anew is told like any date that moves.
pub(super) fn settle(case: Case<'_>, anew: bool, because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    if !in_doubt(case.dossier) {
        return Err(Refusal::DatesHold);
    }
    let mut events = vec![Event::DatesSettled { anew, because: because.to_owned() }];
    let moved = Some(moved(case.dossier, case.terms)).filter(|moved| anew && !moved.is_empty());
    events.extend(moved.map(Event::Recounted));
    Ok(events)
}

/// Names what the dates of a dossier are counted by after a commit. `before` is the dossier before it.
#[must_use]
pub fn stamp(before: Option<&Dossier>, after: &Dossier, terms: Terms<'_>) -> Option<CountedBy> {
    if let Some(before) = before {
        if !is_open(before) && !is_open(after) {
            return before.counted_by.clone();
        }
        // Dates of unknown tables are compared once. Other ones than today's are left as they were told, until a person
        // decides about them.
        let settled = before.dates_differ && !after.dates_differ;
        if before.counted_by.is_none() && !settled && !moved(after, terms).is_empty() {
            return None;
        }
    }
    let last = last_date(after).unwrap_or(after.submitted_at);
    Some(terms.office.identity(vietnam::day(after.submitted_at).year()..=vietnam::day(last).year()))
}

fn last_date(dossier: &Dossier) -> Option<Timestamp> {
    let clock = dossier.clock.as_ref();
    let dates = clock.into_iter().flat_map(|clock| [clock.due, clock.promised]).flatten().map(|due| due.at);
    let waits = dossier.awaited().iter().filter_map(|thing| thing.wait.map(|wait| wait.until).or(thing.remind_at));
    let grace = dossier.step.as_ref().and_then(|visit| visit.grace_until);
    dates.chain(waits).chain(grace).chain(dossier.accept_until).max()
}

/// Returns the dates that are others by the tables of today.
pub(in super::super) fn moved(dossier: &Dossier, terms: Terms<'_>) -> Recounted {
    let clock = dossier.clock.as_ref();
    let counted = due::with_pauses(dossier, &[], terms).due;
    let due = counted.filter(|counted| clock.and_then(|clock| clock.due).is_some_and(|due| due != *counted));
    let mut recounted = Recounted {
        due,
        promised: promised(dossier, due, terms),
        accept_until: accept_until(dossier, terms),
        grace_until: grace_until(dossier, terms),
        waits: dossier.awaited().iter().filter_map(|thing| wait(thing, terms)).collect(),
        ..Recounted::default()
    };
    let after = evolve(dossier.clone(), &Event::Recounted(recounted.clone()));
    recounted.was = dossier.due().filter(|was| after.due() != Some(*was));
    recounted
}

/// Returns the promised date if it fell on a day off, or the office closes at another time on it, or the counted date
/// is the later now.
fn promised(dossier: &Dossier, due: Option<DueDate>, terms: Terms<'_>) -> Option<DueDate> {
    let promised = dossier.clock.as_ref()?.promised?;
    let on = terms.office.calendar.working_day_from(promised.on).ok()?;
    let held = DueDate { on, at: terms.office.close_of(on).ok()? };
    let later = due.filter(|due| due.on > on).unwrap_or(held);
    (later != promised).then_some(later)
}

/// Returns the end of the acceptance limit. In an older dossier its beginning after a supplement at intake is not known,
/// and the limit stays.
fn accept_until(dossier: &Dossier, terms: Terms<'_>) -> Option<Timestamp> {
    let was = dossier.accept_until.filter(|_| matches!(dossier.stage, Stage::Submitted))?;
    let from = dossier.accept_from.or(Some(dossier.submitted_at).filter(|_| dossier.rounds == 0))?;
    due::accept_until(from, terms).filter(|until| *until != was)
}

fn grace_until(dossier: &Dossier, terms: Terms<'_>) -> Option<Timestamp> {
    let (visit, procedure) = (dossier.step.as_ref()?, terms.procedure?);
    let (was, entered_at) = (visit.grace_until?, visit.entered_at?);
    let step = procedure.steps.iter().find(|step| step.name == visit.name)?;
    terms.office.grace_until(entered_at, step.grace_working_days).ok().filter(|until| *until != was)
}

/// Returns a wait that has not been missed, by the tables of today. What was reminded of already is not reminded of
/// again.
fn wait(thing: &Awaited, terms: Terms<'_>) -> Option<RecountedWait> {
    let pause = terms.procedure?.pause(&thing.reason)?;
    // An older dossier does not say when the wait began that is counted from the asking, so it stays.
    let unknown = pause.wait_from == WaitFrom::Asked && thing.wait_since.is_none();
    if !thing.gap.is_empty() || unknown {
        return None;
    }
    let now = due::waiting(thing.waits_from(), pause.wait, terms);
    // A closing of the desk that was published since moves the wait when it ends: that is no other table.
    let plain = due::waiting(thing.waits_from(), pause.wait, Terms { notices: Standing::none(), ..terms });
    if thing.wait.zip(plain.wait).is_some_and(|(was, plain)| was.last_day() == plain.last_day()) {
        return None;
    }
    let (reason, since) = (thing.reason.clone(), thing.since);
    match (thing.wait, now.wait) {
        (Some(was), Some(counted)) if !was.missed() && was.last_day() != counted.last_day() => {
            let reminded = was.next == was.missed_at || was.next == Some(was.until);
            let next = if reminded { counted.missed_at } else { counted.next };
            let wait = Some(Deadline { next, ..counted });
            Some(RecountedWait { reason, since, wait, remind_at: None })
        }
        (None, None) => {
            let remind_at = thing.remind_at.and(now.remind_at).filter(|at| thing.remind_at != Some(*at))?;
            Some(RecountedWait { reason, since, wait: None, remind_at: Some(remind_at) })
        }
        _ => None,
    }
}
