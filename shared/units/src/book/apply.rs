//! Changes, put into the table one by one.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::change::{Becomes, Change, Mistake};
use crate::code::Code;
use crate::kind::{Kind, Level};
use crate::row::Row;

type Refused = Mistake;

/// Puts changes into the rows, which are in order, by day; on one day new names come before ends, so that a unit can go into a new one.
/// Returns the mistakes too, each with the place of its change, which is left out.
pub(super) fn all(rows: Vec<Row>, changes: &[Change]) -> (Vec<Row>, Vec<(usize, Mistake)>) {
    let mut order: Vec<_> = (0..changes.len()).collect();
    order.sort_by_key(|index| {
        let change = &changes[*index];
        let provinces_first = change.code.level() != Level::Province;
        (change.from, matches!(change.becomes, Becomes::Gone { .. }), provinces_first)
    });
    let mut table = Table(rows);
    let mut mistakes = Vec::new();
    for index in order {
        if let Err(mistake) = table.apply(&changes[index]) {
            mistakes.push((index, mistake));
        }
    }
    mistakes.sort_by_key(|(index, _)| *index);
    (table.0, mistakes)
}

fn refused<T>(field: &'static str, what: String) -> Result<T, Refused> {
    Err(Mistake { field, what })
}

/// Rows in order.
struct Table(Vec<Row>);

impl Table {
    /// Returns the rows of a code since 01/07/2025.
    fn of(&mut self, code: Code) -> impl Iterator<Item = &mut Row> {
        let first = self.0.partition_point(|row| (row.is_since(), row.code) < (true, code));
        self.0[first..].iter_mut().take_while(move |row| row.code == code)
    }

    fn put(&mut self, row: Row) {
        let place = self.0.partition_point(|other| other.order() < row.order());
        self.0.insert(place, row);
    }

    fn apply(&mut self, change: &Change) -> Result<(), Refused> {
        let Change { from, code, by, becomes } = change;
        if self.has(change) {
            return Ok(());
        }
        let later = self.of(*code).find(|row| row.from.is_some_and(|start| start >= *from));
        if let Some(row) = later {
            let (start, by) = (row.from.unwrap_or(*from), &row.by);
            return refused("from", format!("there is a change of {code} on {start} already ({by})"));
        }
        match becomes {
            Becomes::Named { kind, name, province, out_of } => {
                self.name(*code, *from, by, (*kind, name), *province)?;
                out_of.iter().try_for_each(|part| self.give(*part, *code, *from, by))
            }
            Becomes::Gone { into } => self.end(*code, *from, into),
        }
    }

    /// Returns whether the table is as this change leaves it.
    fn has(&mut self, change: &Change) -> bool {
        self.of(change.code).any(|row| match &change.becomes {
            Becomes::Named { kind, name, province, .. } => {
                let same = row.from == Some(change.from) && row.kind == *kind && row.name == *name;
                same && province.is_none_or(|province| row.province == province)
            }
            Becomes::Gone { into } => row.until == Some(change.from) && row.went().eq(into.iter().copied()),
        })
    }

    fn open(&mut self, code: Code, day: Date) -> Option<&mut Row> {
        self.of(code).find(|row| row.holds(day) && row.until.is_none())
    }

    fn name(
        &mut self,
        code: Code,
        from: Date,
        by: &str,
        (kind, name): (Kind, &str),
        province: Option<Code>,
    ) -> Result<(), Refused> {
        if let Some(province) = province
            && self.open(province, from).is_none()
        {
            return refused("province", format!("there is no province {province} on {from}"));
        }
        let mut row = match (self.open(code, from), province, code.level()) {
            (Some(open), ..) => {
                open.until = Some(from);
                Row { province: province.unwrap_or(open.province), ..open.clone() }
            }
            (None, Some(province), _) => fresh(code, province, kind),
            (None, None, Level::Province) => fresh(code, code, kind),
            (None, None, _) => return refused("province", format!("is missing: {code} is new on {from}")),
        };
        (row.from, row.until, row.kind) = (Some(from), None, kind);
        (row.name, row.by, row.went) = (Cow::Owned(name.to_owned()), Cow::Owned(by.to_owned()), Cow::Borrowed(""));
        self.put(row);
        Ok(())
    }

    /// Notes that a unit gave a part to a new one, and goes on.
    fn give(&mut self, part: Code, to: Code, from: Date, by: &str) -> Result<(), Refused> {
        let Some(open) = self.open(part, from).filter(|_| part != to) else {
            return refused("out_of", format!("there is no {part} on {from}"));
        };
        if open.from == Some(from) {
            return refused("out_of", format!("{part} begins on {from} itself"));
        }
        open.until = Some(from);
        open.went = Cow::Owned(format!("{part} {to}"));
        let next = Row {
            from: Some(from),
            until: None,
            by: Cow::Owned(by.to_owned()),
            went: Cow::Borrowed(""),
            ..open.clone()
        };
        self.put(next);
        Ok(())
    }

    fn end(&mut self, code: Code, from: Date, into: &[(Code, bool)]) -> Result<(), Refused> {
        if let Some((missing, _)) = into.iter().find(|(to, _)| self.open(*to, from).is_none()) {
            return refused("into", format!("there is no {missing} on {from}"));
        }
        let within = |row: &&Row| row.province == code && row.code != code && row.holds(from);
        if let Some(commune) = self.0.iter().find(within) {
            return refused("code", format!("is a province that still holds {} on {from}", commune.code));
        }
        let Some(open) = self.open(code, from) else {
            return refused("code", format!("there is no {code} on {from}"));
        };
        open.until = Some(from);
        let written = into.iter().map(|(to, everybody)| format!("{}{to}", if *everybody { "*" } else { "" }));
        open.went = Cow::Owned(written.collect::<Vec<_>>().join(" "));
        Ok(())
    }
}

fn fresh(code: Code, province: Code, kind: Kind) -> Row {
    let empty = || Cow::Borrowed("");
    let (name, by, went) = (empty(), empty(), empty());
    Row { code, kind, name, formerly: "", province, district: None, from: None, until: None, by, went }
}
