//! The days that are asked for of a register or of the book of what came in.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::vietnam;
use rules::worklist::Asked;

use crate::pages::form::Form;
use crate::pages::layout::Frame;
use crate::reports::{Wrong, day};

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

    /// The first page of what was received then.
    pub(super) fn asked(&self) -> Asked {
        Asked::received(self.from, self.until)
    }

    /// In words.
    pub(super) fn told(&self, frame: &Frame) -> String {
        let (from, until) = (vietnam::written(self.from), vietnam::written(self.until));
        if frame.lang == rules::message::Language::En {
            let (from, until) = (vietnam::written_english(self.from), vietnam::written_english(self.until));
            return format!("Received from {from} to {until}");
        }
        format!("Hồ sơ nhận từ ngày {from} đến ngày {until}")
    }
}
