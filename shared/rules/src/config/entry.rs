//! One table of the configuration, read field by field, with every mistake kept instead of the first one thrown.

use std::fmt;

use serde_json::{Map, Value};

use crate::id::AgencyCode;
use crate::signature::{Keys, ReadKey, Shortness};

/// One mistake: its place and its description. Values are never repeated: the field may be a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The entry, such as `channels(0) (vnpay-khvp)`; empty for the whole text.
    pub entry: String,
    /// The field, such as `keys(1)`; empty for the whole entry.
    pub field: String,
    /// Description of the mistake.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in [&self.entry, &self.field] {
            if !place.is_empty() {
                write!(f, "{place}: ")?;
            }
        }
        f.write_str(&self.what)
    }
}

/// Every mistake found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub(super) Vec<Problem>);

impl Problems {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// One table being read. Fields never asked for are unknown, and so a problem.
pub(super) struct Entry<'a> {
    place: String,
    table: &'a Map<String, Value>,
    known: Vec<&'static str>,
    all_known: bool,
    problems: Vec<Problem>,
}

impl<'a> Entry<'a> {
    pub(super) fn new(place: String, table: &'a Map<String, Value>) -> Self {
        Self { place, table, known: Vec::new(), all_known: false, problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, field: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem { entry: self.place.clone(), field: field.into(), what: what.into() });
    }

    pub(super) fn value(&mut self, field: &'static str) -> Option<&'a Value> {
        self.known.push(field);
        self.table.get(field)
    }

    pub(super) fn optional_text(&mut self, field: &'static str) -> Option<&'a str> {
        match self.value(field)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            Value::String(_) => {
                self.problem(field, "is empty");
                None
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                self.problem(field, "is not a text");
                None
            }
        }
    }

    pub(super) fn text(&mut self, field: &'static str) -> Option<&'a str> {
        if !self.table.contains_key(field) {
            self.known.push(field);
            self.problem(field, "is missing");
            return None;
        }
        self.optional_text(field)
    }

    pub(super) fn flag(&mut self, field: &'static str) -> bool {
        self.decided(field).unwrap_or(false)
    }

    /// Reads a flag whose default depends on something else.
    pub(super) fn decided(&mut self, field: &'static str) -> Option<bool> {
        match self.value(field)? {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.problem(field, "is neither true nor false");
                None
            }
        }
    }

    /// Reads a list of texts; each element that is not a text is a problem of its own and left out.
    pub(super) fn texts(&mut self, field: &'static str) -> Option<Vec<&'a str>> {
        let Some(list) = self.value(field)?.as_array() else {
            self.problem(field, "is not a list");
            return None;
        };
        let mut texts = Vec::new();
        for (index, element) in list.iter().enumerate() {
            match element.as_str() {
                Some(text) => texts.push(text),
                None => self.problem(format!("{field}[{index}]"), "is not a text"),
            }
        }
        Some(texts)
    }

    /// Reads a list of tables; an element that is none is a problem.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<&'a Map<String, Value>> {
        let Some(value) = self.value(name) else {
            return Vec::new();
        };
        let Some(elements) = value.as_array() else {
            self.problem(name, "is not a list of tables");
            return Vec::new();
        };
        let tables: Vec<_> = elements.iter().filter_map(Value::as_object).collect();
        if tables.len() < elements.len() {
            self.problem(name, "has an element that is not a table");
        }
        tables
    }

    /// Reads one or two keys. The host and the entry's `allow_short_key` decide the shortness. None are missing if they
    /// are elsewhere.
    pub(super) fn keys(&mut self, read: ReadKey, shortness: Shortness, elsewhere: bool) -> Option<Keys> {
        const FIELD: &str = "keys";
        if !self.table.contains_key(FIELD) {
            self.known.push(FIELD);
            if elsewhere {
                return Some(Keys::elsewhere());
            }
            self.problem(FIELD, "is missing");
            return None;
        }
        let texts = self.texts(FIELD)?;
        if texts.is_empty() || texts.len() > 2 {
            self.problem(FIELD, "takes one key, or two while one replaces the other");
            return None;
        }
        let mut keys = Vec::new();
        for (index, text) in texts.into_iter().enumerate() {
            match read(text, shortness) {
                Ok(key) => keys.push(key),
                Err(error) => self.problem(format!("{FIELD}[{index}]"), error.to_string()),
            }
        }
        let mut keys = keys.into_iter();
        keys.next().map(|current| Keys::new(current, keys.next()))
    }

    /// Reads a table within this one, whose problems are told by their place in it. `Some(None)` if it is not there, `None`
    /// if something in it is wrong.
    pub(super) fn within<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        let table = match self.value(field) {
            None => return Some(None),
            Some(Value::Object(table)) => table,
            Some(_) => {
                self.problem(field, "is not a table");
                return None;
            }
        };
        let mut own = Self::new(String::new(), table);
        let found = read(&mut own);
        let problems = own.finish();
        for problem in problems.iter() {
            let place = [field, &problem.field].join(".");
            self.problem(place.trim_end_matches('.'), problem.what.clone());
        }
        found.filter(|_| problems.is_empty()).map(Some)
    }

    /// Returns every field of a table whose names are data.
    pub(super) fn all(&mut self) -> &'a Map<String, Value> {
        self.all_known = true;
        self.table
    }

    /// Ends the reading: the fields that nobody asked for are problems too.
    pub(super) fn finish(mut self) -> Problems {
        for field in self.table.keys() {
            if !self.all_known && !self.known.contains(&field.as_str()) {
                self.problem(field.clone(), "is not a field of this entry");
            }
        }
        Problems(self.problems)
    }
}

/// Names the entry. The id is shown only if it looks like one: a key pasted into the wrong field is not repeated.
pub(super) fn place(kind: &str, index: usize, id: Option<&Value>) -> String {
    match id.and_then(Value::as_str) {
        Some(id) if AgencyCode::parse(id).is_ok() => format!("{kind}[{index}] ({id})"),
        Some(_) | None => format!("{kind}[{index}]"),
    }
}
