//! Every unit under every name that it had, as one sorted table.

mod apply;

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;

use crate::change::{self, Change, Mistake};
use crate::code::Code;
use crate::fold::Folded;
use crate::kind::Level;
use crate::row::{Row, SINCE};
use crate::table;

/// The changes that were known when this was built.
const CHANGES: &str = include_str!("../../data/changes.toml");

static OFFICIAL: LazyLock<Units> = LazyLock::new(|| {
    let changes = change::read(CHANGES).expect("the built-in changes are read by a test of this module");
    let changes: Vec<_> = changes.into_iter().map(|(_, change)| change).collect();
    let mut rows = table::rows();
    rows.sort_by_cached_key(Row::order);
    Units::of(apply::all(rows, &changes).0)
});

/// All units that are known, of every day.
#[derive(Debug)]
pub struct Units {
    /// Those of before 01/07/2025 first, then by level, by code, and of one code by day.
    rows: Vec<Row>,
    /// Names of the rows as they are compared, made at the first search.
    names: Vec<OnceLock<Folded>>,
    /// First days of the catalogues, ascending.
    starts: Vec<Date>,
}

impl Units {
    /// Returns the units as they were known when this was built. They are read at the first call.
    #[must_use]
    pub fn official() -> &'static Self {
        &OFFICIAL
    }

    /// Makes them of rows in order.
    fn of(rows: Vec<Row>) -> Self {
        let names = rows.iter().map(|_| OnceLock::new()).collect();
        let mut starts: Vec<_> = rows.iter().filter_map(|row| row.from).chain([SINCE]).collect();
        starts.sort_unstable();
        starts.dedup();
        Self { rows, names, starts }
    }

    /// Returns these units with changes that came later, in any order. One that is in the table already changes nothing,
    /// so that a setting may stay when the table has caught up with it.
    ///
    /// # Errors
    /// Every mistake, with the place of its change in the list.
    pub fn with(&self, changes: &[Change]) -> Result<Self, Vec<(usize, Mistake)>> {
        let (rows, mistakes) = apply::all(self.rows.clone(), changes);
        if mistakes.is_empty() { Ok(Self::of(rows)) } else { Err(mistakes) }
    }

    /// Returns the same without the changes that do not fit, and the mistakes in those: an office goes on with the others.
    #[must_use]
    pub fn with_fitting(&self, changes: &[Change]) -> (Self, Vec<(usize, Mistake)>) {
        let (rows, mistakes) = apply::all(self.rows.clone(), changes);
        (Self::of(rows), mistakes)
    }

    /// Returns the first day of the catalogue that holds on a day. The one before 01/07/2025 is known as it was at its
    /// end, and is named by its last day.
    pub(crate) fn start(&self, day: Date) -> Date {
        let last = self.starts.iter().rev().find(|start| **start <= day);
        last.copied().unwrap_or_else(|| SINCE.yesterday().expect("there is a day before"))
    }

    /// Returns the places of the rows of a level, of the time that a day lies in: before 01/07/2025 or since.
    pub(crate) fn places(&self, level: Level, day: Date) -> Range<usize> {
        let wanted = (day >= SINCE, level);
        let key = |row: &Row| (row.is_since(), row.code.level());
        self.rows.partition_point(|row| key(row) < wanted)..self.rows.partition_point(|row| key(row) <= wanted)
    }

    pub(crate) fn row(&self, place: usize) -> &Row {
        &self.rows[place]
    }

    /// Returns a row's name without its kind, as it is compared.
    pub(crate) fn name(&self, place: usize) -> &Folded {
        self.names[place].get_or_init(|| Folded::of(&self.rows[place].name))
    }

    /// Returns the place of the row that a code has on a day.
    pub(crate) fn place(&self, code: Code, day: Date) -> Option<usize> {
        let places = self.places(code.level(), day);
        let first = places.start + self.rows[places.clone()].partition_point(|row| row.code < code);
        let mut same = (first..places.end).take_while(|place| self.rows[*place].code == code);
        same.find(|place| self.rows[*place].holds(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_changes_are_the_25_of_2026() {
        let changes = change::read(CHANGES).unwrap();
        assert_eq!(changes.len(), 25);
        let changes: Vec<_> = changes.into_iter().map(|(_, change)| change).collect();
        let mut rows = table::rows();
        rows.sort_by_cached_key(Row::order);
        let (rows, mistakes) = apply::all(rows, &changes);
        assert_eq!(mistakes, []);
        assert!(rows.is_sorted_by_key(Row::order));
        assert_eq!(Units::official().starts.len(), 4);
    }
}
