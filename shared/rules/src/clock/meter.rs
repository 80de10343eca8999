//! The clock while it counts: what is left, and what it did so far.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::segment::{MINUTES_OF_A_WORKING_DAY, measure};
use super::vietnam::day_after;
use super::{
    AfterHours, Allowance, ClockError, Due, Gap, Limit, Measure, Office, Policy, Segment, SegmentKind, Stop, Unit,
    end_of_day, local,
};

/// Rest of the allowance.
#[derive(Clone, Copy)]
enum Meter {
    /// Whole days still to be counted.
    Days(u32),
    /// Office time still to be counted.
    Office(SignedDuration),
}

/// A clock that runs through the pauses of one count.
pub(super) struct Clock<'a> {
    limit: &'a Limit,
    office: &'a Office,
    /// The day of the starting event or of the receipt that restarted the clock; not itself counted.
    pub day: Date,
    /// Instant from which office time runs.
    runs_from: Timestamp,
    meter: Meter,
    /// Its segments, in order.
    pub segments: Vec<Segment>,
}

impl<'a> Clock<'a> {
    /// Returns a clock that has not been started.
    pub fn new(limit: &'a Limit, office: &'a Office, starts_at: Timestamp) -> Self {
        let day = local(starts_at).date();
        Self { limit, office, day, runs_from: starts_at, meter: Meter::Days(0), segments: Vec::new() }
    }

    /// Begins a count with the event at `at`.
    pub fn start(&mut self, at: Timestamp) -> Result<(), ClockError> {
        let Allowance { n, unit } = self.limit.allowance;
        let next_working_day = self.limit.after_hours == AfterHours::NextWorkingDay;
        (self.day, self.runs_from) = self.office.event_day(at, next_working_day, self.limit.cutoff)?;
        self.meter = match unit {
            Unit::WorkingHours => Meter::Office(SignedDuration::from_hours(i64::from(n))),
            Unit::WorkingDays if self.limit.by_office_hours() => {
                Meter::Office(SignedDuration::from_mins(i64::from(n) * i64::from(MINUTES_OF_A_WORKING_DAY)))
            }
            Unit::WorkingDays | Unit::CalendarDays => Meter::Days(n),
            Unit::Months => Meter::Days(days_of_months(self.day, n)?),
        };
        Ok(())
    }

    /// Runs through the pauses to the end.
    pub fn run(&mut self, starts_at: Timestamp, pauses: &[Stop]) -> Result<Due, ClockError> {
        let mut from = starts_at;
        for pause in pauses {
            if let Some(due) = self.run_until(from, Some(pause.from))? {
                return Ok(due);
            }
            self.segments.push(Segment {
                from: pause.from,
                to: pause.to,
                kind: SegmentKind::Paused,
                counted: 0,
                policy: Some(pause.policy),
            });
            if pause.policy == Policy::Restart {
                self.annul();
            }
            let Some(to) = pause.to else {
                return Ok(self.standing(pause));
            };
            if pause.policy == Policy::Restart {
                self.start(to)?;
            }
            from = to;
        }
        // Without an end the clock runs until the limit runs out, or into a gap.
        self.run_until(from, None)?.ok_or(ClockError::OutOfRange)
    }

    /// Runs from `from` until the limit runs out, or until `to`.
    fn run_until(&mut self, from: Timestamp, to: Option<Timestamp>) -> Result<Option<Due>, ClockError> {
        if to == Some(from) {
            return Ok(None);
        }
        let left_before = self.left();
        let due = match self.meter {
            Meter::Days(left) => self.run_days(from, to, left),
            Meter::Office(left) => self.run_office(from, to, left),
        };
        let ends = match &due {
            Ok(Some(Due::On { date, at })) => Some(if *at >= from { *at } else { end_of_day(*date)? }),
            Ok(_) => to,
            Err(_) => None,
        };
        let counted = left_before - self.left();
        self.segments.push(Segment { from, to: ends, kind: SegmentKind::Running, counted, policy: None });
        due
    }

    /// Runs a limit in days. A day counts if the clock is running at its end, so the day on which it stops does not and
    /// the day on which it goes on does. The limit ends on a working day at whose end the clock is running.
    fn run_days(&mut self, from: Timestamp, to: Option<Timestamp>, mut left: u32) -> Result<Option<Due>, ClockError> {
        let only_working_days = self.limit.allowance.unit == Unit::WorkingDays;
        let stops_on = to.map(|to| local(to).date());
        let mut day = local(from).date().max(self.day);
        while stops_on.is_none_or(|stops_on| day < stops_on) {
            // The calendar is asked only for days that matter, so that a gap shows only if it is in the way.
            let counts = left > 0 && day > self.day;
            if counts && (!only_working_days || self.office.calendar.is_working_day(day)?) {
                left -= 1;
                self.meter = Meter::Days(left);
            }
            if left == 0 && self.office.calendar.is_working_day(day)? {
                return Ok(Some(Due::On { date: day, at: self.office.close_of(day)? }));
            }
            day = day_after(day)?;
        }
        Ok(None)
    }

    fn run_office(
        &mut self,
        from: Timestamp,
        to: Option<Timestamp>,
        mut left: SignedDuration,
    ) -> Result<Option<Due>, ClockError> {
        let done_at = self.office.spend(from.max(self.runs_from), to, &mut left);
        self.meter = Meter::Office(left);
        Ok(done_at?.map(|at| Due::On { date: local(at).date(), at }))
    }

    /// Returns the years without a table that the rest reaches at the least, from the year in which `gap` was met.
    pub fn gap(&self, gap: Gap) -> Gap {
        let first = gap.years.first().and_then(|&year| Date::new(year, 1, 1).ok());
        first.map_or(gap, |first| self.office.calendar.gap(first, self.working_days_left()))
    }

    fn annul(&mut self) {
        for segment in self.segments.iter_mut().filter(|segment| segment.kind == SegmentKind::Running) {
            segment.kind = SegmentKind::Annulled;
        }
    }

    fn standing(&self, pause: &Stop) -> Due {
        let Allowance { n, unit } = self.limit.allowance;
        let (left, unit) = match (pause.policy, measure(self.limit), unit) {
            (Policy::Resume, unit, _) => (self.left(), unit),
            (Policy::Restart, _, Unit::Months) => (n, Measure::Months),
            (Policy::Restart, unit, _) => (n * base_units(self.limit), unit),
        };
        Due::Standing { paused_since: pause.from, left, unit }
    }

    /// Returns what is left, in whole days or in office minutes begun.
    fn left(&self) -> u32 {
        match self.meter {
            Meter::Days(left) => left,
            Meter::Office(left) => {
                let minutes = left.as_secs().div_euclid(60) + i64::from(left.as_nanos() % 60_000_000_000 > 0);
                u32::try_from(minutes).expect("an allowance is at most a hundred years of office minutes")
            }
        }
    }

    /// Returns the working days that the rest needs at the least.
    fn working_days_left(&self) -> u32 {
        match self.meter {
            Meter::Days(left) => left,
            Meter::Office(_) => self.left().div_ceil(self.office.hours.longest_day_minutes()),
        }
    }
}

/// Returns how many of the counted units one unit of the limit has; months aside.
fn base_units(limit: &Limit) -> u32 {
    match limit.allowance.unit {
        Unit::WorkingHours => 60,
        Unit::WorkingDays if limit.by_office_hours() => MINUTES_OF_A_WORKING_DAY,
        Unit::WorkingDays | Unit::CalendarDays | Unit::Months => 1,
    }
}

/// Counts the calendar days from `first` to the same day number `months` later, or to the last day of that month if it
/// has no such number (Civil Code art. 148(3)).
fn days_of_months(first: Date, months: u32) -> Result<u32, ClockError> {
    let last = first.checked_add(i64::from(months).months()).map_err(|_| ClockError::OutOfRange)?;
    u32::try_from(last.duration_since(first).as_hours() / 24).map_err(|_| ClockError::OutOfRange)
}
