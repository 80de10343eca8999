//! The commune that was chosen, as a form carries it from page to page.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use units::{CodeError, Converted, Level, Unit, UnitCode, Units};

/// A commune, and the one of before 01/07/2025 by which it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The commune.
    pub commune: UnitCode,
    /// The commune of before.
    pub old: Option<UnitCode>,
}

/// The meaning of a place on a day.
#[derive(Debug)]
pub(super) enum Stands<'u> {
    /// It is this commune.
    Here(Place),
    /// It was split since it was chosen.
    Split(Vec<Unit<'u>>),
    /// There is no such commune, or it did not come of the old one: nobody was offered it.
    Nowhere,
}

impl Place {
    /// Returns the place of a unit, with the one that was typed if that is another one.
    pub(super) fn of(unit: &Unit<'_>, old: Option<&Unit<'_>>) -> Self {
        let commune = unit.code();
        Self { commune, old: old.map(Unit::code).filter(|old| *old != commune) }
    }

    /// Returns the commune of a day that it is, if it is one, with the one of before.
    #[must_use]
    pub fn here(&self, units: &Units, day: Date) -> Option<Self> {
        match self.on(units, day) {
            Stands::Here(place) => Some(place),
            Stands::Split(_) | Stands::Nowhere => None,
        }
    }

    /// Returns what it is on a day. A form may have been open for long, and whoever sent it may have written in it.
    pub(super) fn on<'u>(&self, units: &'u Units, day: Date) -> Stands<'u> {
        if self.old.is_some_and(|old| units.unit(&old).is_none_or(|old| old.kind().level() < Level::District)) {
            return Stands::Nowhere;
        }
        match units.convert(&self.commune, day) {
            Converted::One(unit) => {
                let came = |old: UnitCode| units.successors(&old, day).iter().any(|it| it.unit == unit);
                let is_commune = unit.kind().level() == Level::Commune;
                // An old commune may stand where the new one should: then it is the one of before.
                let is_new = !units.catalogue(self.commune.catalogue).has_districts();
                let before = if is_new { self.old } else { Some(self.commune) };
                match is_commune && before.is_none_or(came) {
                    true => Stands::Here(Self { commune: unit.code(), old: before.filter(|it| *it != unit.code()) }),
                    false => Stands::Nowhere,
                }
            }
            Converted::Several(all) => Stands::Split(all.into_iter().map(|it| it.unit).collect()),
            Converted::Unknown(_) => Stands::Nowhere,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.old {
            Some(old) => write!(f, "{}/{old}", self.commune),
            None => write!(f, "{}", self.commune),
        }
    }
}

impl FromStr for Place {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (commune, old) = text.split_once('/').map_or((text, None), |(commune, old)| (commune, Some(old)));
        Ok(Self { commune: commune.parse()?, old: old.map(str::parse).transpose()? })
    }
}
