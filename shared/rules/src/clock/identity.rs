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

/// The hours and tables that dates were counted by. It is stored as short as it can be, since each dossier has one:
/// `{hours} {year}:{table} …`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "String")]
pub struct CountedBy {
    /// Name of the hours.
    pub hours: String,
    /// Name of the table of each year that the dates lie in. A year without a table is left out.
    pub years: BTreeMap<i16, String>,
}

/// The names as they are read: as they were stored first, or short.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Long { hours: String, years: BTreeMap<String, String> },
    Short(String),
}

impl From<Stored> for CountedBy {
    fn from(stored: Stored) -> Self {
        let of_year = |(year, name): (&str, &str)| Some((year.parse().ok()?, name.to_owned()));
        match stored {
            Stored::Long { hours, years } => {
                let years = years.iter().filter_map(|(year, name)| of_year((year, name)));
                Self { hours, years: years.collect() }
            }
            Stored::Short(short) => {
                let mut names = short.split(' ');
                let hours = names.next().unwrap_or_default().to_owned();
                Self { hours, years: names.filter_map(|name| of_year(name.split_once(':')?)).collect() }
            }
        }
    }
}

impl From<CountedBy> for String {
    fn from(by: CountedBy) -> Self {
        let years = by.years.into_iter().map(|(year, name)| format!(" {year}:{name}"));
        years.fold(by.hours, |short, year| short + &year)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stored_short_and_read_as_they_were_stored_first() {
        let by = Office::official().identity(2026..=2027);
        let short = serde_json::to_string(&by).unwrap();
        assert_eq!(short, format!("\"{} 2026:{}\"", by.hours, by.years[&2026]));
        let long = format!(r#"{{"hours":"{}","years":{{"2026":"{}"}}}}"#, by.hours, by.years[&2026]);
        for stored in [short, long] {
            assert_eq!(serde_json::from_str::<CountedBy>(&stored).unwrap(), by);
        }
        let none = CountedBy { hours: by.hours.clone(), years: BTreeMap::new() };
        let stored = serde_json::to_string(&none).unwrap();
        assert_eq!(serde_json::from_str::<CountedBy>(&stored).unwrap(), none);
    }
}
