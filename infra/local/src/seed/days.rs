//! The four months that the office lives through.

use fastrand::Rng;
use jiff::civil::{Date, Time, date, time};
use jiff::{SignedDuration, Timestamp};
use rules::clock::{ClockError, Office, instant};

/// The first day.
pub(super) const FIRST: Date = date(2020, 1, 2);
/// Day on which the office was asked to keep visitors away (Công văn 2964/UBND-KSTT).
pub(super) const ISOLATION: Date = date(2020, 4, 1);
/// Last working day before 30 April, a day off; there the clock stops.
pub(super) const LAST: Date = date(2020, 4, 29);
/// Time at which it stops.
pub(super) const END: Time = time(16, 0, 0, 0);
/// Times at which sweeps find something on most days: after opening, before noon, after noon, after closing.
const SWEEPS: [Time; 4] = [time(7, 35, 0, 0), time(10, 5, 0, 0), time(14, 5, 0, 0), time(17, 5, 0, 0)];

/// Returns when the office's days end.
pub(super) fn end() -> Timestamp {
    at(LAST, END)
}

/// Returns the instant of a day and a time on the wall clock.
pub(super) fn at(day: Date, time: Time) -> Timestamp {
    instant(day, time).expect("2020 is within the years that can be expressed")
}

/// Returns the working days, in order.
pub(super) fn worked(office: &Office) -> Result<Vec<Date>, ClockError> {
    let (mut day, mut days) = (office.calendar.working_day_from(FIRST)?, Vec::new());
    while day <= LAST {
        days.push(day);
        day = office.calendar.next_working_day(day)?;
    }
    Ok(days)
}

/// Returns when the sweep and the reconciliation run: every five minutes would mostly find nothing.
pub(super) fn sweeps(worked: &[Date]) -> Vec<Timestamp> {
    let all = worked.iter().flat_map(|day| SWEEPS.map(|time| at(*day, time)));
    all.filter(|at| *at < end()).chain([end()]).collect()
}

/// Draws an instant of that day: at the desk while the office is open, online until late. On the last day it is before
/// the clock stops.
pub(super) fn within(day: Date, online: bool, rng: &mut Rng) -> Timestamp {
    let (from, to) = match (online, rng.bool()) {
        (true, true) => (7 * 60, 22 * 60),
        (true, false) | (false, true) => (7 * 60 + 40, 11 * 60),
        (false, false) => (13 * 60 + 5, 16 * 60 + 20),
    };
    let to = if day == LAST { to.min(i64::from(END.hour()) * 60) } else { to };
    at(day, Time::midnight()) + SignedDuration::from_secs(rng.i64(from * 60..to * 60))
}

/// Returns the instant so many office minutes later, or so many plain minutes if the calendar ends.
pub(super) fn later(office: &Office, from: Timestamp, minutes: u32) -> Timestamp {
    let plainly = || from + SignedDuration::from_mins(i64::from(minutes));
    office.office_minutes_after(from, minutes.max(1)).unwrap_or_else(|_| plainly())
}
