//! Reasons why a count has no answer.

use std::fmt;

use thiserror::Error;

use super::Unit;

/// Years whose official table of days off is needed and not known. Ascending, never empty.
///
/// The government announces the table of a year in the autumn before. Until then a date in that year is unknown, and
/// guessing it would promise a citizen something nobody decided.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Gap {
    /// The missing years.
    pub years: Vec<i16>,
}

impl Gap {
    /// Returns a gap of one missing year.
    pub(super) fn of(year: i16) -> Self {
        Self { years: vec![year] }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let years: Vec<String> = self.years.iter().map(i16::to_string).collect();
        write!(f, "no official table of days off for {}", years.join(", "))
    }
}

/// A count that cannot be made from what was given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClockError {
    /// More time than any procedure allows; a slip of the hand.
    #[error("an allowance of {n} {unit} is above the most that is counted, {most}")]
    AllowanceTooLarge {
        /// The amount asked for.
        n: u32,
        /// Its unit.
        unit: Unit,
        /// The most that is counted in this unit.
        most: u32,
    },
    /// Office hours measure working days and working hours only.
    #[error("{unit} cannot be counted by office hours")]
    NotByOfficeHours {
        /// The unit asked for.
        unit: Unit,
    },
    /// A pause that ends earlier than it begins.
    #[error("pause {index} ends before it begins")]
    StopEndsBeforeItBegins {
        /// Its index in the list as given, from 0.
        index: usize,
    },
    /// A date or an instant beyond the years that can be expressed.
    #[error("the count leaves the years that can be expressed")]
    OutOfRange,
    /// Office hours were asked for on a day the office rests.
    #[error("{date} is a day off")]
    DayOff {
        /// The day asked for.
        date: jiff::civil::Date,
    },
    /// A year without an official table is needed.
    #[error(transparent)]
    Gap(#[from] Gap),
}
