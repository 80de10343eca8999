//! Provinces and communes that changed after this was built.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};
use units::{Change, MOST_CHANGES, Units, Written};

use super::entry::{Entry, Problem, place};

/// The name of the entries.
pub(super) const KIND: &str = "units";

/// The changes, and provinces and communes with them once somebody asks.
#[derive(Clone, Debug)]
pub(super) struct Known {
    changes: Vec<Change>,
    units: Arc<OnceLock<Units>>,
}

impl Known {
    pub(super) fn new(changes: Vec<Change>) -> Self {
        Self { changes, units: Arc::default() }
    }

    pub(super) fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(super) fn units(&self) -> &Units {
        match &*self.changes {
            [] => Units::official(),
            changes => self.units.get_or_init(|| Units::official().with_fitting(changes).0),
        }
    }
}

/// Reads a list of changes. A mistake leaves its change out, and the office goes on with the others.
pub(super) fn read(tables: &[&Map<String, Value>], problems: &mut Vec<Problem>) -> Vec<Change> {
    if tables.len() > MOST_CHANGES {
        let what = format!("are more than {MOST_CHANGES}, so that none is taken");
        problems.push(Problem { entry: String::new(), field: KIND.to_owned(), what });
        return Vec::new();
    }
    let mut changes = Vec::with_capacity(tables.len());
    for (index, table) in tables.iter().enumerate() {
        let mut entry = Entry::new(place(KIND, index, table.get("code")), table);
        let written = written(&mut entry);
        match written.read() {
            Ok(change) => changes.push(change),
            Err(mistakes) => mistakes.into_iter().for_each(|mistake| entry.problem(mistake.field, mistake.what)),
        }
        problems.append(&mut entry.finish().0);
    }
    changes
}

fn written(entry: &mut Entry<'_>) -> Written {
    let mut text = |field| entry.optional_text(field).map(str::to_owned);
    let [from, by, code, name, province, everybody_to] =
        ["from", "by", "code", "name", "province", "everybody_to"].map(&mut text);
    let [out_of, into] = ["out_of", "into"].map(|field| {
        let texts = entry.texts(field).unwrap_or_default();
        texts.into_iter().map(str::to_owned).collect()
    });
    Written { from, by, code, name, province, out_of, into, everybody_to }
}

/// Notes the changes that do not fit the table. They must be all that were written, or their places are others.
pub(super) fn misfits(changes: &[Change], problems: &mut Vec<Problem>) {
    if changes.is_empty() {
        return;
    }
    for (index, mistake) in Units::official().with(changes).err().unwrap_or_default() {
        let code = Value::String(changes[index].code.to_string());
        problems.push(Problem {
            entry: place(KIND, index, Some(&code)),
            field: mistake.field.into(),
            what: mistake.what,
        });
    }
}
