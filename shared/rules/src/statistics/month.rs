//! A month of a year, by which totals are kept.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

/// A month, such as 2020-04.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// Returns the month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// Reads `2020-04`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let day: Date = format!("{text}-01").parse().ok()?;
        Some(Self(day)).filter(|month| month.to_string() == text)
    }

    /// Returns its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.0
    }

    /// Returns its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.0.last_of_month()
    }

    /// Returns the year it lies in.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the months from one to another, both included.
    pub fn between(first: Self, last: Self) -> impl Iterator<Item = Self> {
        let next = |month: &Self| month.0.checked_add(1.month()).ok().map(Self);
        std::iter::successors(Some(first), next).take_while(move |month| *month <= last)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}
