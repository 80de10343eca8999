//! The office: its calendar and its hours, and the instants that follow from them.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::vietnam::{day_after, days_after};
use super::{Calendar, ClockError, OfficeHours, Wait, WaitUnit, end_of_day, instant, last_day, local};

/// Office hours within which a submitted dossier is accepted or answered. Commonly cited (Decree 45/2020/NĐ-CP);
/// its text was not found, so this is only the default of a setting.
pub const ACCEPTANCE_WITHIN_OFFICE_HOURS: u32 = 8;

/// Working days after a step is entered during which its originals may still come. Default of a setting.
pub const GRACE_WORKING_DAYS: u32 = 2;

/// Working days before a wait ends on which the citizen is reminded. Default of a setting.
pub const REMIND_WORKING_DAYS_BEFORE: u32 = 2;

/// Calendar and hours of the office that handles a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Days that are worked.
    pub calendar: Calendar,
    /// Hours of such a day.
    pub hours: OfficeHours,
}

impl Office {
    /// Returns the official tables and the default hours.
    pub fn official() -> Self {
        Self { calendar: Calendar::official(), hours: OfficeHours::default() }
    }

    /// Returns the opening of office on `date`; an error for a day off.
    pub fn opening_of(&self, date: Date) -> Result<Timestamp, ClockError> {
        self.worked(date).and_then(|date| instant(date, self.hours.opening(date)))
    }

    /// Returns the next opening of office after the day of `now`; beyond the tables, the one on the day after it.
    pub fn next_opening(&self, now: Timestamp) -> Result<Timestamp, ClockError> {
        let today = local(now).date();
        match self.calendar.next_working_day(today) {
            Ok(day) => self.opening_of(day),
            Err(_) => day_after(today).and_then(|day| instant(day, self.hours.opening(day))),
        }
    }

    /// Returns the close of office on `date`; an error for a day off.
    pub fn close_of(&self, date: Date) -> Result<Timestamp, ClockError> {
        self.worked(date).and_then(|date| instant(date, self.hours.close(date)))
    }

    /// Returns the earliest instant at which the office has been open for `minutes` since `from`.
    pub fn office_minutes_after(&self, from: Timestamp, minutes: u32) -> Result<Timestamp, ClockError> {
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        // Without an end the minutes run until none is left, or the calendar ends in a gap.
        self.spend(from, None, &mut left)?.ok_or(ClockError::OutOfRange)
    }

    /// Returns the time until which a dossier submitted at `submitted_at` is to be accepted or answered.
    pub fn acceptance_until(&self, submitted_at: Timestamp, office_hours: u32) -> Result<Timestamp, ClockError> {
        self.office_minutes_after(submitted_at, office_hours.saturating_mul(60))
    }

    /// Counts the working days left after the day of `now`, up to and including `due_on`: 0 on the due date, negative
    /// after it.
    pub fn working_days_left(&self, now: Timestamp, due_on: Date) -> Result<i32, ClockError> {
        self.calendar.working_days_between(local(now).date(), due_on)
    }

    /// Returns the opening of office on the `n`th working day before `date`.
    pub fn opening_n_working_days_before(&self, date: Date, n: u32) -> Result<Timestamp, ClockError> {
        self.opening_of(self.calendar.subtract_working_days(date, n)?)
    }

    /// Returns the end of a wait that begins at `from`: 24:00 of its last day, when the office may be closed (Civil Code
    /// art. 148(6)). The first day is not counted. A wait in calendar days that ends on a day off ends on the next
    /// working day.
    pub fn wait_until(&self, from: Timestamp, wait: Wait) -> Result<Timestamp, ClockError> {
        let first = local(from).date();
        let last = match wait.unit {
            WaitUnit::WorkingDays => self.calendar.add_working_days(first, wait.n)?,
            WaitUnit::CalendarDays => self.calendar.working_day_from(days_after(first, wait.n)?)?,
        };
        end_of_day(last)
    }

    /// Returns the instant at which it is noticed that a wait was missed: the next opening of office after its last day.
    pub fn missed_at(&self, wait_until: Timestamp) -> Result<Timestamp, ClockError> {
        self.next_opening(instant(last_day(wait_until), Time::midnight())?)
    }

    /// Returns the reminder that a wait ends: opening of office `working_days` before its last day.
    pub fn reminder_at(&self, wait_until: Timestamp, working_days: u32) -> Result<Timestamp, ClockError> {
        self.opening_n_working_days_before(last_day(wait_until), working_days)
    }

    /// Returns the end of grace for a step's originals: close of office `working_days` after the day the step was
    /// entered, or at once for 0.
    pub fn grace_until(&self, entered_at: Timestamp, working_days: u32) -> Result<Timestamp, ClockError> {
        if working_days == 0 {
            return Ok(entered_at);
        }
        self.close_of(self.calendar.add_working_days(local(entered_at).date(), working_days)?)
    }

    /// Returns the day that a starting event belongs to, and the instant from which office hours run for it. An event
    /// after `cutoff`, or (with `next_working_day`) after the close of office or on a day off, belongs to the next
    /// working day. An event at the very instant is still in time.
    pub(super) fn event_day(
        &self,
        at: Timestamp,
        next_working_day: bool,
        cutoff: Option<Time>,
    ) -> Result<(Date, Timestamp), ClockError> {
        let (date, time) = (local(at).date(), local(at).time());
        if !next_working_day && cutoff.is_none() {
            return Ok((date, at));
        }
        let in_time = self.calendar.is_working_day(date)?
            && cutoff.is_none_or(|cutoff| time <= cutoff)
            && !(next_working_day && time > self.hours.close(date));
        if in_time {
            return Ok((date, at));
        }
        let date = self.calendar.next_working_day(date)?;
        Ok((date, self.opening_of(date)?))
    }

    fn worked(&self, date: Date) -> Result<Date, ClockError> {
        if self.calendar.is_working_day(date)? { Ok(date) } else { Err(ClockError::DayOff { date }) }
    }
}
