//! The count itself.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::meter::Clock;
use super::stops::merged;
use super::{Allowance, ClockError, Counting, Limit, Office, Policy, Stop, Unit, local};

/// Office minutes of one working day under the office-hours method, whatever hours the office keeps.
pub(super) const MINUTES_OF_A_WORKING_DAY: u32 = 480;

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
    let mut clock = Clock::new(limit, office, starts_at);
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

pub(super) fn measure(limit: &Limit) -> Measure {
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
