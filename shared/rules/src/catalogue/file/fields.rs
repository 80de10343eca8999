//! One table of a catalogue file, read field by field: every mistake is kept with its line, none stops the reading.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::vnd::Vnd;

/// A mistake in one entry, before it has its file.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub line: usize,
    pub field: String,
    pub what: String,
    /// Whether the field is missing: a line that is not TOML may be the cause.
    pub missing: bool,
}

/// Place of every field of an entry, and the mistakes in them.
#[derive(Debug, Default)]
pub(super) struct Sink {
    pub found: RefCell<Vec<Found>>,
    pub lines: RefCell<BTreeMap<String, usize>>,
    /// Parts of the procedure that are written elsewhere in the file, by their own path.
    pub elsewhere: RefCell<BTreeMap<String, String>>,
}

/// Map from an offset to a line, both as in the file.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// Returns the line of an offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

/// An element of a list that holds texts or tables.
pub(super) enum Listed<'a> {
    Text(String),
    Table(Fields<'a>),
}

/// A table being read. Fields that nobody asks for are unknown, and so a mistake.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    path: String,
    line: usize,
    known: RefCell<Vec<&'static str>>,
    lines: &'a Lines,
    sink: &'a Sink,
}

impl<'a> Fields<'a> {
    pub fn new(table: &'a DeTable<'a>, line: usize, lines: &'a Lines, sink: &'a Sink) -> Self {
        Self { table, path: String::new(), line, known: RefCell::default(), lines, sink }
    }

    fn path_of(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    fn fault(&self, field: &str, line: usize, what: impl Into<String>) {
        let (field, what) = (self.path_of(field), what.into());
        self.sink.found.borrow_mut().push(Found { line, field, what, missing: false });
    }

    /// Notes that a required field is missing.
    pub fn missing(&self, field: &str) {
        let found = Found { line: self.line, field: self.path_of(field), what: "is missing".into(), missing: true };
        self.sink.found.borrow_mut().push(found);
    }

    fn value(&self, field: &'static str) -> Option<(usize, &'a DeValue<'a>)> {
        self.known.borrow_mut().push(field);
        let (key, value) = self.table.get_key_value(field)?;
        let line = self.lines.line(key.span().start);
        self.sink.lines.borrow_mut().insert(self.path_of(field), line);
        Some((line, value.get_ref()))
    }

    pub fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    pub fn optional_text(&self, field: &'static str) -> Option<String> {
        let (line, value) = self.value(field)?;
        if let DeValue::String(text) = value {
            return Some(text.trim().to_owned());
        }
        self.fault(field, line, "is not a text");
        None
    }

    /// Reads a text that must be there; returns an empty one if it is not.
    pub fn text(&self, field: &'static str) -> String {
        if !self.has(field) {
            self.missing(field);
        }
        self.optional_text(field).unwrap_or_default()
    }

    fn whole(&self, field: &'static str, most: u64) -> Option<u64> {
        let (line, value) = self.value(field)?;
        let what = match value {
            DeValue::Integer(integer) => match i128::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(n) if n < 0 => "is negative".into(),
                Ok(n) => match u64::try_from(n) {
                    Ok(n) if n <= most => return Some(n),
                    _ => format!("is above {most}"),
                },
                Err(_) => format!("is above {most}"),
            },
            DeValue::Float(_) => "is not a whole number".into(),
            _ => "is not a number".into(),
        };
        self.fault(field, line, what);
        None
    }

    pub fn number(&self, field: &'static str) -> Option<u32> {
        self.whole(field, u64::from(u32::MAX)).and_then(|n| u32::try_from(n).ok())
    }

    pub fn small(&self, field: &'static str) -> Option<u8> {
        self.whole(field, u64::from(u8::MAX)).and_then(|n| u8::try_from(n).ok())
    }

    pub fn amount(&self, field: &'static str) -> Option<Vnd> {
        self.whole(field, Vnd::MAX.dong()).and_then(|n| Vnd::new(n).ok())
    }

    pub fn flag(&self, field: &'static str) -> Option<bool> {
        let (line, value) = self.value(field)?;
        if let DeValue::Boolean(flag) = value {
            return Some(*flag);
        }
        self.fault(field, line, "is neither true nor false");
        None
    }

    /// Reads a day, as a text or as TOML's own date.
    pub fn date(&self, field: &'static str) -> Option<Date> {
        let (line, value) = self.value(field)?;
        let text = written(value);
        // Ten characters: a date with an hour after it is something else.
        let date = text.filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        if date.is_none() {
            self.fault(field, line, "is not a day such as 2026-07-01");
        }
        date
    }

    /// Reads a time of day in minutes, as a text or as TOML's own time.
    pub fn time(&self, field: &'static str) -> Option<Time> {
        let (line, value) = self.value(field)?;
        let time = written(value).and_then(|text| {
            let minutes = text.strip_suffix(":00").filter(|text| text.len() == 5).unwrap_or(&text);
            Time::strptime("%H:%M", minutes).ok().filter(|_| minutes.len() == 5)
        });
        if time.is_none() {
            self.fault(field, line, "is not a time of day such as 15:00");
        }
        time
    }

    /// Reads one of a few names.
    pub fn one_of<T: Copy>(&self, field: &'static str, names: &[(&str, T)]) -> Option<T> {
        let (line, value) = self.value(field)?;
        let found = names.iter().find(|(name, _)| value.as_str() == Some(name)).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
            self.fault(field, line, format!("is none of {}", names.join(", ")));
        }
        found
    }

    fn within(&self, table: &'a DeTable<'a>, path: String, line: usize) -> Self {
        self.sink.lines.borrow_mut().insert(path.clone(), line);
        Self { table, path, line, known: RefCell::default(), lines: self.lines, sink: self.sink }
    }

    pub fn table(&self, field: &'static str) -> Option<Self> {
        let (line, value) = self.value(field)?;
        if let DeValue::Table(table) = value {
            return Some(self.within(table, self.path_of(field), line));
        }
        self.fault(field, line, "is not a table");
        None
    }

    /// Notes that this table is the part of the procedure at `path`, whose mistakes are told here.
    pub fn stands_for(&self, path: String) {
        self.sink.elsewhere.borrow_mut().insert(path, self.path.clone());
    }

    /// Reads a list of tables; an element that is not a table is a mistake of its own.
    pub fn tables(&self, field: &'static str) -> Option<Vec<Self>> {
        let list = self.list(field, "is not a list of tables")?;
        let elements = list.iter().enumerate().filter_map(|(index, element)| self.element(field, index, element));
        Some(elements.collect())
    }

    /// Reads a list whose elements are texts, or tables as in earlier files.
    pub fn texts_or_tables(&self, field: &'static str) -> Option<Vec<Listed<'a>>> {
        let list = self.list(field, "is not a list of codes")?;
        let elements = list.iter().enumerate().filter_map(|(index, element)| {
            let DeValue::String(text) = element.get_ref() else {
                return self.element(field, index, element).map(Listed::Table);
            };
            let (path, line) = (self.path_of(&format!("{field}[{index}]")), self.lines.line(element.span().start));
            self.sink.lines.borrow_mut().insert(path, line);
            Some(Listed::Text(text.trim().to_owned()))
        });
        Some(elements.collect())
    }

    fn list(&self, field: &'static str, what: &str) -> Option<&'a [Spanned<DeValue<'a>>]> {
        let (line, value) = self.value(field)?;
        if let DeValue::Array(list) = value {
            return Some(list);
        }
        self.fault(field, line, what);
        None
    }

    fn element(&self, field: &str, index: usize, element: &'a Spanned<DeValue<'a>>) -> Option<Self> {
        let (name, line) = (format!("{field}[{index}]"), self.lines.line(element.span().start));
        if let DeValue::Table(table) = element.get_ref() {
            return Some(self.within(table, self.path_of(&name), line));
        }
        self.fault(&name, line, "is not a table");
        None
    }

    /// Ends the reading.
    pub fn finish(self) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !self.known.borrow().contains(&name) {
                self.fault(&shown(name), self.lines.line(key.span().start), "is not a field of this table");
            }
        }
    }
}

/// Returns the value as a text, if it is a text, a date or a time.
fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(datetime) => Some(datetime.to_string()),
        _ => None,
    }
}

/// Shortens an unknown name for a message.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}
