//! Query of a report.

use crate::pages::period::{Wrong, days};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::statistics::{Reading, readings};
use rules::vietnam;

use ::pages::form::Form;

/// Most months of one report: each month is a query to the store.
pub(crate) const MOST_MONTHS: i32 = 24;

/// Grouping of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// One row for each procedure.
    Procedure,
    /// One row for each channel.
    Channel,
    /// One row for each month.
    Month,
}

impl By {
    /// Every grouping.
    pub(crate) const ALL: [Self; 3] = [Self::Procedure, Self::Channel, Self::Month];

    /// Its name in an address.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Procedure => "procedure",
            Self::Channel => "channel",
            Self::Month => "month",
        }
    }

    /// Its name in Vietnamese and in English.
    pub(crate) fn told(self) -> [&'static str; 2] {
        match self {
            Self::Procedure => ["Thủ tục", "Procedure"],
            Self::Channel => ["Kênh tiếp nhận", "Channel"],
            Self::Month => ["Tháng", "Month"],
        }
    }
}

/// A period, the day it is judged on, and the way it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Asked {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The day at whose end everything is judged: in the period.
    pub as_of: Date,
    /// Grouping of the rows.
    pub by: By,
    /// Reading of the open points.
    pub reading: Reading,
}

impl Asked {
    /// Reads the query of an address.
    pub(crate) fn of(form: &Form, now: Timestamp) -> Result<Self, Wrong> {
        let today = vietnam::day(now);
        let [from, to, as_of] = days(form, ["from", "to", "as_of"])?;
        let to = to.or(as_of).unwrap_or(today);
        let as_of = as_of.unwrap_or(to);
        let from = from.unwrap_or_else(|| to.first_of_month());
        let wrong = |field, why| Err(Wrong::new(field, why));
        if to > today {
            return wrong("to", ["Ngày cuối không được sau hôm nay.", "The last day is after today."]);
        }
        if from > to {
            return wrong("from", ["Ngày đầu không được sau ngày cuối.", "The first day is after the last one."]);
        }
        if !(from..=to).contains(&as_of) {
            return wrong(
                "as_of",
                ["Ngày chốt số liệu phải nằm trong kỳ báo cáo.", "The day it is judged on is outside the period."],
            );
        }
        if from.checked_add(MOST_MONTHS.months()).is_ok_and(|limit| limit <= to) {
            return wrong("from", ["Kỳ báo cáo dài nhất là 24 tháng.", "A report is about 24 months at most."]);
        }
        let by = form.get("by").map_or(Some(By::Procedure), |name| By::ALL.into_iter().find(|by| by.name() == name));
        let Some(by) = by else {
            return wrong("by", ["Chưa có cách nhóm này.", "There is no such grouping."]);
        };
        let name = form.get("reading").unwrap_or(readings()[0].name);
        let Some(reading) = readings().into_iter().find(|reading| reading.name == name) else {
            return wrong("reading", ["Chưa có cách tính này.", "There is no such reading."]);
        };
        Ok(Self { from, to, as_of, by, reading })
    }

    /// The query that asks the same.
    pub(crate) fn query(&self) -> String {
        let Self { from, to, as_of, by, reading } = self;
        format!("from={from}&to={to}&as_of={as_of}&by={}&reading={}", by.name(), reading.name)
    }
}
