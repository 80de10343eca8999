//! The count itself.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::stops::merged;
use super::vietnam::day_after;
use super::{AfterHours, Allowance, ClockError, Counting, Gap, Limit, Office, Policy, Stop, Unit, end_of_day, local};

/// Office minutes of one working day under the office-hours method, whatever hours the office keeps.
const MINUTES_OF_A_WORKING_DAY: u32 = 480;

/// When the result is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Due {
    /// On a working day.
    On {
        /// The due date ("ngày hẹn trả").
        date: Date,
        /// Close of office on that day; under office hours the exact instant.
        at: Timestamp,
    },
    /// A pause stands, so that no date is due.
    Standing {
        /// Since when.
        paused_since: Timestamp,
        /// How much is left once the pause ends; the whole allowance where the receipt restarts the clock.
        left: u32,
        /// What `left` is counted in.
        unit: Measure,
    },
    /// A year without an official table is needed.
    Gap {
        /// The years at least needed.
        years: Vec<i16>,
    },
}

/// What counted and remaining time is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Working days.
    WorkingDays,
    /// Calendar days; a limit in months is counted in them once its end is known.
    CalendarDays,
    /// Months: only what is left while a pause that will restart the clock stands.
    Months,
    /// Hours during which the office is open.
    WorkingHours,
    /// Minutes during which the office is open: what office hours are told in when not every part is whole in the
    /// limit's own unit.
    WorkingMinutes,
}

/// What the clock did during a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// It ran, and what it counted stands.
    Running,
    /// It stood still.
    Paused,
    /// It ran, and a restart annulled what it counted.
    Annulled,
}

/// A stretch of the clock; each begins where the one before it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end; none while a pause stands or a gap ends the count. The last one ends when the result is due, or at
    /// 24:00 of that day if the clock resumed only after close of office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// What the clock did.
    pub kind: SegmentKind,
    /// How much it counted, in [`Count::counted_in`]; 0 for a pause.
    pub counted: u32,
    /// For a pause, what the receipt that ends it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// The answer of [`count`], with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// When the result is due.
    pub due: Due,
    /// What the clock did, in order. The counted parts of the running ones add up to the allowance of a finished
    /// count.
    pub segments: Vec<Segment>,
    /// What the segments count in.
    pub counted_in: Measure,
    /// What was allowed.
    pub allowance: Allowance,
    /// Whether office hours were counted rather than whole days.
    pub by_office_hours: bool,
    /// When the clock started.
    pub starts_at: Timestamp,
    /// The day the starting event belongs to, not itself counted by the Civil Code.
    pub starts_on: Date,
    /// The places, in the list as given and from 0, of stops that begin after the limit has run out. They move
    /// nothing.
    pub stops_after_end: Vec<usize>,
}

/// Counts `limit` from `starts_at`, standing still during `stops`, which come in any order and may overlap.
///
/// A day during which the clock stops and goes on again counts; so does the day on which a receipt ends a pause.
/// A missing table of days off is an answer ([`Due::Gap`]), not an error.
pub fn count(limit: &Limit, starts_at: Timestamp, stops: &[Stop], office: &Office) -> Result<Count, ClockError> {
    check(limit)?;
    let pauses = merged(starts_at, stops)?;
    let mut clock = Clock {
        limit,
        office,
        day: local(starts_at).date(),
        runs_from: starts_at,
        meter: Meter::Days(0),
        segments: Vec::new(),
    };
    let mut starts_on = clock.day;
    let outcome = clock.start(starts_at).and_then(|()| {
        starts_on = clock.day;
        clock.run(starts_at, &pauses)
    });
    let due = match outcome {
        Ok(due) => due,
        Err(ClockError::Gap(gap)) => Due::Gap { years: clock.gap(gap).years },
        Err(error) => return Err(error),
    };
    let mut count = Count {
        stops_after_end: after_end(&due, limit, stops),
        due,
        segments: clock.segments,
        counted_in: measure(limit),
        allowance: limit.allowance,
        by_office_hours: limit.by_office_hours(),
        starts_at,
        starts_on,
    };
    count.tell_in_whole_units();
    Ok(count)
}

fn check(limit: &Limit) -> Result<(), ClockError> {
    let Allowance { n, unit } = limit.allowance;
    let most = unit.most();
    if n > most {
        return Err(ClockError::AllowanceTooLarge { n, unit, most });
    }
    match (limit.counting, unit) {
        (Counting::OfficeHours, Unit::CalendarDays | Unit::Months) => Err(ClockError::NotByOfficeHours { unit }),
        (Counting::OfficeHours, Unit::WorkingDays | Unit::WorkingHours) | (Counting::CivilCode, _) => Ok(()),
    }
}

fn measure(limit: &Limit) -> Measure {
    match limit.allowance.unit {
        _ if limit.by_office_hours() => Measure::WorkingMinutes,
        Unit::WorkingDays | Unit::WorkingHours => Measure::WorkingDays,
        Unit::CalendarDays | Unit::Months => Measure::CalendarDays,
    }
}

fn after_end(due: &Due, limit: &Limit, stops: &[Stop]) -> Vec<usize> {
    let Due::On { date, at } = due else {
        return Vec::new();
    };
    let begins_after = |stop: &Stop| {
        if limit.by_office_hours() { stop.from >= *at } else { local(stop.from).date() > *date }
    };
    (0..stops.len()).filter(|&index| begins_after(&stops[index])).collect()
}

impl Count {
    /// Office minutes are told in the limit's own unit where every part is whole in it.
    fn tell_in_whole_units(&mut self) {
        let (size, unit) = match (self.counted_in, self.allowance.unit) {
            (Measure::WorkingMinutes, Unit::WorkingDays) => (MINUTES_OF_A_WORKING_DAY, Measure::WorkingDays),
            (Measure::WorkingMinutes, Unit::WorkingHours) => (60, Measure::WorkingHours),
            _ => return,
        };
        let mut parts: Vec<&mut u32> = self.segments.iter_mut().map(|segment| &mut segment.counted).collect();
        if let Due::Standing { left, .. } = &mut self.due {
            parts.push(left);
        }
        if parts.iter().any(|part| !part.is_multiple_of(size)) {
            return;
        }
        for part in parts {
            *part /= size;
        }
        self.counted_in = unit;
        if let Due::Standing { unit: told, .. } = &mut self.due {
            *told = unit;
        }
    }
}

/// What is left of the allowance.
#[derive(Clone, Copy)]
enum Meter {
    /// Whole days still to be counted.
    Days(u32),
    /// Office time still to be counted.
    Office(SignedDuration),
}

struct Clock<'a> {
    limit: &'a Limit,
    office: &'a Office,
    /// The day of the starting event or of the receipt that restarted the clock; not itself counted.
    day: Date,
    /// From when office time runs.
    runs_from: Timestamp,
    meter: Meter,
    segments: Vec<Segment>,
}

impl Clock<'_> {
    /// Begins a count with the event at `at`.
    fn start(&mut self, at: Timestamp) -> Result<(), ClockError> {
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
    fn run(&mut self, starts_at: Timestamp, pauses: &[Stop]) -> Result<Due, ClockError> {
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
        // Without an end the clock runs until the limit does, or into a gap.
        self.run_until(from, None)?.ok_or(ClockError::OutOfRange)
    }

    /// Runs from `from` until the limit runs out, or `to` comes.
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

    /// A day counts when the clock is running at its end, so the day on which it stops does not and the day on
    /// which it goes on does. The limit ends on a working day at whose end the clock is running.
    fn run_days(&mut self, from: Timestamp, to: Option<Timestamp>, mut left: u32) -> Result<Option<Due>, ClockError> {
        let only_working_days = self.limit.allowance.unit == Unit::WorkingDays;
        let stops_on = to.map(|to| local(to).date());
        let mut day = local(from).date().max(self.day);
        while stops_on.is_none_or(|stops_on| day < stops_on) {
            // The calendar is asked only for days that matter, so that a gap shows only where it is in the way.
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

    /// The years without a table that what is left reaches at the least, from the year in which `gap` was met.
    fn gap(&self, gap: Gap) -> Gap {
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

    /// What is left, in whole days or in office minutes begun.
    fn left(&self) -> u32 {
        match self.meter {
            Meter::Days(left) => left,
            Meter::Office(left) => {
                let minutes = left.as_secs().div_euclid(60) + i64::from(left.as_nanos() % 60_000_000_000 > 0);
                u32::try_from(minutes).expect("an allowance is at most a hundred years of office minutes")
            }
        }
    }

    /// The working days that what is left needs at the least.
    fn working_days_left(&self) -> u32 {
        match self.meter {
            Meter::Days(left) => left,
            Meter::Office(_) => self.left().div_ceil(self.office.hours.longest_day_minutes()),
        }
    }
}

/// How many of the units counted in one unit of the limit has; months aside.
fn base_units(limit: &Limit) -> u32 {
    match limit.allowance.unit {
        Unit::WorkingHours => 60,
        Unit::WorkingDays if limit.by_office_hours() => MINUTES_OF_A_WORKING_DAY,
        Unit::WorkingDays | Unit::CalendarDays | Unit::Months => 1,
    }
}

/// The calendar days from `first` to the same day number `months` later, or to the last day of that month if it has
/// no such number (Civil Code art. 148(3)).
fn days_of_months(first: Date, months: u32) -> Result<u32, ClockError> {
    let last = first.checked_add(i64::from(months).months()).map_err(|_| ClockError::OutOfRange)?;
    u32::try_from(last.duration_since(first).as_hours() / 24).map_err(|_| ClockError::OutOfRange)
}
