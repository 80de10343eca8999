//! The units that may be meant by an address that was not understood.

use super::pick;
use super::reader::Reader;
use crate::catalogue::Unit;
use crate::kind::Level;
use crate::search::Choice;

/// Returns what has the name of the likeliest part, whatever its marks and kind: first what became of the communes of the
/// district that was typed, then of others of the province, then what is called so today.
pub(super) fn of<'u>(reader: &Reader<'u>, parts: &[(usize, &str)]) -> Vec<Choice<'u>> {
    let mut choices = Vec::new();
    let districts = reader.districts();
    // Before a district stands its commune; without one the last part may be it, or one that nobody knows.
    let before: &[usize] = if districts.is_empty() { &[1, 2] } else { &[2] };
    for at in before.iter().filter_map(|before| reader.tail.checked_sub(*before)) {
        let part = &reader.parts[at];
        if part.says(Level::District) || part.says(Level::Province) {
            continue;
        }
        let named: Vec<_> = reader.old.all(Level::Commune).filter(|unit| part.is_plainly(unit)).collect();
        let in_district = |unit: &&Unit<'u>| districts.iter().any(|it| unit.is_within(it.row().code));
        let in_province = |unit: &&Unit<'u>| reader.is_inside(unit);
        let near = named.iter().filter(in_district).chain(named.iter().filter(in_province));
        pick::add(near.flat_map(|unit| pick::named(&reader.became(unit))), &mut choices);
        let within = Some(&reader.now[..]).filter(|now| now.len() == 1).map(|now| now[0]);
        pick::add(reader.here.search(parts[at].1, within).choices.iter().map(|choice| choice.unit), &mut choices);
    }
    choices
}
