//! The ways in which the last parts of an address can be read.

use super::pick;
use crate::catalogue::{Catalogue, Unit};
use crate::code::Code;
use crate::convert::Converted;
use crate::kind::Level;
use crate::part::Part;
use crate::row::SINCE;

/// The end of a way of reading: the place of the part that holds the commune, and the unit.
pub(super) struct Read<'u> {
    pub at: Option<usize>,
    pub old: Option<Unit<'u>>,
    pub place: Converted<'u>,
}

/// An address in parts, and the province that the last one names.
pub(super) struct Reader<'u> {
    pub here: Catalogue<'u>,
    /// The catalogue of before 01/07/2025.
    pub old: Catalogue<'u>,
    pub parts: Vec<Part>,
    /// Provinces of before that the last part names.
    pub before: Vec<Unit<'u>>,
    /// Provinces of the catalogue that it names, or names a part of.
    pub now: Vec<Code>,
    /// `true` if the province that was named is part of another one today.
    joined: bool,
    /// The number of parts before the province.
    pub tail: usize,
    /// `true` if the address has marks: only then a name without marks is one that has none.
    marked: bool,
}

impl<'u> Reader<'u> {
    pub fn of(here: Catalogue<'u>, parts: Vec<Part>) -> Self {
        let old = here.units.catalogue(SINCE.yesterday().expect("there is a day before"));
        let marked = parts.iter().any(Part::has_marks);
        let named = |catalogue: Catalogue<'u>| match parts.last() {
            Some(last) => pick::likely(last, marked, catalogue.provinces()),
            None => Vec::new(),
        };
        let before = named(old);
        let (mut now, mut joined) = (Vec::<Code>::new(), false);
        if !here.has_districts() {
            now.extend(named(here).iter().map(|unit| unit.row().code));
            joined = now.is_empty();
            if joined {
                let joined = before.iter().flat_map(|unit| here.units.successors(&unit.code(), here.day));
                now.extend(joined.map(|it| it.unit.row().code));
            }
        }
        let tail = parts.len() - usize::from(!before.is_empty() || !now.is_empty());
        Self { here, old, parts, before, now, joined, tail, marked }
    }

    /// Reads the parts; `None` if they can be read in no way.
    pub fn read(&self) -> Option<Read<'u>> {
        let new = self.two_levels(1);
        // In a former province the commune may be a former one too.
        let old = self.three_levels().or_else(|| self.without_district().filter(|_| new.is_none() || self.joined));
        match (old, new) {
            (Some(old), Some(new)) => Some(self.both(old, new)),
            (None, None) => self.two_levels(2),
            (one, other) => one.or(other),
        }
    }

    /// Two ways of reading are one if they lead to the same unit, or if a word says that the part before is a commune;
    /// else somebody has to choose.
    fn both(&self, old: Read<'u>, new: Read<'u>) -> Read<'u> {
        let says_commune = old.at < new.at && old.at.is_some_and(|at| self.parts[at].says(Level::Commune));
        match (&old.place, &new.place) {
            (Converted::One(one), Converted::One(other)) if one == other => old,
            _ if says_commune => old,
            (one, other) => {
                let choices = pick::choices(pick::named(one).into_iter().chain(pick::named(other)));
                Read { at: None, old: None, place: Converted::Unknown(choices) }
            }
        }
    }

    /// Returns the districts of before that the part before the province names; if no province is named, of any.
    pub fn districts(&self) -> Vec<Unit<'u>> {
        let Some(at) = self.tail.checked_sub(1) else { return Vec::new() };
        pick::likely(&self.parts[at], self.marked, self.old.all(Level::District).filter(|unit| self.is_inside(unit)))
    }

    /// Returns whether a unit of before lies in a province that is named; if none is, everything does.
    pub fn is_inside(&self, unit: &Unit<'u>) -> bool {
        self.tail == self.parts.len() || self.before.iter().any(|province| unit.is_within(province.row().code))
    }

    /// Returns what a unit is by the catalogue.
    pub fn became(&self, unit: &Unit<'u>) -> Converted<'u> {
        self.here.units.convert(&unit.code(), self.here.day)
    }

    /// Reads commune and district of before 01/07/2025, or one of the five districts that had no communes.
    fn three_levels(&self) -> Option<Read<'u>> {
        let districts = self.districts();
        let at = self.tail.checked_sub(1)?;
        if let [island] = districts[..]
            && !island.row().went.is_empty()
        {
            return Some(self.went(at, &[island]));
        }
        let within = |unit: &Unit<'u>| districts.iter().any(|it| Some(it.row().code) == unit.row().district);
        let at = at.checked_sub(1)?;
        let communes = pick::fitting(&self.parts[at], self.marked, self.old.all(Level::Commune).filter(within));
        (!communes.is_empty()).then(|| self.went(at, &communes))
    }

    /// Reads a commune of the catalogue, or one that has had another name since 01/07/2025, so many parts before the
    /// province. Two parts before it stands one to which a district of before was left.
    fn two_levels(&self, before: usize) -> Option<Read<'u>> {
        let at = self.tail.checked_sub(before)?;
        if before > 1 && self.districts().is_empty() {
            return None;
        }
        let inside = |unit: &Unit<'u>| self.now.contains(&unit.row().province);
        let mut found = pick::fitting(&self.parts[at], self.marked, self.here.all(Level::Commune).filter(inside));
        if found.is_empty() {
            found = pick::fitting(&self.parts[at], self.marked, self.earlier().filter(inside));
        }
        (!found.is_empty()).then(|| Read { old: None, ..self.went(at, &found) })
    }

    /// Reads a commune of before 01/07/2025 whose district was left out.
    fn without_district(&self) -> Option<Read<'u>> {
        let at = self.tail.checked_sub(1).filter(|_| !self.before.is_empty())?;
        let inside = self.old.all(Level::Commune).filter(|unit| self.is_inside(unit));
        let found = pick::fitting(&self.parts[at], self.marked, inside);
        (!found.is_empty()).then(|| self.went(at, &found))
    }

    /// Returns what became of a unit; if there are several of the name, what became of any of them, to choose from. A name
    /// without its kind may be that of a street, so it is asked about.
    fn went(&self, at: usize, found: &[Unit<'u>]) -> Read<'u> {
        if let [one] = found {
            let place = match self.became(one) {
                Converted::One(unit) if !self.parts[at].is_full(one) => Converted::Unknown(pick::choices([unit])),
                other => other,
            };
            return Read { at: Some(at), old: Some(*one), place };
        }
        let choices = pick::choices(found.iter().flat_map(|unit| pick::named(&self.became(unit))));
        Read { at: Some(at), old: None, place: Converted::Unknown(choices) }
    }

    /// Returns the communes under names that they had since 01/07/2025, and those that have ended since.
    fn earlier(&self) -> impl Iterator<Item = Unit<'u>> {
        let (units, day) = (self.here.units, self.here.day);
        let ended = move |place: usize| {
            let row = units.row(place);
            let from = row.from.filter(|_| row.until.is_some_and(|until| until <= day))?;
            Some(Unit { units, place, day: from })
        };
        units.places(Level::Commune, day).filter_map(ended)
    }
}
