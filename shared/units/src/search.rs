//! Search by name, as somebody types it into a field.

use crate::catalogue::{Catalogue, Unit};
use crate::code::Code;
use crate::kind::Level;
use crate::part::Part;

/// The most choices of one answer.
pub const MOST_CHOICES: usize = 20;
/// The most characters that are looked at.
const LONGEST: usize = 100;

/// How near a name is to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// The same with its marks.
    Marked,
    /// The same without marks.
    Plain,
    /// It begins so.
    Prefix,
    /// It holds it.
    Contained,
}

/// A unit that may be meant. Show it with its province: 314 names occur in several.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'u> {
    /// The unit.
    pub unit: Unit<'u>,
    /// How near its name is.
    pub nearness: Nearness,
}

/// The answer of a search.
#[derive(Debug, Default)]
pub struct Found<'u> {
    /// The nearest, no more than [`MOST_CHOICES`].
    pub choices: Vec<Choice<'u>>,
    /// The number of others that were left out.
    pub more: usize,
}

impl<'u> Catalogue<'u> {
    /// Looks for communes by name, in any case, with or without marks, with or without their kind. Behind a comma may
    /// stand a district or a province to look in; `within` is one that is known already.
    #[must_use]
    pub fn search(&self, typed: &str, within: Option<Code>) -> Found<'u> {
        self.nearest(Level::Commune, typed, within)
    }

    /// Looks for provinces by name, in the same way.
    #[must_use]
    pub fn search_provinces(&self, typed: &str) -> Found<'u> {
        self.nearest(Level::Province, typed, None)
    }

    fn nearest(&self, level: Level, typed: &str, within: Option<Code>) -> Found<'u> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut parts = typed.split(',').map(Part::of).filter(|part| !part.is_empty());
        let Some(part) = parts.next() else { return Found::default() };
        let places: Vec<_> = parts.filter(|_| level == Level::Commune).map(|part| self.named(&part)).collect();
        let inside = |unit: &Unit<'u>| {
            within.is_none_or(|within| unit.is_within(within))
                && places.iter().all(|places| places.iter().any(|place| unit.is_within(*place)))
        };
        let ranked = self.all(level).filter(inside).filter_map(|unit| Some((rank(&part, &unit)?, unit)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(rank, unit)| (*rank, unit.name().len(), unit.row().code));
        let more = ranked.len().saturating_sub(MOST_CHOICES);
        let near = ranked.into_iter().take(MOST_CHOICES);
        Found { choices: near.map(|((nearness, ..), unit)| Choice { unit, nearness }).collect(), more }
    }

    /// Returns the provinces and districts that have this name; if none does, those whose name begins so.
    fn named(&self, part: &Part) -> Vec<Code> {
        let units = self.all(Level::Province).chain(self.all(Level::District));
        let ranked: Vec<_> =
            units.filter_map(|unit| Some((rank(part, &unit)?.0.max(Nearness::Plain), unit.row().code))).collect();
        let nearest = ranked.iter().map(|(nearness, _)| *nearness).min().filter(|nearest| *nearest <= Nearness::Prefix);
        ranked.into_iter().filter(|(nearness, _)| Some(*nearness) == nearest).map(|(_, code)| code).collect()
    }
}

/// Nearness, whether the marks or the kind are other ones than typed.
type Rank = (Nearness, bool, bool);

fn rank(part: &Part, unit: &Unit<'_>) -> Option<Rank> {
    let name = unit.units.name(unit.place);
    let readings = part.readings().filter_map(|(kinds, typed)| {
        let nearness = if typed.marked == name.marked {
            Nearness::Marked
        } else if typed.plain == name.plain {
            Nearness::Plain
        } else if name.plain.starts_with(&typed.plain) {
            Nearness::Prefix
        } else if name.plain.contains(&typed.plain) {
            Nearness::Contained
        } else {
            return None;
        };
        let agrees = match nearness {
            Nearness::Marked => true,
            Nearness::Plain => typed.agrees(name),
            Nearness::Prefix | Nearness::Contained => typed.begins(name),
        };
        Some((nearness, !agrees, kinds.is_some_and(|kinds| !kinds.contains(&unit.kind()))))
    });
    let known = part.is_alias_of(unit).then_some((Nearness::Marked, false, false));
    readings.chain(known).min()
}
