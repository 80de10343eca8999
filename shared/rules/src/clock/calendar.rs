//! The official days off and worked Saturdays, as data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use thiserror::Error;

use super::name::short;
use super::vietnam::{day_after, day_before, days_after};
use super::{ClockError, Gap};

/// The tables known when this was built; checked by a test, so that reading them cannot fail.
static OFFICIAL: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::from_toml(include_str!("holidays.toml")).expect("the built-in tables are read by a test of this module")
});

/// Days that the civil service works. A year without a table is a [`Gap`], never a guess.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    years: BTreeMap<i16, Year>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    notice: String,
    days_off: BTreeSet<Date>,
    days_worked: BTreeSet<Date>,
    /// A hash of its days, made once: each commit compares it.
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    years: Vec<YearInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearInFile {
    year: i16,
    notice: String,
    days_off: Vec<Date>,
    #[serde(default)]
    days_worked: Vec<Date>,
}

/// Reason why a table of days off was not accepted.
#[derive(Debug, Error)]
pub enum CalendarError {
    /// Not the shape of a calendar file.
    #[error("not a calendar: {0}")]
    Shape(#[from] toml::de::Error),
    /// Two tables for one year.
    #[error("{0} has two tables")]
    YearTwice(i16),
    /// A table without the notice it rests on.
    #[error("the table of {0} names no notice")]
    NoNotice(i16),
    /// A date in the table of another year.
    #[error("{date} stands in the table of {year}")]
    OtherYear {
        /// The year of the table.
        year: i16,
        /// The date in it.
        date: Date,
    },
    /// A date listed twice, or both as off and as worked.
    #[error("{0} is listed twice")]
    DateTwice(Date),
    /// Only a Saturday or a Sunday can be worked in exchange.
    #[error("{0} is not a weekend day, so it cannot be worked in exchange")]
    WorkedWeekday(Date),
}

impl Calendar {
    /// Returns the official tables of 2020 to 2026.
    pub fn official() -> Self {
        OFFICIAL.clone()
    }

    /// Reads tables from TOML: `[[years]]` with `year`, `notice` (the text it rests on), `days_off` and, if there are
    /// any, `days_worked`, both lists of dates such as `"2024-05-04"`.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let file: File = toml::from_str(text)?;
        let mut calendar = Self::default();
        for YearInFile { year, notice, days_off, days_worked } in file.years {
            if let Some(error) = calendar.add(year, notice, &days_off, &days_worked).into_iter().next() {
                return Err(error);
            }
        }
        Ok(calendar)
    }

    /// Adds the table of a year: the text it rests on, weekdays off, weekend days worked in exchange. Returns
    /// everything that is wrong with it; the table is added only if nothing is.
    pub fn add(&mut self, year: i16, notice: String, days_off: &[Date], days_worked: &[Date]) -> Vec<CalendarError> {
        let mut errors = Vec::new();
        if self.years.contains_key(&year) {
            errors.push(CalendarError::YearTwice(year));
        }
        if notice.trim().is_empty() {
            errors.push(CalendarError::NoNotice(year));
        }
        let mut seen = BTreeSet::new();
        for &date in days_off.iter().chain(days_worked) {
            if date.year() != year {
                errors.push(CalendarError::OtherYear { year, date });
            } else if !seen.insert(date) {
                errors.push(CalendarError::DateTwice(date));
            }
        }
        let weekday = |date: &&Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        errors.extend(days_worked.iter().filter(weekday).map(|date| CalendarError::WorkedWeekday(*date)));
        if errors.is_empty() {
            let set = |days: &[Date]| days.iter().copied().collect::<BTreeSet<_>>();
            let (days_off, days_worked) = (set(days_off), set(days_worked));
            let name = table_name(&days_off, &days_worked);
            self.years.insert(year, Year { notice, days_off, days_worked, name });
        }
        errors
    }

    /// Returns these tables and those of `other`, which replace this calendar's for the same year. An office adds in
    /// this way a year whose notice came out after this was built.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.years.extend(other.years);
        self
    }

    /// Returns the years that have a table, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// Returns the weekdays off in the table of `year`, ascending; none if it has no table.
    pub fn days_off(&self, year: i16) -> impl Iterator<Item = Date> + '_ {
        self.years.get(&year).into_iter().flat_map(|table| table.days_off.iter().copied())
    }

    /// Returns the weekend days worked in exchange in the table of `year`, ascending.
    pub fn days_worked(&self, year: i16) -> impl Iterator<Item = Date> + '_ {
        self.years.get(&year).into_iter().flat_map(|table| table.days_worked.iter().copied())
    }

    /// Returns the name of the table of `year`: a hash of its days.
    pub fn name(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|table| table.name.as_str())
    }

    /// Returns the notice that the table of `year` rests on.
    pub fn notice(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|table| table.notice.as_str())
    }

    /// Whether `date` is worked: Monday to Friday unless it is a day off, Saturday only in exchange.
    pub fn is_working_day(&self, date: Date) -> Result<bool, Gap> {
        let table = self.years.get(&date.year()).ok_or_else(|| Gap::of(date.year()))?;
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(if weekend { table.days_worked.contains(&date) } else { !table.days_off.contains(&date) })
    }

    /// Returns `date` itself if it is worked, otherwise the next working day (Civil Code art. 148(5)).
    pub fn working_day_from(&self, date: Date) -> Result<Date, ClockError> {
        let mut day = date;
        while !self.is_working_day(day)? {
            day = day_after(day)?;
        }
        Ok(day)
    }

    /// Returns the first working day after `date`.
    pub fn next_working_day(&self, date: Date) -> Result<Date, ClockError> {
        self.working_day_from(day_after(date)?)
    }

    /// Returns the last working day before `date`.
    pub fn previous_working_day(&self, date: Date) -> Result<Date, ClockError> {
        let mut day = day_before(date)?;
        while !self.is_working_day(day)? {
            day = day_before(day)?;
        }
        Ok(day)
    }

    /// Returns the `n`th working day after `date`, which is not counted; for 0, the first working day from `date` on.
    pub fn add_working_days(&self, date: Date, n: u32) -> Result<Date, ClockError> {
        if n == 0 {
            return self.working_day_from(date);
        }
        (0..n).try_fold(date, |day, _| self.next_working_day(day))
    }

    /// Returns the `n`th working day before `date`, which is not counted; for 0, `date` itself.
    pub fn subtract_working_days(&self, date: Date, n: u32) -> Result<Date, ClockError> {
        (0..n).try_fold(date, |day, _| self.previous_working_day(day))
    }

    /// Counts the working days after `from`, up to and including `to`; negative if `to` is the earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i32, ClockError> {
        let (mut day, last) = if from <= to { (from, to) } else { (to, from) };
        let mut days = 0;
        while day < last {
            day = day_after(day)?;
            days += i32::from(self.is_working_day(day)?);
        }
        Ok(if from <= to { days } else { -days })
    }

    /// Returns the years without a table that `working_days` working days from `first` reach at the least, five a week.
    pub(super) fn gap(&self, first: Date, working_days: u32) -> Gap {
        let more = working_days.saturating_sub(1);
        let last = days_after(first, (more / 5).saturating_mul(7) + more % 5).unwrap_or(Date::MAX);
        let years = (first.year()..=last.year()).filter(|year| !self.years.contains_key(year));
        Gap { years: years.collect() }
    }
}

/// Returns the name of a table: a hash of its days.
fn table_name(days_off: &BTreeSet<Date>, days_worked: &BTreeSet<Date>) -> String {
    let days = |days: &BTreeSet<Date>| days.iter().map(Date::to_string).collect::<Vec<_>>().join(" ");
    short(&format!("off {}\nworked {}", days(days_off), days(days_worked)))
}
