//! Segments of the clock, one after the other, and the due date of the result.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Limit, Policy, Unit};

/// Office minutes of one working day under the office-hours method, whatever hours the office keeps.
pub(super) const MINUTES_OF_A_WORKING_DAY: u32 = 480;

/// Due date of the result.
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
    /// A pause is open, so no date is due.
    Standing {
        /// Time since which it is open.
        paused_since: Timestamp,
        /// Amount left once the pause ends; the whole allowance if the receipt restarts the clock.
        left: u32,
        /// Unit of `left`.
        unit: Measure,
    },
    /// A year without an official table is needed.
    Gap {
        /// The years that are needed at the least.
        years: Vec<i16>,
    },
}

/// Unit of counted and remaining time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Working days.
    WorkingDays,
    /// Calendar days; a limit in months is counted in them once its end is known.
    CalendarDays,
    /// Months: only what is left during an open pause that will restart the clock.
    Months,
    /// Hours during which the office is open.
    WorkingHours,
    /// Minutes during which the office is open: the unit of office hours if not every part is whole in the limit's own
    /// unit.
    WorkingMinutes,
}

/// State of the clock during a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// It ran, and its count is kept.
    Running,
    /// It was stopped.
    Paused,
    /// It ran, and a restart annulled its count.
    Annulled,
}

/// A stretch of the clock; each begins where the one before it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end; `None` while a pause is open or if a gap ends the count. The last one ends when the result is due, or
    /// at 24:00 of that day if the clock resumed only after close of office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// State of the clock.
    pub kind: SegmentKind,
    /// Amount that it counted, in [`Count::counted_in`](super::Count::counted_in); 0 for a pause.
    pub counted: u32,
    /// For a pause, the effect of the receipt that ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// Returns the unit in which the segments of this limit are counted.
pub(super) fn measure(limit: &Limit) -> Measure {
    match limit.allowance.unit {
        _ if limit.by_office_hours() => Measure::WorkingMinutes,
        Unit::WorkingDays | Unit::WorkingHours => Measure::WorkingDays,
        Unit::CalendarDays | Unit::Months => Measure::CalendarDays,
    }
}
