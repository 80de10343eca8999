//! Texts at the lengths that portals take.

use serde_json::{Map, Value};

/// The longest texts that a portal is known to take, in characters.
pub struct Lengths;

impl Lengths {
    /// `NguoiXuLy`.
    pub const HANDLER: usize = 50;
    /// `TrichYeuHoSo`.
    pub const SUMMARY: usize = 1000;
    /// `TenTepDinhKem`.
    pub const FILE_NAME: usize = 4000;
    /// `TenGiayTo`.
    pub const PAPER_NAME: usize = 2000;
    /// Every other text. No source gives a number.
    pub const OTHER: usize = 1000;
}

/// The mark at the end of a text that was cut.
const CUT: char = '…';

/// Returns a text on one line, cut to `most` characters; the last of them marks that it was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}{CUT}", kept.trim_end())
}

/// Writes a flag.
pub(super) fn flag(yes: bool) -> String {
    if yes { "True" } else { "False" }.to_owned()
}

/// A record at work: each field is a text, and one without a value is left out.
#[derive(Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn set(&mut self, name: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert(name.to_owned(), Value::String(text));
        }
    }

    pub(super) fn maybe(&mut self, name: &str, text: Option<impl Into<String>>) {
        if let Some(text) = text {
            self.set(name, text);
        }
    }

    pub(super) fn list(&mut self, name: &str, rows: Vec<Self>) {
        if !rows.is_empty() {
            self.0.insert(name.to_owned(), rows.into_iter().map(|row| Value::Object(row.0)).collect());
        }
    }

    pub(super) fn done(self) -> Map<String, Value> {
        self.0
    }
}
