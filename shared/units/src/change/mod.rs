//! Changes of units that come after the tables: new names and kinds, new units, mergers.

mod file;

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;

use crate::code::Code;
use crate::kind::{Kind, Level};
use crate::row::SINCE;

pub use file::{Fault, read};

/// The most changes of one setting. More belong into the tables.
pub const MOST_CHANGES: usize = 500;
/// The most characters of a name or a resolution.
const LONGEST: usize = 100;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// First day on which it holds.
    pub from: Date,
    /// The resolution that it rests on.
    pub by: String,
    /// The unit.
    pub code: Code,
    /// The change itself.
    pub becomes: Becomes,
}

/// A change of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// It has this name from now on, and is new if nobody had the code.
    Named {
        /// The kind.
        kind: Kind,
        /// The name without the kind.
        name: String,
        /// The province of a new commune, or of one that moves.
        province: Option<Code>,
        /// Communes that it was made out of, and that go on without the part that they gave.
        out_of: Vec<Code>,
    },
    /// It ended.
    Gone {
        /// The units that it went to, with no more than one of them marked as the one where all of its people went.
        into: Vec<(Code, bool)>,
    },
}

/// The fields of a change as somebody wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Written {
    /// First day, such as `2026-04-30`.
    pub from: Option<String>,
    /// The resolution.
    pub by: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// The full name, such as `Phường Lộc Ninh`.
    pub name: Option<String>,
    /// The code of the province.
    pub province: Option<String>,
    /// Codes.
    pub out_of: Vec<String>,
    /// Codes.
    pub into: Vec<String>,
    /// One of `into`.
    pub everybody_to: Option<String>,
}

/// A mistake in a change: the field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field; empty for the whole change.
    pub field: &'static str,
    /// Description.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.what)
    }
}

impl Written {
    /// The fields, for a reader of another format.
    pub const FIELDS: [&'static str; 8] = ["from", "by", "code", "name", "province", "out_of", "into", "everybody_to"];

    /// Reads the fields into a change.
    ///
    /// # Errors
    /// Every mistake.
    pub fn read(&self) -> Result<Change, Vec<Mistake>> {
        let mut mistakes = Mistakes::default();
        let from = mistakes.required("from", self.from.as_deref(), day);
        let by = mistakes.required("by", self.by.as_deref(), text);
        let code = mistakes.required("code", self.code.as_deref(), changeable);
        let becomes = match (&self.name, self.into.is_empty()) {
            (Some(name), true) => self.named(name, code, &mut mistakes),
            (None, false) => self.gone(code, &mut mistakes),
            (Some(_), false) => mistakes.none("", "has both a name and into: it either goes on or ends"),
            (None, true) => mistakes.none("", "has neither a name nor into"),
        };
        match (from, by, code, becomes) {
            (Some(from), Some(by), Some(code), Some(becomes)) if mistakes.0.is_empty() => {
                Ok(Change { from, by, code, becomes })
            }
            _ => Err(mistakes.0),
        }
    }

    fn named(&self, name: &str, code: Option<Code>, mistakes: &mut Mistakes) -> Option<Becomes> {
        if self.everybody_to.is_some() {
            mistakes.add("everybody_to", "stands beside into only");
        }
        let level = code.map_or(Level::Commune, |code| code.level());
        let read = text(name).and_then(|text| {
            let split = Kind::split(&text, level).filter(|(kind, _)| *kind != Kind::Township);
            let kinds = if level == Level::Province { "Tỉnh, Thành phố" } else { "Phường, Xã, Đặc khu" };
            let (kind, name) = split.ok_or_else(|| format!("begins with none of {kinds}"))?;
            Ok((kind, name.to_owned()))
        });
        let read = mistakes.kept("name", read);
        let province = match self.province.as_deref() {
            Some(province) => Some(mistakes.kept("province", province_code(province))?),
            None => None,
        };
        let out_of: Vec<_> = self.out_of.iter().filter_map(|code| mistakes.kept("out_of", changeable(code))).collect();
        if level == Level::Province && (province.is_some() || !out_of.is_empty()) {
            return mistakes.none("", "is a province, which has neither province nor out_of");
        }
        let (kind, name) = read?;
        Some(Becomes::Named { kind, name, province, out_of })
    }

    fn gone(&self, code: Option<Code>, mistakes: &mut Mistakes) -> Option<Becomes> {
        if self.province.is_some() || !self.out_of.is_empty() {
            mistakes.add("", "ends, so it has neither province nor out_of");
        }
        let mut into = Vec::with_capacity(self.into.len());
        for written in &self.into {
            let to = mistakes.kept("into", changeable(written))?;
            if Some(to) == code || into.contains(&(to, false)) {
                return mistakes.none("into", &format!("{to} is the unit itself, or listed twice"));
            }
            if code.is_some_and(|code| code.level() != to.level()) {
                return mistakes.none("into", &format!("{to} is of another level"));
            }
            into.push((to, false));
        }
        if let Some(everybody) = &self.everybody_to {
            match into.iter_mut().find(|(to, _)| Code::parse(everybody) == Ok(*to)) {
                Some(marked) => marked.1 = true,
                None => mistakes.add("everybody_to", "is not one of into"),
            }
        }
        Some(Becomes::Gone { into })
    }
}

#[derive(Default)]
struct Mistakes(Vec<Mistake>);

impl Mistakes {
    fn add(&mut self, field: &'static str, what: &str) {
        self.0.push(Mistake { field, what: what.to_owned() });
    }

    fn none<T>(&mut self, field: &'static str, what: &str) -> Option<T> {
        self.add(field, what);
        None
    }

    fn kept<T>(&mut self, field: &'static str, read: Result<T, String>) -> Option<T> {
        read.map_err(|what| self.add(field, &what)).ok()
    }

    fn required<T>(
        &mut self,
        field: &'static str,
        written: Option<&str>,
        read: fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        match written.map(str::trim) {
            None => self.none(field, "is missing"),
            Some("") => self.none(field, "is empty"),
            Some(written) => self.kept(field, read(written)),
        }
    }
}

fn day(written: &str) -> Result<Date, String> {
    let day: Option<Date> = written.parse().ok().filter(|_| written.len() == 10);
    let day = day.ok_or("is not a day such as 2026-04-30")?;
    if day <= SINCE { Err(format!("is not after {SINCE}, with which the table begins")) } else { Ok(day) }
}

fn text(written: &str) -> Result<String, String> {
    let seen = written.chars().all(|c| !c.is_control());
    if written.chars().count() > LONGEST || !seen {
        return Err(format!("is longer than {LONGEST} characters, or holds some that nobody sees"));
    }
    Ok(unicode_normalization::UnicodeNormalization::nfc(written.trim()).collect())
}

/// Reads the code of a commune or of a province.
fn changeable(written: &str) -> Result<Code, String> {
    let code = Code::parse(written).ok().filter(|code| code.level() != Level::District);
    code.ok_or_else(|| "is not a code of five digits, or of two for a province".to_owned())
}

fn province_code(written: &str) -> Result<Code, String> {
    let code = Code::parse(written).ok().filter(|code| code.level() == Level::Province);
    code.ok_or_else(|| "is not a code of two digits".to_owned())
}
