//! Dates of a dossier's clock after a change.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::{ClosedPause, Deadline, Dossier, DueDate};
use super::Terms;
use crate::catalogue::{Procedure, REMIND_AFTER_WORKING_DAYS};
use crate::clock::{ClockError, Due, Gap, REMIND_WORKING_DAYS_BEFORE, Stop, Wait, count, end_of_day, last_day};
use crate::vietnam;

/// A due date, or the years that have no official holiday table.
pub(super) struct Counted {
    pub due: Option<DueDate>,
    pub gap: Vec<i16>,
}

/// Counts the limit of a clock that started at `starts_at` with these stops; no date while one of them is open.
pub(super) fn counted(starts_at: Timestamp, stops: &[Stop], terms: Terms<'_>) -> Counted {
    let none = Counted { due: None, gap: Vec::new() };
    let Some(procedure) = terms.procedure else { return none };
    match count(&procedure.limit, starts_at, stops, terms.office).map(|count| count.due) {
        Ok(Due::On { date, at }) => Counted { due: Some(DueDate { on: date, at }), gap: Vec::new() },
        Ok(Due::Gap { years }) => Counted { due: None, gap: years },
        Ok(Due::Standing { .. }) | Err(_) => none,
    }
}

/// Counts a dossier's clock with these pauses ended as well. A pause that began after the due date does not move it:
/// the dossier stays late.
pub(super) fn with_pauses(dossier: &Dossier, ended: &[ClosedPause], terms: Terms<'_>) -> Counted {
    let Some((clock, starts_at)) = dossier.clock.as_ref().and_then(|c| Some((c, c.starts_at?))) else {
        return Counted { due: None, gap: Vec::new() };
    };
    let stops: Vec<_> = clock.pauses.iter().chain(ended).map(ClosedPause::stop).collect();
    counted(starts_at, &stops, terms)
}

/// Time at which somebody is told about a thing awaited, or the years without a table that this would need.
#[derive(Default)]
pub(super) struct Waiting {
    pub wait: Option<Deadline>,
    pub remind_at: Option<Timestamp>,
    pub gap: Vec<i16>,
}

/// Returns the notices about a thing awaited from `from` on: the end of its wait with the reminder before it. If it has
/// no wait, there is one reminder at opening of office.
pub(super) fn waiting(from: Timestamp, wait: Option<Wait>, terms: Terms<'_>) -> Waiting {
    let counted = match wait {
        Some(wait) => deadline(from, wait, terms).map(|wait| Waiting { wait: Some(wait), ..Waiting::default() }),
        None => remind_at(from, terms).map(|at| Waiting { remind_at: Some(at), ..Waiting::default() }),
    };
    match counted {
        Ok(waiting) => waiting,
        Err(ClockError::Gap(Gap { years })) => Waiting { gap: years, ..Waiting::default() },
        // Beyond the years that can be expressed nobody is told anything.
        Err(_) => Waiting::default(),
    }
}

fn deadline(from: Timestamp, wait: Wait, terms: Terms<'_>) -> Result<Deadline, ClockError> {
    let until = terms.office.wait_until(from, wait)?;
    let until = in_open_desk(last_day(until), vietnam::day(from), terms).unwrap_or(until);
    let missed_at = terms.office.missed_at(until)?;
    let before = terms.procedure.map_or(REMIND_WORKING_DAYS_BEFORE, |p| p.remind_working_days_before);
    // A wait that is too short for a reminder ends without one. So does a wait that begins where the tables do.
    let reminder = terms.office.reminder_at(until, before).ok().filter(|at| *at > from);
    Ok(Deadline { until, next: Some(reminder.unwrap_or(missed_at)), missed_at: Some(missed_at) })
}

/// Returns the end of a wait, 24:00 of its last day, and the opening of office at which a miss is recorded. Beyond the
/// years that can be expressed both are the instant that was stored.
pub(super) fn missed(wait: Deadline, now: Timestamp, terms: Terms<'_>) -> (Timestamp, Timestamp) {
    let last = wait.last_day();
    let end = in_open_desk(last, vietnam::day(now), terms).or_else(|| end_of_day(last).ok()).unwrap_or(wait.until);
    (end, terms.office.missed_at(end).unwrap_or(end))
}

/// Returns the end of a wait whose last day falls into a closing of the desk: 24:00 of the next open day; `None` if the
/// desk is open on it.
fn in_open_desk(last: Date, today: Date, terms: Terms<'_>) -> Option<Timestamp> {
    let moved = terms.notices.wait_ends_on(&terms.office.calendar, last, today);
    (moved != last).then(|| end_of_day(moved).ok()).flatten()
}

fn remind_at(from: Timestamp, terms: Terms<'_>) -> Result<Timestamp, ClockError> {
    let after = terms.procedure.map_or(REMIND_AFTER_WORKING_DAYS, |p: &Procedure| p.remind_after_working_days);
    terms.office.opening_of(terms.office.calendar.add_working_days(vietnam::day(from), after)?)
}

/// Returns the end of the acceptance limit that begins at `from`.
pub(super) fn accept_until(from: Timestamp, terms: Terms<'_>) -> Option<Timestamp> {
    let hours = terms
        .procedure
        .map_or(crate::clock::ACCEPTANCE_WITHIN_OFFICE_HOURS, |procedure| procedure.acceptance_office_hours);
    terms.office.acceptance_until(from, hours).ok()
}

/// Whether a pause that begins now begins after the date that holds.
pub(super) fn overdue(dossier: &Dossier, now: Timestamp, terms: Terms<'_>) -> bool {
    let late_from = terms.procedure.and_then(|procedure| dossier.late_from(&procedure.limit).ok()?);
    late_from.is_some_and(|late_from| late_from <= now)
}

/// Returns the promised date after these pauses: later by the working days whose end fell inside them, and never
/// earlier than the counted one. `None` if nothing was promised or the calendar has a gap.
pub(super) fn moved_promise(
    dossier: &Dossier,
    ended: &[ClosedPause],
    counted: Option<DueDate>,
    terms: Terms<'_>,
) -> Option<DueDate> {
    let promised = dossier.clock.as_ref()?.promised?;
    let calendar = &terms.office.calendar;
    let mut on = promised.on;
    for pause in ended {
        let (mut day, last) = (vietnam::day(pause.since), vietnam::day(pause.until));
        // A pause after the promised day is too late to move it.
        if day > on {
            continue;
        }
        // The end of a day falls inside a pause that ended on a later day.
        while day < last {
            if calendar.is_working_day(day).ok()? {
                on = calendar.next_working_day(on).ok()?;
            }
            day = day.tomorrow().ok()?;
        }
    }
    let moved = DueDate { on, at: terms.office.close_of(on).ok()? };
    Some(counted.filter(|counted| counted.on > on).unwrap_or(moved))
}
