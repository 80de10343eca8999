//! Days that a query asks for: one, or a period of the register or of the book of money received.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use rules::language::{Both, Language};
use rules::vietnam;
use rules::worklist::Asked;

use crate::pages::layout::Frame;
use ::pages::form::Form;
use ::pages::part::date;
use ::pages::part::errors::{Mistake, Mistakes};
use ::pages::part::field::Field;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The field.
    pub field: &'static str,
    /// The mistake in it.
    pub why: [String; 2],
    /// The mistake in a later field.
    pub next: Option<Box<Self>>,
}

impl Wrong {
    /// A mistake in a field.
    pub(crate) fn new(field: &'static str, [vi, en]: Both) -> Self {
        Self { field, why: [vi.to_owned(), en.to_owned()], next: None }
    }

    /// Tells each field's mistake.
    pub(crate) fn mistakes(&self, lang: Language) -> Mistakes {
        let mut mistakes = Mistakes::default();
        for Self { field, why: [vi, en], .. } in std::iter::successors(Some(self), |wrong| wrong.next.as_deref()) {
            let why = lang.pick([vi, en]).to_owned();
            let name = match *field {
                "from" => ["Từ ngày", "From"],
                "until" | "to" => ["Đến ngày", "To"],
                "as_of" => ["Số liệu đến hết ngày", "As of the end of"],
                _ => ["", ""],
            };
            mistakes.push(Mistake { at: Some((*field).to_owned()), name: lang.pick(name).to_owned(), why });
        }
        mistakes
    }
}

/// Reads several days of a query; the mistakes of all of them if one cannot be read.
pub(crate) fn days<const N: usize>(form: &Form, fields: [&'static str; N]) -> Result<[Option<Date>; N], Wrong> {
    let read = fields.map(|field| day(form, field));
    let mut found = None;
    for wrong in read.iter().rev().filter_map(|day| day.as_ref().err()) {
        found = Some(Wrong { next: found.map(Box::new), ..wrong.clone() });
    }
    found.map_or_else(|| Ok(read.map(|day| day.unwrap_or_default())), Err)
}

impl Period {
    /// Reads the fields `from` and `until`. Without them it is this month; one alone is completed to its own month.
    pub(crate) fn of(form: &Form, now: Timestamp) -> Result<Self, Wrong> {
        let [from, until] = days(form, ["from", "until"])?;
        let from = from.unwrap_or_else(|| until.unwrap_or(vietnam::day(now)).first_of_month());
        let until = until.unwrap_or_else(|| from.last_of_month());
        if from > until {
            let why = ["Ngày đầu không được sau ngày cuối.", "The first day is after the last one."];
            return Err(Wrong::new("from", why));
        }
        let long = || Wrong::new("from", ["Kỳ dài nhất của sổ là 366 ngày.", "A period is 366 days at most."]);
        Self::between(from, until).ok_or_else(long)
    }

    /// The days from one to another; `None` if there are more than a period has.
    pub(crate) fn between(from: Date, until: Date) -> Option<Self> {
        let is_long = from.checked_add(MOST_DAYS.days()).is_ok_and(|limit| limit <= until);
        (from <= until && !is_long).then_some(Self { from, until })
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
        if frame.lang == Language::En {
            let (from, until) = (vietnam::written_english(self.from), vietnam::written_english(self.until));
            return format!("Received from {from} to {until}");
        }
        format!("Hồ sơ nhận từ ngày {from} đến ngày {until}")
    }
}

/// A day of a query, as people or programs write it. Before 2000 and after 9998 there are no dossiers.
fn day(form: &Form, field: &'static str) -> Result<Option<Date>, Wrong> {
    let Some(text) = form.get(field) else { return Ok(None) };
    let day = date::read(text).map_err(|wrong| Wrong { field, why: wrong.told(), next: None })?;
    if !(2000..=9998).contains(&day.year()) {
        let why =
            ["Xem lại năm: không có hồ sơ nào trước năm 2000.", "Look at the year: no dossier is from before 2000."];
        return Err(Wrong::new(field, why));
    }
    Ok(Some(day))
}

/// The fields of a query's days, each with its label, a day that holds without it, and what is wrong with it.
pub(crate) fn day_fields(
    lang: Language,
    asked: &Form,
    days: &[(&'static str, Both, Option<Date>)],
    mistakes: &Mistakes,
) -> Markup {
    html! { @for (name, label, holds) in days {
        @let holds = holds.map(vietnam::written);
        (date::field(&Field::new(lang, name, lang.pick(*label)).wrong(mistakes.why(name)), name, holds.as_deref().or(asked.get(name)), false))
    } }
}
