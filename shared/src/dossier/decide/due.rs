//! What a dossier's clock says after a change.

use jiff::Timestamp;

use super::super::{ClosedPause, Deadline, Dossier, DueDate};
use super::Terms;
use crate::clock::{Due, Wait, count};
use crate::vietnam;

/// Working days before the end of a wait at which the applicant is reminded.
const REMINDED_BEFORE: u32 = 2;

/// A due date, or the years that have no official holiday table.
pub(super) struct Counted {
    pub due: Option<DueDate>,
    pub gap: Vec<i16>,
}

/// Counts the limit of a clock that started at `starts_at` with these pauses.
pub(super) fn counted(starts_at: Timestamp, pauses: &[ClosedPause], terms: Terms<'_>) -> Counted {
    let none = Counted { due: None, gap: Vec::new() };
    let Some(procedure) = terms.procedure else { return none };
    let stops: Vec<_> = pauses.iter().map(ClosedPause::stop).collect();
    match count(&procedure.limit, starts_at, &stops, terms.office).map(|count| count.due) {
        Ok(Due::On { date, at }) => Counted { due: Some(DueDate { on: date, at }), gap: Vec::new() },
        Ok(Due::Gap { years }) => Counted { due: None, gap: years },
        Ok(Due::Standing { .. }) | Err(_) => none,
    }
}

/// Counts a dossier's clock with one more pause ended. A pause that began after the due date does not move it: the
/// dossier stays late.
pub(super) fn with_pause(dossier: &Dossier, pause: ClosedPause, terms: Terms<'_>) -> Counted {
    let Some((clock, starts_at)) = dossier.clock.as_ref().and_then(|c| Some((c, c.starts_at?))) else {
        return Counted { due: None, gap: Vec::new() };
    };
    let mut pauses = clock.pauses.clone();
    pauses.push(pause);
    counted(starts_at, &pauses, terms)
}

/// The end of a wait that begins now, with the reminder two working days before it; none where none is configured
/// or the calendar has a gap.
pub(super) fn deadline(from: Timestamp, wait: Option<Wait>, terms: Terms<'_>) -> Option<Deadline> {
    let until = terms.office.wait_until(from, wait?).ok()?;
    let reminder = terms.office.reminder_at(until, REMINDED_BEFORE).ok().filter(|at| *at > from);
    Some(Deadline { until, next: Some(reminder.unwrap_or(until)) })
}

/// The end of the acceptance limit that begins now.
pub(super) fn accept_until(from: Timestamp, terms: Terms<'_>) -> Option<Timestamp> {
    let hours = terms.procedure.map_or(8, |procedure| procedure.acceptance_office_hours);
    terms.office.acceptance_until(from, hours).ok()
}

/// The promised date after a pause: later by the working days whose end fell inside it. None where nothing was
/// promised, the pause began after the promised date, or the calendar has a gap.
pub(super) fn moved_promise(dossier: &Dossier, pause: ClosedPause, terms: Terms<'_>) -> Option<DueDate> {
    let promised = dossier.clock.as_ref()?.promised.filter(|promised| pause.since <= promised.at)?;
    let calendar = &terms.office.calendar;
    let last = vietnam::day(pause.until);
    let mut day = vietnam::day(pause.since);
    let mut on = promised.on;
    // The end of a day falls inside when the day began before the pause ended on a later one.
    while day < last {
        if calendar.is_working_day(day).ok()? {
            on = calendar.next_working_day(on.tomorrow().ok()?).ok()?;
        }
        day = day.tomorrow().ok()?;
    }
    Some(DueDate { on, at: terms.office.close_of(on).ok()? })
}
