//! Limits of procedures, and the pauses, reduced to what counting needs.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{ClockError, Due, end_of_day};

/// The unit in which an allowance is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// "ngày làm việc".
    WorkingDays,
    /// "ngày".
    CalendarDays,
    /// "tháng".
    Months,
    /// "giờ làm việc": 60 minutes during which the office is open.
    WorkingHours,
}

impl Unit {
    /// Returns the most that is counted in this unit: a hundred years. It bounds the work that a bad number can cause.
    pub const fn most(self) -> u32 {
        match self {
            Self::WorkingDays | Self::CalendarDays => 36_500,
            Self::Months => 1_200,
            Self::WorkingHours => 36_500 * 8,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WorkingDays => "working days",
            Self::CalendarDays => "calendar days",
            Self::Months => "months",
            Self::WorkingHours => "working hours",
        })
    }
}

/// Amount of time that is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Allowance {
    /// Number of units; 0 is the day of the starting event itself.
    pub n: u32,
    /// The unit.
    pub unit: Unit,
}

/// Method of measuring time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Whole days by the Civil Code, art. 147–148: the day of the event is not counted, a limit ends at 24:00.
    /// Working hours run from the instant under this method too (art. 147(1)).
    #[default]
    CivilCode,
    /// Office minutes from the instant; one working day is 480 of them.
    OfficeHours,
}

/// The day that a starting event on a day off, or after the close of office, belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterHours {
    /// The calendar day on which it happened.
    #[default]
    SameDay,
    /// The next working day.
    NextWorkingDay,
}

/// The time limit of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Amount of time.
    pub allowance: Allowance,
    /// Method of counting.
    #[serde(default)]
    pub counting: Counting,
    /// Day that an event outside office hours belongs to.
    #[serde(default)]
    pub after_hours: AfterHours,
    /// Time of day after which an event belongs to the next working day, as some procedures say ("sau 15 giờ"). With a
    /// cutoff an event on a day off does too, whatever `after_hours` says. Otherwise somebody who files on Friday at
    /// 16:00 would be served later than somebody who files on Saturday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff: Option<Time>,
}

impl Limit {
    /// Returns `n` `unit` by the Civil Code, events belonging to their calendar day: the rule if nothing else is said.
    pub const fn civil_code(n: u32, unit: Unit) -> Self {
        Self {
            allowance: Allowance { n, unit },
            counting: Counting::CivilCode,
            after_hours: AfterHours::SameDay,
            cutoff: None,
        }
    }

    /// Whether this limit is measured in office minutes rather than in whole days.
    pub fn by_office_hours(&self) -> bool {
        self.counting == Counting::OfficeHours || self.allowance.unit == Unit::WorkingHours
    }

    /// Returns the first instant at which the dossier is late: 00:00 of the day after for a limit in days, the due
    /// instant itself for one in office hours. `None` while there is no due date.
    pub fn late_from(&self, due: &Due) -> Result<Option<Timestamp>, ClockError> {
        match due {
            Due::On { at, .. } if self.by_office_hours() => Ok(Some(*at)),
            Due::On { date, .. } => end_of_day(*date).map(Some),
            Due::Standing { .. } | Due::Gap { .. } => Ok(None),
        }
    }
}

/// Effect on the clock of a receipt that ends a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Time already run is kept; the clock goes on.
    Resume,
    /// Time already run is annulled; a fresh count begins (Decree 61/2018/NĐ-CP art. 19(4) for supplements).
    Restart,
}

/// A pause, reduced to what counting needs. A voided pause is simply left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stop {
    /// Time at which the clock stopped.
    pub from: Timestamp,
    /// Time at which everything awaited was complete; `None` while the pause is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// Effect of the receipt on the clock.
    pub policy: Policy,
}

/// The unit of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitUnit {
    /// "ngày làm việc".
    WorkingDays,
    /// "ngày".
    CalendarDays,
}

/// Time for which something is awaited from a citizen. There is no nationwide number; a procedure that sets none
/// reminds and never closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wait {
    /// Number of units.
    pub n: u32,
    /// The unit.
    pub unit: WaitUnit,
}
