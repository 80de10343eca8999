//! Days that a query asks for: one, or a period of the register or of the book of money received.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::vietnam;
use rules::worklist::Asked;

use crate::pages::layout::Frame;
use ::pages::form::Form;

/// The most days of one period: a leap year.
const MOST_DAYS: i32 = 366;

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// A field of the query that cannot be used, and why, in Vietnamese and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The field.
    pub field: &'static str,
    /// The mistake in it.
    pub why: [&'static str; 2],
}

impl Period {
    /// Reads the fields `from` and `until`. Without them it is this month; one alone is completed to its own month.
    pub(crate) fn of(form: &Form, now: Timestamp) -> Result<Self, Wrong> {
        let (from, until) = (day(form, "from")?, day(form, "until")?);
        let from = from.unwrap_or_else(|| until.unwrap_or(vietnam::day(now)).first_of_month());
        let until = until.unwrap_or_else(|| from.last_of_month());
        let wrong = |field, why| Err(Wrong { field, why });
        if from > until {
            return wrong("from", ["Ngày đầu không được sau ngày cuối.", "The first day is after the last one."]);
        }
        if from.checked_add(MOST_DAYS.days()).is_ok_and(|limit| limit <= until) {
            return wrong("from", ["Kỳ dài nhất của sổ là 366 ngày.", "A period is 366 days at most."]);
        }
        Ok(Self { from, until })
    }

    /// The query that asks for the same days.
    pub(crate) fn query(&self) -> String {
        format!("from={}&until={}", self.from, self.until)
    }

    /// The query for the first page of dossiers received then.
    pub(crate) fn asked(&self) -> Asked {
        Asked::received(self.from, self.until)
    }

    /// The period in words.
    pub(crate) fn told(&self, frame: &Frame) -> String {
        let (from, until) = (vietnam::written(self.from), vietnam::written(self.until));
        if frame.lang == rules::language::Language::En {
            let (from, until) = (vietnam::written_english(self.from), vietnam::written_english(self.until));
            return format!("Received from {from} to {until}");
        }
        format!("Hồ sơ nhận từ ngày {from} đến ngày {until}")
    }
}

/// A day as browsers send it, or as people write it. Before 2000 and after 9998 there are no dossiers.
pub(crate) fn day(form: &Form, field: &'static str) -> Result<Option<Date>, Wrong> {
    let Some(text) = form.get(field) else { return Ok(None) };
    let written = |text: &str| {
        let (day, rest) = text.split_once('/')?;
        let (month, year) = rest.split_once('/')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let day = if text.len() == 10 { text.parse().ok().or_else(|| written(text)) } else { written(text) };
    let day = day.filter(|day: &Date| (2000..=9998).contains(&day.year()));
    let why = ["Ngày không đúng, hãy ghi như 30/04/2020.", "This is no day; write it like 30/04/2020."];
    day.map(Some).ok_or(Wrong { field, why })
}
