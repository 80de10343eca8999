//! What the clock did, stretch by stretch, and when the result is due.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Limit, Policy, Unit};

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
    /// How much it counted, in [`Count::counted_in`](super::Count::counted_in); 0 for a pause.
    pub counted: u32,
    /// For a pause, what the receipt that ends it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// What the segments of this limit are counted in.
pub(super) fn measure(limit: &Limit) -> Measure {
    match limit.allowance.unit {
        _ if limit.by_office_hours() => Measure::WorkingMinutes,
        Unit::WorkingDays | Unit::WorkingHours => Measure::WorkingDays,
        Unit::CalendarDays | Unit::Months => Measure::CalendarDays,
    }
}
