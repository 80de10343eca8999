//! The count itself.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::meter::Clock;
use super::segment::{MINUTES_OF_A_WORKING_DAY, measure};
use super::stops::merged;
use super::{Allowance, ClockError, Counting, Due, Limit, Measure, Office, Segment, Stop, Unit, local};

/// The answer of [`count`], with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Due date of the result.
    pub due: Due,
    /// Segments of the clock, in order. The counted parts of the running ones add up to the allowance of a finished
    /// count.
    pub segments: Vec<Segment>,
    /// Unit in which the segments count.
    pub counted_in: Measure,
    /// Time that was allowed.
    pub allowance: Allowance,
    /// Whether office hours were counted rather than whole days.
    pub by_office_hours: bool,
    /// Time at which the clock started.
    pub starts_at: Timestamp,
    /// The day that the starting event belongs to; the Civil Code does not count it.
    pub starts_on: Date,
    /// Indexes, in the list as given and from 0, of stops that begin after the limit has run out. They move nothing.
    pub stops_after_end: Vec<usize>,
}

/// Counts `limit` from `starts_at`, with the clock stopped during `stops`, which come in any order and may overlap.
///
/// A day during which the clock stops and goes on again counts; so does the day on which a receipt ends a pause. A
/// missing table of days off is an answer ([`Due::Gap`]), not an error.
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
    /// Converts office minutes to the limit's own unit if every part is whole in it.
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
