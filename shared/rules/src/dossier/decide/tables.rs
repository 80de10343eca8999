//! Tables of days off and office hours that change after dates were counted by them.

use jiff::Timestamp;

use super::super::{Awaited, Deadline, Dossier, DueDate, Event, Phase, Recounted, RecountedWait, Stage, evolve};
use super::{Terms, due};
use crate::catalogue::WaitFrom;
use crate::clock::CountedBy;
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

/// Names what the dates of a dossier are counted by after a commit. `before` is the dossier before it.
#[must_use]
pub fn stamp(before: Option<&Dossier>, after: &Dossier, terms: Terms<'_>) -> Option<CountedBy> {
    if let Some(before) = before {
        if !is_open(before) && !is_open(after) {
            return before.counted_by.clone();
        }
        // Dates of unknown tables are compared once. Other ones than today's are left as they were told.
        if before.counted_by.is_none() && !moved(after, terms).is_empty() {
            return None;
        }
    }
    let last = last_date(after).unwrap_or(after.submitted_at);
    Some(terms.office.identity(vietnam::day(after.submitted_at).year()..=vietnam::day(last).year()))
}

fn last_date(dossier: &Dossier) -> Option<Timestamp> {
    let clock = dossier.clock.as_ref();
    let dates = clock.into_iter().flat_map(|clock| [clock.due, clock.promised]).flatten().map(|due| due.at);
    let waits = awaited(dossier).iter().filter_map(|thing| thing.wait.map(|wait| wait.until).or(thing.remind_at));
    let grace = dossier.step.as_ref().and_then(|visit| visit.grace_until);
    dates.chain(waits).chain(grace).chain(dossier.accept_until).max()
}

fn awaited(dossier: &Dossier) -> &[Awaited] {
    match &dossier.stage {
        Stage::Paused(pause) => &pause.awaited,
        Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
        Stage::Submitted
        | Stage::Running(_)
        | Stage::Done { .. }
        | Stage::InPost { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => &[],
    }
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
        waits: awaited(dossier).iter().filter_map(|thing| wait(thing, terms)).collect(),
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

/// Returns the end of the acceptance limit that began when the dossier came. After a supplement at intake its beginning
/// is not known, and the limit of hours stays.
fn accept_until(dossier: &Dossier, terms: Terms<'_>) -> Option<Timestamp> {
    let was = dossier.accept_until.filter(|_| matches!(dossier.stage, Stage::Submitted) && dossier.rounds == 0)?;
    due::accept_until(dossier.submitted_at, terms).filter(|until| *until != was)
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
    // Asked for at an earlier time than it was recorded: the beginning is not kept, so the wait stays.
    if !thing.gap.is_empty() || pause.wait_from == WaitFrom::Asked {
        return None;
    }
    let now = due::waiting(thing.since, pause.wait, terms);
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
