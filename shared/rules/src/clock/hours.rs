//! Opening hours of the office, weekday by weekday.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::name::short;

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// An unbroken stretch of office hours within one day; `opens` is earlier than `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    opens: Time,
    closes: Time,
}

impl Period {
    /// Returns the time at which the office opens.
    pub fn opens(self) -> Time {
        self.opens
    }

    /// Returns the time at which it closes.
    pub fn closes(self) -> Time {
        self.closes
    }
}

/// Office hours per weekday. A configuration file has either one text for Monday to Friday,
/// `office_hours = "07:30-11:30, 13:00-17:00"`, or a table of the weekdays that differ from the default,
/// `office_hours = { fri = ["07:30-11:30", "13:00-16:30"], sat = ["07:30-11:30"] }`.
///
/// Monday to Friday must have hours. Hours on `sat` and `sun` say when the desk is open then; they do not make the
/// day a working day, and a Saturday worked in exchange has Friday's hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Shape", into = "Shape")]
pub struct OfficeHours {
    /// From Monday to Sunday; the first five are never empty.
    week: [Vec<Period>; 7],
    /// A hash of Monday to Friday, made once: each commit compares it.
    name: String,
}

/// Reason why office hours were not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HoursError {
    /// Not a weekday's name.
    #[error("office_hours: `{0}` is none of mon, tue, wed, thu, fri, sat, sun")]
    UnknownWeekday(String),
    /// Not a period such as `07:30-11:30`.
    #[error("office_hours.{weekday}: `{text}` is not a period such as 07:30-11:30")]
    NotAPeriod {
        /// The weekday concerned.
        weekday: &'static str,
        /// Text found in its place.
        text: String,
    },
    /// A period that begins before the one before it has ended, or ends before it begins.
    #[error("office_hours.{0}: the periods are not in order")]
    OutOfOrder(&'static str),
    /// A working day needs a close of office.
    #[error("office_hours.{0}: a working day needs hours")]
    NoHours(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "office_hours is a text such as \"07:30-11:30, 13:00-17:00\" or a table of weekdays")]
enum Shape {
    MondayToFriday(String),
    Week(BTreeMap<String, Vec<String>>),
}

impl Default for OfficeHours {
    /// Returns 07:30–11:30 and 13:00–17:00 from Monday to Friday: the hours of running one-stop systems, a setting.
    fn default() -> Self {
        let whole_day = vec![period((7, 30), (11, 30)), period((13, 0), (17, 0))];
        let mut week = [const { Vec::new() }; 7];
        week[..5].fill(whole_day);
        Self { name: hours_name(&week), week }
    }
}

impl OfficeHours {
    /// Reads the same hours for Monday to Friday, from a text such as `07:30-11:30, 13:00-17:00`.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        Shape::MondayToFriday(text.to_owned()).try_into()
    }

    /// Returns their name: a hash of Monday to Friday.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the periods of a working day: Friday's for a Saturday or Sunday worked in exchange. Never empty.
    pub fn of_working_day(&self, date: Date) -> &[Period] {
        &self.week[index(date.weekday()).min(4)]
    }

    /// Returns the periods in which the desk is open on `weekday`, worked or not; empty if it is closed.
    pub fn desk(&self, weekday: Weekday) -> &[Period] {
        &self.week[index(weekday)]
    }

    /// Returns the office minutes of the longest working day; never 0.
    pub(super) fn longest_day_minutes(&self) -> u32 {
        let minutes = |period: &Period| period.opens.duration_until(period.closes).as_mins();
        let longest = self.week[..5].iter().map(|day| day.iter().map(minutes).sum()).max().unwrap_or(0);
        u32::try_from(longest).unwrap_or(0).max(1)
    }

    /// Returns the time at which office opens on a working day.
    pub(super) fn opening(&self, date: Date) -> Time {
        self.of_working_day(date).first().map_or(Time::midnight(), |period| period.opens)
    }

    /// Returns the time at which office closes on a working day.
    pub(super) fn close(&self, date: Date) -> Time {
        self.of_working_day(date).last().map_or(Time::midnight(), |period| period.closes)
    }
}

impl TryFrom<Shape> for OfficeHours {
    type Error = HoursError;

    fn try_from(shape: Shape) -> Result<Self, HoursError> {
        let mut hours = Self::default();
        match shape {
            Shape::MondayToFriday(text) => {
                let periods = periods("mon", text.split(','))?;
                hours.week[..5].fill(periods);
            }
            Shape::Week(days) => {
                for (name, texts) in days {
                    let Some(&(weekday, name)) = WEEK.iter().find(|(_, known)| *known == name) else {
                        return Err(HoursError::UnknownWeekday(name));
                    };
                    hours.week[index(weekday)] = periods(name, texts.iter().map(String::as_str))?;
                }
            }
        }
        match WEEK.iter().zip(&hours.week).take(5).find(|(_, periods)| periods.is_empty()) {
            Some(((_, name), _)) => Err(HoursError::NoHours(name)),
            None => Ok(Self { name: hours_name(&hours.week), ..hours }),
        }
    }
}

impl From<OfficeHours> for Shape {
    fn from(hours: OfficeHours) -> Self {
        let text = |period: &Period| format!("{}-{}", period.opens.strftime("%H:%M"), period.closes.strftime("%H:%M"));
        let days = WEEK.iter().zip(&hours.week);
        Self::Week(days.map(|((_, name), periods)| ((*name).to_owned(), periods.iter().map(text).collect())).collect())
    }
}

fn index(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).expect("a weekday's offset from Monday is 0 to 6")
}

const fn period((h, m): (i8, i8), (to_h, to_m): (i8, i8)) -> Period {
    Period { opens: Time::constant(h, m, 0, 0), closes: Time::constant(to_h, to_m, 0, 0) }
}

fn periods<'a>(weekday: &'static str, texts: impl Iterator<Item = &'a str>) -> Result<Vec<Period>, HoursError> {
    let mut periods: Vec<Period> = Vec::new();
    for text in texts.map(str::trim) {
        let Some((opens, closes)) = text.split_once('-').and_then(|(a, b)| Some((time(a)?, time(b)?))) else {
            return Err(HoursError::NotAPeriod { weekday, text: text.to_owned() });
        };
        if opens >= closes || periods.last().is_some_and(|before| opens < before.closes) {
            return Err(HoursError::OutOfOrder(weekday));
        }
        periods.push(Period { opens, closes });
    }
    Ok(periods)
}

fn time(text: &str) -> Option<Time> {
    Time::strptime("%H:%M", text.trim()).ok()
}

/// Returns the name of hours: a hash of those of Monday to Friday.
fn hours_name(week: &[Vec<Period>]) -> String {
    let text = |period: &Period| format!("{}-{}", period.opens.strftime("%H:%M"), period.closes.strftime("%H:%M"));
    let day = |periods: &Vec<Period>| periods.iter().map(text).collect::<Vec<_>>().join(" ");
    short(&week.iter().take(5).map(day).collect::<Vec<_>>().join("\n"))
}
