//! Which version is in force on which day.

use std::borrow::Borrow;

use jiff::civil::Date;

use super::Procedure;

/// The version under which a dossier received on that day lives: the latest that has begun, unless its last day is
/// over. A version without a last day ends where the next one begins.
#[must_use]
pub fn in_force<P: Borrow<Procedure>>(versions: &[P], on: Date) -> Option<&P> {
    let begun = |version: &&P| (**version).borrow().valid_from.is_none_or(|first| first <= on);
    let latest = versions.iter().filter(begun).max_by_key(|version| (*version).borrow().version)?;
    latest.borrow().valid_until.is_none_or(|last| on <= last).then_some(latest)
}

/// Whether two versions of one procedure claim the same days. The later one may take over from an earlier one that has
/// no last day, by beginning after it does; everything else is said twice.
#[must_use]
pub fn overlap(one: &Procedure, other: &Procedure) -> bool {
    let (earlier, later) = if one.version <= other.version { (one, other) } else { (other, one) };
    let Some(from) = later.valid_from else { return true };
    match earlier.valid_until {
        Some(until) => from <= until,
        None => earlier.valid_from.is_some_and(|first| from <= first),
    }
}
