//! One name of one unit, and how long it holds.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::code::Code;
use crate::kind::Kind;

/// The day from which there are 34 provinces and no districts.
pub(crate) const SINCE: Date = jiff::civil::date(2025, 7, 1);

/// A unit under one name. Whatever changes closes the row, and the same code goes on in another.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub code: Code,
    pub kind: Kind,
    /// The name without its kind.
    pub name: Cow<'static, str>,
    /// Earlier full names, as they are written behind a district.
    pub formerly: &'static str,
    /// The province; its own code if it is one.
    pub province: Code,
    pub district: Option<Code>,
    /// First day; `None` before the tables begin.
    pub from: Option<Date>,
    /// First day on which it does not hold any more.
    pub until: Option<Date>,
    /// The resolution by which it began.
    pub by: Cow<'static, str>,
    /// Codes of where it went when it ended, `*` before the one where all of its people went; empty if the same code goes on.
    pub went: Cow<'static, str>,
}

impl Row {
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Returns whether it is one since 01/07/2025.
    pub fn is_since(&self) -> bool {
        self.from.is_some()
    }

    /// Returns its place in the table as one number: its time, its code, which begins with the level, its day.
    pub fn order(&self) -> u64 {
        let day = self.from.map_or(0, |from| {
            let [year, month, day] = [i32::from(from.year()), i32::from(from.month()), i32::from(from.day())];
            u64::try_from((year * 16 + month) * 32 + day).expect("no unit is older than the calendar")
        });
        (u64::from(self.is_since()) << 63) | (u64::from(self.code.order()) << 32) | day
    }

    /// Returns where it went, each with whether all of its people did.
    pub fn went(&self) -> impl Iterator<Item = (Code, bool)> {
        let read = |written: &str| {
            let code = written.strip_prefix('*').unwrap_or(written);
            Some((Code::parse(code).ok()?, code.len() < written.len()))
        };
        self.went.split_whitespace().filter_map(read)
    }

    /// Returns its earlier names.
    pub fn formerly(&self) -> impl Iterator<Item = &'static str> {
        self.formerly.split('|').map(str::trim).filter(|name| !name.is_empty())
    }
}
