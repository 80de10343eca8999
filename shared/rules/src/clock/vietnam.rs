//! Dates and instants in Vietnam, which has one offset and no daylight saving.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Span, Timestamp};

use super::ClockError;

/// The offset of Vietnam, +07:00 all year.
pub const VIETNAM: Offset = Offset::constant(7);

/// Returns the date and time that the wall clock shows in Vietnam at `at`.
pub fn local(at: Timestamp) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// Returns the instant at which Vietnam shows `date` and `time`; an error beyond the years an instant can express.
pub fn instant(date: Date, time: Time) -> Result<Timestamp, ClockError> {
    VIETNAM.to_timestamp(date.to_datetime(time)).map_err(|_| ClockError::OutOfRange)
}

/// Returns the end of `date`, 24:00, which is 00:00 of the next day (Civil Code art. 148(6)): a day limit that ends on
/// `date` is missed from this instant on.
pub fn end_of_day(date: Date) -> Result<Timestamp, ClockError> {
    instant(day_after(date)?, Time::midnight())
}

/// Returns the last day of a limit in days that ends at `end`: the day before it if that is 00:00, which is 24:00 of the
/// day before.
pub fn last_day(end: Timestamp) -> Date {
    local(end.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(end)).date()
}

/// Returns the day after `date`.
pub(super) fn day_after(date: Date) -> Result<Date, ClockError> {
    date.tomorrow().map_err(|_| ClockError::OutOfRange)
}

/// Returns the date `days` after `date`.
pub(super) fn days_after(date: Date, days: u32) -> Result<Date, ClockError> {
    let span = Span::new().try_days(days).map_err(|_| ClockError::OutOfRange)?;
    date.checked_add(span).map_err(|_| ClockError::OutOfRange)
}

/// Returns the day before `date`.
pub(super) fn day_before(date: Date) -> Result<Date, ClockError> {
    date.yesterday().map_err(|_| ClockError::OutOfRange)
}
