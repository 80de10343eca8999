//! What a dossier's clock says after a change.

use jiff::Timestamp;

use super::super::{ClosedPause, Deadline, Dossier, DueDate};
use super::Terms;
use crate::clock::{Due, REMIND_WORKING_DAYS_BEFORE, Stop, Wait, count, end_of_day};
use crate::vietnam;

/// Working days after which the applicant is reminded, once, of a thing that has no wait. No source gives a number.
const REMIND_WITHOUT_WAIT_WORKING_DAYS: u32 = 10;

/// A due date, or the years that have no official holiday table.
pub(super) struct Counted {
    pub due: Option<DueDate>,
    pub gap: Vec<i16>,
}

/// Counts the limit of a clock that started at `starts_at` with these stops; no date while one of them stands.
pub(super) fn counted(starts_at: Timestamp, stops: &[Stop], terms: Terms<'_>) -> Counted {
    let none = Counted { due: None, gap: Vec::new() };
    let Some(procedure) = terms.procedure else { return none };
    match count(&procedure.limit, starts_at, stops, terms.office).map(|count| count.due) {
        Ok(Due::On { date, at }) => Counted { due: Some(DueDate { on: date, at }), gap: Vec::new() },
        Ok(Due::Gap { years }) => Counted { due: None, gap: years },
        Ok(Due::Standing { .. }) | Err(_) => none,
    }
}

/// Counts a dossier's clock with these pauses ended as well. One that began after the due date does not move it: the
/// dossier stays late.
pub(super) fn with_pauses(dossier: &Dossier, ended: &[ClosedPause], terms: Terms<'_>) -> Counted {
    let Some((clock, starts_at)) = dossier.clock.as_ref().and_then(|c| Some((c, c.starts_at?))) else {
        return Counted { due: None, gap: Vec::new() };
    };
    let stops: Vec<_> = clock.pauses.iter().chain(ended).map(ClosedPause::stop).collect();
    counted(starts_at, &stops, terms)
}

/// The end of a wait that begins at `from`, with the reminder two working days before it; none where none is
/// configured or the calendar has a gap.
pub(super) fn deadline(from: Timestamp, wait: Option<Wait>, terms: Terms<'_>) -> Option<Deadline> {
    let until = terms.office.wait_until(from, wait?).ok()?;
    // Asked after the close of office, a wait of no days still lasts until the day ends.
    let until = if until > from { until } else { end_of_day(vietnam::day(from)).ok()? };
    let reminder = terms.office.reminder_at(until, REMIND_WORKING_DAYS_BEFORE).ok().filter(|at| *at > from);
    Some(Deadline { until, next: Some(reminder.unwrap_or(until)) })
}

/// When the applicant is reminded of a thing without a wait: opening of office.
pub(super) fn remind_at(from: Timestamp, wait: Option<Wait>, terms: Terms<'_>) -> Option<Timestamp> {
    if wait.is_some() {
        return None;
    }
    let calendar = &terms.office.calendar;
    let day = calendar.add_working_days(vietnam::day(from), REMIND_WITHOUT_WAIT_WORKING_DAYS).ok()?;
    terms.office.opening_of(day).ok()
}

/// The end of the acceptance limit that begins at `from`.
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

/// The promised date after these pauses: later by the working days whose end fell inside them, and never earlier
/// than the counted one. None where nothing was promised or the calendar has a gap.
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
        // The end of a day falls inside when the day began before the pause ended on a later one.
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
