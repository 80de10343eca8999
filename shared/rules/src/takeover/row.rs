//! The cells of one line, and their readers: every fault is kept, not only the first one.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Fault, column};
use crate::limits::{LONGEST_CODE, MOST_PAPERS};
use crate::signature::sha256_hex;
use crate::vietnam;
use crate::vnd::Vnd;

/// The least amount of a fee. What is below is a count of thousands, or a cell of something else.
const LEAST_DONG: u64 = 1_000;

/// The filled cells of a line by their columns. `Debug` shows none: they may be personal.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
pub struct Row(BTreeMap<String, String>);

impl From<BTreeMap<String, String>> for Row {
    fn from(cells: BTreeMap<String, String>) -> Self {
        Self::new(cells)
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({} cells)", self.0.len())
    }
}

impl Row {
    /// Takes the cells that hold something, without the spaces around it, in NFC.
    #[must_use]
    pub fn new(cells: impl IntoIterator<Item = (String, String)>) -> Self {
        let cells = cells.into_iter().map(|(name, cell)| (name, cell.trim().nfc().collect::<String>()));
        Self(cells.filter(|(_, cell)| !cell.is_empty()).collect())
    }

    /// Returns a cell.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }

    /// Returns the cells as a JSON object, kept as the form.
    #[must_use]
    pub fn form(&self) -> String {
        serde_json::to_string(&self.0).expect("texts under texts are JSON")
    }

    /// Returns SHA-256 of the filled cells in hex: the order of columns and empty cells change nothing.
    #[must_use]
    pub fn digest(&self) -> String {
        sha256_hex(self.form().as_bytes())
    }

    /// Returns the faults of the names alone.
    pub(super) fn unknown(&self) -> impl Iterator<Item = Fault> + '_ {
        let unknown = self.0.keys().filter(|name| column(name).is_none());
        unknown.map(|name| Fault::new(shown(name), "is no column of a takeover file"))
    }

    /// Returns the numbers under which one of these repeated columns is filled, ascending.
    pub(super) fn numbers(&self, names: &[&str]) -> Vec<usize> {
        let read = |name: &String| column(name).filter(|(column, _)| names.contains(&column.name))?.1;
        let mut numbers: Vec<_> = self.0.keys().filter_map(read).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Returns a name as it may be shown: it came from a file.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// A row being read.
pub(super) struct Reading<'a> {
    pub row: &'a Row,
    pub now: Timestamp,
    pub faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    pub fn fault(&mut self, column: &str, what: impl Into<String>) {
        self.faults.push(Fault::new(column, what));
    }

    /// Reads a text of at most so many characters, in one line.
    pub fn text(&mut self, column: &str, most: usize) -> Option<String> {
        let cell = self.row.cell(column)?;
        if cell.chars().count() > most {
            self.fault(column, format!("is longer than {most} characters"));
            return None;
        }
        if cell.chars().any(char::is_control) {
            self.fault(column, "holds a line break or another control character");
            return None;
        }
        if cell.contains(char::REPLACEMENT_CHARACTER) {
            self.fault(column, "holds a character that was lost on the way (U+FFFD): export it anew as CSV UTF-8");
            return None;
        }
        if is_shortened(cell) {
            self.fault(column, "is a number that a spreadsheet shortened to a power of ten: format the column as text");
            return None;
        }
        Some(cell.to_owned())
    }

    /// Reads a number that a spreadsheet may have taken for a quantity: of a paper, a telephone, a receipt.
    pub fn number(&mut self, column: &str, most: usize) -> Option<String> {
        let text = self.text(column, most)?;
        let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"));
        if whole.is_some_and(|whole| !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit())) {
            self.fault(column, "ends in .0, as a spreadsheet writes a quantity: format the column as text");
            return None;
        }
        Some(text)
    }

    /// Reads the number of an identity paper. None has eleven digits: it is one of twelve that lost its zero.
    pub fn identity(&mut self, column: &str, most: usize) -> Option<String> {
        let number = self.number(column, most)?;
        let plain: String = number.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        if plain.len() == 11 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            self.fault(column, "has 11 digits: one of 12 that lost its leading zero; format the column as text");
            return None;
        }
        Some(number)
    }

    /// Reads a cell that every line has. The default in place of a missing one is never used.
    pub fn required<T: Default>(&mut self, column: &str, read: fn(&mut Self, &str) -> Option<T>) -> T {
        if self.row.cell(column).is_none() {
            self.fault(column, "is missing");
            return T::default();
        }
        read(self, column).unwrap_or_default()
    }

    pub fn code(&mut self, column: &str) -> Option<String> {
        self.text(column, LONGEST_CODE)
    }

    /// Reads one of these words.
    pub fn one_of<T: Copy>(&mut self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let cell = self.row.cell(column)?;
        let found = words.iter().find(|(word, _)| *word == cell).map(|(_, meant)| *meant);
        if found.is_none() {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.fault(column, format!("is none of {}", words.join(", ")));
        }
        found
    }

    /// Reads codes with `|` between them.
    pub fn codes(&mut self, column: &str) -> Vec<String> {
        let Some(cell) = self.row.cell(column) else { return Vec::new() };
        let codes: Vec<String> = cell.split('|').map(|code| code.trim().to_owned()).collect();
        let strange = |code: &String| code.is_empty() || code.chars().count() > LONGEST_CODE;
        if cell.contains(char::REPLACEMENT_CHARACTER) {
            self.fault(column, "holds a character that was lost on the way (U+FFFD): export it anew as CSV UTF-8");
            return Vec::new();
        }
        if codes.iter().any(strange) || codes.len() > MOST_PAPERS {
            self.fault(column, "is no list of codes with | between them");
            return Vec::new();
        }
        codes
    }

    /// Reads an instant that is past.
    pub fn instant(&mut self, column: &str) -> Option<Timestamp> {
        match instant(self.row.cell(column)?) {
            Ok(at) if at <= self.now => Some(at),
            Ok(_) => {
                self.fault(column, "lies in the future");
                None
            }
            Err(why) => {
                self.fault(column, why);
                None
            }
        }
    }

    /// Reads a day; an hour after it is passed over.
    pub fn day(&mut self, column: &str) -> Option<Date> {
        let cell = self.row.cell(column)?;
        let found = day(cell).or_else(|| instant(cell).ok().map(vietnam::day));
        if found.is_none() {
            self.fault(column, "is no day as dd/MM/yyyy writes it");
        }
        found
    }

    /// Reads whole đồng: digits, with or without dots between groups of three.
    pub fn money(&mut self, column: &str) -> Option<Vnd> {
        let cell = self.row.cell(column)?;
        let found = digits(cell).and_then(|dong| Vnd::new(dong).ok()).filter(|amount| *amount > Vnd::ZERO);
        match found {
            None => self.fault(column, "is not whole đồng above zero, such as 125000 or 125.000"),
            Some(amount) if amount.dong() < LEAST_DONG => {
                self.fault(column, "is less than 1.000 đồng: perhaps it counts thousands");
                return None;
            }
            Some(_) => {}
        }
        found
    }
}

/// Whether a cell is a number as a spreadsheet shows a long one: `5.60991E+10`.
fn is_shortened(cell: &str) -> bool {
    let Some((number, power)) = cell.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    digits(whole) && digits(part) && power.strip_prefix('+').is_some_and(digits)
}

fn digits(cell: &str) -> Option<u64> {
    let mut parts = cell.split('.');
    let (first, rest): (_, Vec<_>) = (parts.next()?, parts.collect());
    let all_digits = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let in_threes = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3));
    if all_digits && in_threes { cell.replace('.', "").parse().ok() } else { None }
}

fn day(cell: &str) -> Option<Date> {
    let shape = |cell: &str, places: [usize; 2], mark: char| {
        cell.len() == 10 && cell.match_indices(mark).map(|(place, _)| place).eq(places)
    };
    let format = match cell {
        _ if shape(cell, [2, 5], '/') => "%d/%m/%Y",
        _ if shape(cell, [4, 7], '-') => "%Y-%m-%d",
        _ => return None,
    };
    Date::strptime(format, cell).ok().filter(|day| day.year() >= vietnam::FIRST_YEAR)
}

/// Reads `dd/MM/yyyy HH:mm`, `dd/MM/yyyy HH:mm:ss`, or an instant as portals write it.
fn instant(cell: &str) -> Result<Timestamp, String> {
    let Some((date, time)) = cell.split_once(' ').filter(|(date, _)| date.contains('/')) else {
        if day(cell).is_some() {
            return Err("needs its time of day, such as 15/04/2020 08:00".into());
        }
        let other = |_| "is no instant as dd/MM/yyyy HH:mm or yyyyMMddHHmmss writes it".to_owned();
        return vietnam::parse_portal_instant(cell).map_err(other);
    };
    let none = || "there is no such day or hour".to_owned();
    let wanted = || "is not written dd/MM/yyyy HH:mm with two digits each, such as 02/11/2026 08:15".to_owned();
    let date = match day(date) {
        Some(date) => date,
        None if date.split('/').map(str::len).eq([2, 2, 4]) => return Err(none()),
        None => return Err(wanted()),
    };
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = time.trim().split(':').collect();
    if !(parts.len() == 2 || parts.len() == 3) || !parts.iter().all(|part| digits(part)) {
        return Err(wanted());
    }
    let mut numbers = parts.iter().filter_map(|part| part.parse::<i8>().ok());
    let mut next = || numbers.next().unwrap_or(0);
    let (hour, minute, second) = (next(), next(), next());
    let wall = DateTime::new(date.year(), date.month(), date.day(), hour, minute, second, 0).map_err(|_| none())?;
    vietnam::instant(wall).map_err(|_| none())
}
