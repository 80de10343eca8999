//! Contents of the tables, and laws of everything that is made of them.

mod changes;
mod conversions;
mod names;

use jiff::civil::Date;

use crate::{Catalogue, Code, Converted, Level, Unit, UnitCode};

const BEFORE: &str = "2025-06-30";
const FIRST: &str = "2025-07-01";
const TODAY: &str = "2026-11-28";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn on(text: &str) -> Catalogue<'static> {
    Catalogue::of(day(text))
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn communes(catalogue: Catalogue<'static>) -> Vec<Unit<'static>> {
    catalogue.all(Level::Commune).collect()
}

fn unit(text: &str) -> Unit<'static> {
    let code: UnitCode = text.parse().unwrap();
    crate::Units::official().unit(&code).unwrap()
}

/// Returns the answer in short: one full name, several with what went there, or the nearest ones behind `?`.
fn said(converted: &Converted<'_>) -> String {
    match converted {
        Converted::One(unit) => unit.full(),
        Converted::Several(all) => {
            all.iter().map(|it| format!("{} {:?}", it.unit, it.share)).collect::<Vec<_>>().join(" | ")
        }
        Converted::Unknown(near) => {
            format!("? {}", near.iter().map(|it| it.unit.full()).collect::<Vec<_>>().join(" | "))
        }
    }
}
