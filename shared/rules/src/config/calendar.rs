//! Tables of days off that an office adds to the official ones, or puts in their place.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::entry::{Entry, Problem};
use crate::clock::{Calendar, CalendarError};

/// Reads the tables in a list named `years`, whose entry is `place`.
pub(super) fn years(tables: &[&Map<String, Value>], place: &str, problems: &mut Vec<Problem>) -> Calendar {
    let mut calendar = Calendar::default();
    for (index, table) in tables.iter().enumerate() {
        let mut entry = Entry::new(format!("{place}years[{index}]"), table);
        let year = year(&mut entry);
        let notice = entry.text("notice").unwrap_or_default().to_owned();
        let days_off = dates(&mut entry, "days_off");
        let days_worked = dates(&mut entry, "days_worked").unwrap_or_default();
        if days_off.is_none() {
            entry.problem("days_off", "is missing");
        }
        let days_off = days_off.unwrap_or_default();
        if let Some(year) = year {
            for error in calendar.add(year, notice, &days_off, &days_worked) {
                if let Some(field) = field(&error, &days_off) {
                    entry.problem(field, error.to_string());
                }
            }
        }
        problems.append(&mut entry.finish().0);
    }
    calendar
}

fn year(entry: &mut Entry<'_>) -> Option<i16> {
    let year = entry.value("year").and_then(Value::as_i64).filter(|year| (2000..=2999).contains(year));
    if year.is_none() {
        entry.problem("year", "is not a year such as 2027");
    }
    year.and_then(|year| i16::try_from(year).ok())
}

/// Reads a list of days; each element that is not a day is a problem of its own. `None` if there is no list.
pub(super) fn dates(entry: &mut Entry<'_>, field: &'static str) -> Option<Vec<Date>> {
    let texts = entry.texts(field)?;
    let mut dates = Vec::with_capacity(texts.len());
    for (index, text) in texts.into_iter().enumerate() {
        // Ten characters: a date with an hour after it is something else.
        match text.parse().ok().filter(|_| text.len() == 10) {
            Some(date) => dates.push(date),
            None => entry.problem(format!("{field}[{index}]"), "is not a day such as 2027-01-01"),
        }
    }
    Some(dates)
}

/// Returns the field with the mistake; `None` for a missing notice, which was already reported.
fn field(error: &CalendarError, days_off: &[Date]) -> Option<&'static str> {
    match error {
        CalendarError::NoNotice(_) => None,
        CalendarError::Shape(_) | CalendarError::YearTwice(_) => Some("year"),
        CalendarError::OtherYear { date, .. } if days_off.contains(date) => Some("days_off"),
        CalendarError::DateTwice(date) if days_off.iter().filter(|day| *day == date).count() > 1 => Some("days_off"),
        CalendarError::OtherYear { .. } | CalendarError::DateTwice(_) | CalendarError::WorkedWeekday(_) => {
            Some("days_worked")
        }
    }
}
