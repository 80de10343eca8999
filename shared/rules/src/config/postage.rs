//! Postage by an operator's table, and the office's own place, from which distances count.

use serde_json::Value;
use units::{Level, UnitCode};

use super::entry::Entry;
use crate::post::postage::{Class, MOST_CLASSES, Tariff};
use crate::post::transit::Place;
use crate::vnd::Vnd;

/// The setting of a post's entry.
const FIELD: &str = "postage";

/// Reads where the office's parcels begin: `commune = "22366@2025-07-01"` and, if it has one, `old_commune`, the commune
/// of before 01/07/2025, which tells the district.
pub(super) fn place(entry: &mut Entry<'_>) -> Option<Place> {
    let (commune, old) = (unit(entry, "commune"), unit(entry, "old_commune"));
    if old.is_some() && commune.is_none() {
        entry.problem("old_commune", "stands without commune");
    }
    commune.map(|commune| Place { commune, old })
}

fn unit(entry: &mut Entry<'_>, field: &'static str) -> Option<UnitCode> {
    let text = entry.optional_text(field)?;
    let read: Option<UnitCode> = text.parse().ok().filter(|unit: &UnitCode| unit.code.level() == Level::Commune);
    if read.is_none() {
        entry.problem(field, "is no commune with its day, such as \"22366@2025-07-01\"");
    }
    read
}

/// Reads the table of postage; `None` if there is none. A mistake is a problem of the entry.
///
/// ```toml
/// [posts.postage]                                 # without it receivers pay the postman, unless a notice makes it free
/// in_province = 26000                             # one amount in đồng
/// elsewhere = [[100, 31000], [250, 35000]]        # or classes: up to so many grams, this amount
/// ```
pub(super) fn tariff(entry: &mut Entry<'_>) -> Option<Tariff> {
    entry
        .within(FIELD, |own| {
            let (in_province, elsewhere) = (classes(own, "in_province"), classes(own, "elsewhere"));
            Some(Tariff { in_province: in_province?, elsewhere: elsewhere? })
        })
        .flatten()
}

fn classes(own: &mut Entry<'_>, field: &'static str) -> Option<Vec<Class>> {
    let classes = match own.value(field) {
        Some(Value::Array(rows)) if (1..=MOST_CLASSES).contains(&rows.len()) => rows.iter().map(class).collect(),
        Some(amount) => vnd(amount).map(|amount_vnd| vec![Class { up_to_grams: None, amount_vnd }]),
        None => None,
    };
    let ascends = |classes: &Vec<Class>| classes.is_sorted_by(|one, next| one.up_to_grams < next.up_to_grams);
    let classes = classes.filter(ascends);
    if classes.is_none() {
        own.problem(field, "takes an amount in đồng, or up to 20 classes [grams, amount], the lightest first");
    }
    classes
}

fn class(row: &Value) -> Option<Class> {
    let [grams, amount] = row.as_array()?.as_slice() else { return None };
    let grams = u32::try_from(grams.as_u64()?).ok()?;
    Some(Class { up_to_grams: Some(grams), amount_vnd: vnd(amount)? })
}

fn vnd(amount: &Value) -> Option<Vnd> {
    amount.as_u64().and_then(|dong| Vnd::new(dong).ok()).filter(|amount| *amount > Vnd::ZERO)
}
