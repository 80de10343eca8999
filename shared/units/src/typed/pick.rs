//! The units that a part of an address can be.

use crate::catalogue::Unit;
use crate::convert::Converted;
use crate::part::Part;
use crate::search::{Choice, MOST_CHOICES, Nearness};

/// Returns the units that fit; in an address with marks, of several those with the same.
pub(super) fn fitting<'u>(part: &Part, marked: bool, units: impl Iterator<Item = Unit<'u>>) -> Vec<Unit<'u>> {
    with_marks(part, marked, units.filter(|unit| part.fits(unit)).collect())
}

/// Returns the units that fit; if none does, those of the name but of another kind, or that had the name.
pub(super) fn likely<'u>(part: &Part, marked: bool, units: impl Iterator<Item = Unit<'u>>) -> Vec<Unit<'u>> {
    let near: Vec<_> = units.filter(|unit| part.fits(unit) || part.nearly_fits(unit)).collect();
    let fitting: Vec<_> = near.iter().copied().filter(|unit| part.fits(unit)).collect();
    with_marks(part, marked, if fitting.is_empty() { near } else { fitting })
}

fn with_marks<'u>(part: &Part, marked: bool, mut units: Vec<Unit<'u>>) -> Vec<Unit<'u>> {
    if marked && units.len() > 1 && units.iter().any(|unit| part.has_marks_of(unit)) {
        units.retain(|unit| part.has_marks_of(unit));
    }
    units
}

/// Returns the units that an answer names.
pub(super) fn named<'u>(converted: &Converted<'u>) -> Vec<Unit<'u>> {
    match converted {
        Converted::One(unit) => vec![*unit],
        Converted::Several(successors) => successors.iter().map(|successor| successor.unit).collect(),
        Converted::Unknown(choices) => choices.iter().map(|choice| choice.unit).collect(),
    }
}

/// Returns units to choose from.
pub(super) fn choices<'u>(units: impl IntoIterator<Item = Unit<'u>>) -> Vec<Choice<'u>> {
    let mut choices = Vec::new();
    add(units, &mut choices);
    choices
}

/// Adds units to choose from, each once and no more than are shown.
pub(super) fn add<'u>(units: impl IntoIterator<Item = Unit<'u>>, choices: &mut Vec<Choice<'u>>) {
    for unit in units {
        if choices.len() < MOST_CHOICES && choices.iter().all(|choice| choice.unit != unit) {
            choices.push(Choice { unit, nearness: Nearness::Plain });
        }
    }
}
