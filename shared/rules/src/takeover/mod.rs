//! Open dossiers of the office's earlier software, taken over with the history of their clocks.
//!
//! A [`Row`] holds the cells of one dossier under the names of [`COLUMNS`]. [`read`] makes a [`Line`] of it, or returns
//! all its faults. [`plan`] makes the commands that lead to the dossier's present state, each at the instant at which
//! it happened, and the clock that follows from them. Nothing here decides anything of its own: a history that the
//! rules decline is a fault of the line.

mod act;
mod columns;
mod compare;
mod line;
mod plan;
mod row;
#[cfg(test)]
mod tests;

use std::fmt;

pub use columns::{COLUMNS, Column, Filled, MOST_REPEATS, column};
pub use line::{Apology, Line, OldFee, OldPause, OldResult, Originals, read};
pub use plan::{Plan, plan};
pub use row::Row;

/// A fault of a line, or a point to look at. Never holds the value, which may be personal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// The column, such as `NgayBoSung.2`.
    pub column: String,
    /// The fault in words.
    pub what: String,
}

impl Fault {
    /// Makes a fault of a column.
    #[must_use]
    pub fn new(column: impl Into<String>, what: impl Into<String>) -> Self {
        Self { column: column.into(), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.column, self.what)
    }
}
