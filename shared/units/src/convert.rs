//! Conversion of a unit to a later day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::book::Units;
use crate::catalogue::Unit;
use crate::code::{Code, UnitCode};
use crate::search::Choice;

/// A unit on a later day.
#[derive(Debug)]
pub enum Converted<'u> {
    /// It is this one: all of its people went there, or it goes on.
    One(Unit<'u>),
    /// It was split, and only somebody who lives there knows which part is meant.
    Several(Vec<Successor<'u>>),
    /// There is no such unit; the nearest names.
    Unknown(Vec<Choice<'u>>),
}

/// A unit that another one became, or became a part of.
#[derive(Clone, Copy, Debug)]
pub struct Successor<'u> {
    /// The unit.
    pub unit: Unit<'u>,
    /// The part that went there, as far as it is known.
    pub share: Share,
}

/// The part of a unit that went somewhere, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Land where nobody lived: all people went elsewhere.
    Land,
    /// Some of the people, nobody published which.
    Some,
    /// Everybody.
    Everybody,
}

impl Units {
    /// Returns what a unit is on a day. A day before the one of its code is taken for that one: nothing leads back.
    #[must_use]
    pub fn convert(&self, code: &UnitCode, day: Date) -> Converted<'_> {
        let successors = self.successors(code, day);
        let mut peopled = successors.iter().filter(|successor| successor.share != Share::Land);
        match (peopled.next(), peopled.next()) {
            (Some(one), None) => Converted::One(one.unit),
            (Some(_), Some(_)) => Converted::Several(successors),
            (None, _) => Converted::Unknown(Vec::new()),
        }
    }

    /// Returns everything that a unit became by a day, land without people too: the one of the same name first, then by
    /// code. Empty if there is no such unit.
    #[must_use]
    pub fn successors(&self, code: &UnitCode, day: Date) -> Vec<Successor<'_>> {
        let Some(first) = self.unit(code) else { return Vec::new() };
        let catalogue = self.catalogue(day.max(first.day));
        let mut found = BTreeMap::new();
        self.follow(first.place, Share::Everybody, catalogue.day, &mut found);
        let mut successors: Vec<_> =
            found.into_values().map(|(place, share)| Successor { unit: catalogue.at(place), share }).collect();
        successors.sort_by_key(|successor| successor.unit.name() != first.name());
        successors
    }

    fn follow(&self, place: usize, share: Share, day: Date, found: &mut BTreeMap<Code, (usize, Share)>) {
        let row = self.row(place);
        let Some(until) = row.until.filter(|until| *until <= day) else {
            let known = found.entry(row.code).or_insert((place, share));
            known.1 = known.1.max(share);
            return;
        };
        let mut went: Vec<_> = row.went().collect();
        if went.is_empty() {
            went.push((row.code, true));
        }
        let one = went.iter().any(|(_, everybody)| *everybody);
        let alone = went.len() == 1;
        for (code, everybody) in went {
            let part = match (alone || everybody, one) {
                (true, _) => share,
                (false, true) => Share::Land,
                (false, false) => share.min(Share::Some),
            };
            if let Some(next) = self.place(code, until) {
                self.follow(next, part, day, found);
            }
        }
    }
}
