//! A catalogue as a file: TOML, one `[[procedures]]` table per version of a procedure.
//!
//! Reading never stops at a mistake: each is given with its line and field. The crate's README has the table of fields.

mod entry;
mod fields;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::{Procedure, overlap};
use fields::{Fields, Found, Lines, Sink};

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// The entry, such as `procedures[3] (1.005129 version 2)`; empty for the whole file.
    pub entry: String,
    /// The path of the field; empty for the whole entry.
    pub field: String,
    /// Description of the mistake.
    pub what: String,
}

impl fmt::Display for Fault {
    /// Writes `12: procedures[3] (1.005129 version 2): limit.allowance.unit: is none of …`, to follow a file's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        for place in [&self.entry, &self.field] {
            if !place.is_empty() {
                write!(f, "{place}: ")?;
            }
        }
        f.write_str(&self.what)
    }
}

/// An entry as read.
struct Entry {
    line: usize,
    place: String,
    procedure: Procedure,
    faults: Vec<Fault>,
    /// Line of each of its fields.
    lines: BTreeMap<String, usize>,
}

/// Reads the procedures of a file, texts in NFC.
///
/// # Errors
/// Every mistake, by line.
pub fn read(bytes: &[u8]) -> Result<Vec<Procedure>, Vec<Fault>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        vec![whole(line, "is not UTF-8")]
    })?;
    let text: String = text.trim_start_matches('\u{feff}').nfc().collect();
    let lines = Lines::of(&text);
    let (root, errors) = DeTable::parse_recoverable(&text);
    let mut faults: Vec<Fault> = errors.iter().map(|error| syntax(error, &lines)).collect();
    let broken: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    let mut entries = entries(root.get_ref(), &lines, &broken, &mut faults);
    twice(&mut entries);
    let mut procedures = Vec::with_capacity(entries.len());
    for entry in entries {
        faults.extend(entry.faults);
        procedures.push(entry.procedure);
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(procedures) } else { Err(faults) }
}

fn whole(line: usize, what: &str) -> Fault {
    Fault { line, entry: String::new(), field: String::new(), what: what.to_owned() }
}

fn syntax(error: &toml::de::Error, lines: &Lines) -> Fault {
    let line = lines.line(error.span().map_or(0, |span| span.start));
    whole(line, &format!("is not TOML: {}", error.message().lines().next().unwrap_or_default()))
}

/// Reads every entry of `[[procedures]]`; anything else at the top is a mistake.
fn entries<'a>(root: &'a DeTable<'a>, lines: &'a Lines, broken: &[usize], faults: &mut Vec<Fault>) -> Vec<Entry> {
    for key in root.keys().filter(|key| key.get_ref() != "procedures") {
        faults.push(whole(lines.line(key.span().start), "only [[procedures]] may stand at the top of a catalogue"));
    }
    let list = match root.get("procedures").map(|value| value.get_ref()) {
        Some(DeValue::Array(list)) => list,
        Some(_) => {
            faults.push(whole(1, "procedures is not a list of tables"));
            return Vec::new();
        }
        None if broken.is_empty() => {
            faults.push(whole(1, "holds no [[procedures]]"));
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let starts: Vec<usize> = list.iter().map(|value| lines.line(value.span().start)).collect();
    let mut entries = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let (line, end) = (starts[index], starts.get(index + 1).copied().unwrap_or(usize::MAX));
        let DeValue::Table(table) = value.get_ref() else {
            faults.push(whole(line, &format!("procedures[{index}] is not a table")));
            continue;
        };
        let broken: Vec<usize> = broken.iter().copied().filter(|at| (line..=end).contains(at)).collect();
        entries.push(entry(index, table, line, lines, &broken));
    }
    entries
}

fn entry<'a>(index: usize, table: &'a DeTable<'a>, line: usize, lines: &'a Lines, broken: &[usize]) -> Entry {
    let sink = Sink::default();
    let procedure = entry::procedure(Fields::new(table, line, lines, &sink));
    let (found, lines, elsewhere) = (sink.found.into_inner(), sink.lines.into_inner(), sink.elsewhere.into_inner());
    let place = match procedure.code.as_str() {
        "" => format!("procedures[{index}]"),
        code => {
            let code: String = code.chars().filter(|c| !c.is_control()).take(60).collect();
            format!("procedures[{index}] ({code} version {})", procedure.version)
        }
    };
    let mut entry = Entry { line, place, procedure, faults: Vec::new(), lines };
    for mut flaw in entry.procedure.flaws() {
        flaw.field = entry.written_at(&flaw.field, &elsewhere);
        // A field that could not be read has a default in its place, which is not to be reported too.
        let unread = |found: &Found| flaw.field == found.field || flaw.field.starts_with(&format!("{}.", found.field));
        if !found.iter().any(unread) {
            entry.fault(entry.line_of(&flaw.field), &flaw.field, flaw.what);
        }
    }
    // A line that is not TOML was reported as such; the fields it was to give are missing, or nonsense.
    for found in
        found.into_iter().filter(|found| !(found.missing && !broken.is_empty() || broken.contains(&found.line)))
    {
        entry.fault(found.line, &found.field, found.what);
    }
    entry
}

impl Entry {
    fn fault(&mut self, line: usize, field: &str, what: String) {
        self.faults.push(Fault { line, entry: self.place.clone(), field: field.to_owned(), what });
    }

    /// Returns the path of a field as the file has it: an earlier file names its papers within the steps.
    fn written_at(&self, field: &str, elsewhere: &BTreeMap<String, String>) -> String {
        let (part, rest) = field.split_at(field.find('.').unwrap_or(field.len()));
        let path = elsewhere.get(part).map_or_else(|| field.to_owned(), |place| format!("{place}{rest}"));
        let code = format!("{path}.code");
        if self.lines.contains_key(&code) { code } else { path }
    }

    /// Returns the line of a field or, if it is not written, of the table that it would be in.
    fn line_of(&self, field: &str) -> usize {
        let mut path = field;
        loop {
            if let Some(line) = self.lines.get(path) {
                return *line;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => return self.line,
            }
        }
    }
}

/// Reports versions that are there twice, or that are in force on the same days.
fn twice(entries: &mut [Entry]) {
    let mut of_code: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..entries.len() {
        let code = entries[index].procedure.code.clone();
        if code.is_empty() {
            continue;
        }
        let earlier = of_code.entry(code).or_default();
        let procedure = &entries[index].procedure;
        let clash = earlier.iter().map(|at| &entries[*at]).find_map(|other| {
            if other.procedure.version == procedure.version {
                return Some(("version", format!("is the version of line {} too", other.line)));
            }
            let claimed = overlap(&other.procedure, procedure);
            let version = other.procedure.version;
            claimed.then(|| ("valid_from", format!("claims days of version {version}, line {}", other.line)))
        });
        earlier.push(index);
        if let Some((field, what)) = clash {
            let line = entries[index].line_of(field);
            entries[index].fault(line, field, what);
        }
    }
}
