//! Identity of the tables of days off and of the office hours, and their content as kept for later.
//!
//! A table may change after dates were counted by it: two of seven years did. Each dossier therefore names the tables
//! and hours that its dates were counted by. The name of a table is a hash of its days, the name of hours a hash of
//! Monday to Friday: a notice that is worded anew, or a desk that opens on Saturday, moves no date.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Office};

/// The hours and tables that dates were counted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedBy {
    /// Name of the hours.
    pub hours: String,
    /// Name of the table of each year that the dates lie in. A year without a table is left out.
    pub years: BTreeMap<i16, String>,
}

/// A table of a year as kept, so that what was counted by it can be explained later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptYear {
    /// The text it rests on.
    pub notice: String,
    /// Weekdays off.
    pub days_off: BTreeSet<Date>,
    /// Weekend days worked in exchange.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub days_worked: BTreeSet<Date>,
}

impl Office {
    /// Names the hours, and the tables of these years.
    #[must_use]
    pub fn identity(&self, years: RangeInclusive<i16>) -> CountedBy {
        let named = years.filter_map(|year| Some((year, self.calendar.name(year)?.to_owned())));
        CountedBy { hours: self.hours.name().to_owned(), years: named.collect() }
    }

    /// Names the hours and all tables.
    #[must_use]
    pub fn whole_identity(&self) -> CountedBy {
        let named = self.calendar.years().filter_map(|year| Some((year, self.calendar.name(year)?.to_owned())));
        CountedBy { hours: self.hours.name().to_owned(), years: named.collect() }
    }

    /// Whether dates counted by these tables and hours would be counted alike by this office.
    #[must_use]
    pub fn counts_as(&self, by: &CountedBy) -> bool {
        self.hours.name() == by.hours && self.changed_years(by).is_empty()
    }

    /// Returns the years whose table is another one here; a year that has none here is among them.
    #[must_use]
    pub fn changed_years(&self, by: &CountedBy) -> Vec<i16> {
        let same = |year: i16, name: &String| self.calendar.name(year) == Some(name.as_str());
        by.years.iter().filter(|(year, name)| !same(**year, name)).map(|(year, _)| *year).collect()
    }
}

impl Calendar {
    /// Returns the table of a year, to be kept.
    #[must_use]
    pub fn kept(&self, year: i16) -> Option<KeptYear> {
        let notice = self.notice(year)?.to_owned();
        Some(KeptYear {
            notice,
            days_off: self.days_off(year).collect(),
            days_worked: self.days_worked(year).collect(),
        })
    }

    /// Returns these tables with that one in the place of the year's own. A table that is no table of that year changes
    /// nothing.
    #[must_use]
    pub fn with_kept(self, year: i16, table: &KeptYear) -> Self {
        let mut other = Self::default();
        let (off, worked): (Vec<_>, Vec<_>) =
            (table.days_off.iter().copied().collect(), table.days_worked.iter().copied().collect());
        other.add(year, table.notice.clone(), &off, &worked);
        self.with(other)
    }
}
