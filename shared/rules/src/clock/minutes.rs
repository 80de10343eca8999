//! Counting the time during which the office is open.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::vietnam::day_after;
use super::{ClockError, Office, VIETNAM, local};

impl Office {
    /// Takes the office time between `from` and `to` off `left`; returns the earliest instant at which nothing is left.
    /// If nothing is left to begin with, that is the first instant at which the office is open.
    pub(super) fn spend(
        &self,
        from: Timestamp,
        to: Option<Timestamp>,
        left: &mut SignedDuration,
    ) -> Result<Option<Timestamp>, ClockError> {
        let (from, to) = (local(from), to.map_or(DateTime::MAX, local));
        let mut date = from.date();
        // Compared at 00:00, so that an interval that ends at midnight does not need the day that begins then.
        while date.at(0, 0, 0, 0) < to {
            if self.calendar.is_working_day(date)? {
                for period in self.hours.of_working_day(date) {
                    let begins = date.to_datetime(period.opens()).max(from);
                    let ends = date.to_datetime(period.closes()).min(to);
                    if begins > ends || begins >= to {
                        continue;
                    }
                    let open = ends.duration_since(begins);
                    if open >= *left {
                        let done_at = begins.checked_add(*left).map_err(|_| ClockError::OutOfRange)?;
                        *left = SignedDuration::ZERO;
                        return VIETNAM.to_timestamp(done_at).map(Some).map_err(|_| ClockError::OutOfRange);
                    }
                    *left -= open;
                }
            }
            date = day_after(date)?;
        }
        Ok(None)
    }
}
