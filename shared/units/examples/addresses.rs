//! Reads addresses from standard input, one a line, by the catalogue of today's table or of the day given: the old unit,
//! what it is, the street, and everything that the old unit became, with tabs between. `cargo run -p units --example addresses 2025-07-01 < addresses.txt`

use std::io::{self, BufRead, Write};

use jiff::civil::{Date, date};
use units::{Catalogue, Converted, Unit, Units};

fn main() -> io::Result<()> {
    let day: Option<Date> = std::env::args().nth(1).map(|day| day.parse().expect("a day such as 2025-07-01"));
    let catalogue = Catalogue::of(day.unwrap_or(date(9999, 12, 31)));
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = match catalogue.read(&line?) {
            Err(error) => format!("\terror\t{error}\t\t"),
            Ok(typed) => {
                let old = typed.old.map(|unit| unit.code().to_string()).unwrap_or_default();
                let codes = |units: &[Unit<'_>]| {
                    let mut codes: Vec<_> = units.iter().map(|unit| unit.code().code.to_string()).collect();
                    codes.sort_unstable();
                    codes.join(" ")
                };
                let (what, codes) = match typed.place {
                    Converted::One(unit) => ("one", codes(&[unit])),
                    Converted::Several(all) => ("several", codes(&all.iter().map(|it| it.unit).collect::<Vec<_>>())),
                    Converted::Unknown(near) => ("unknown", codes(&near.iter().map(|it| it.unit).collect::<Vec<_>>())),
                };
                let became = typed.old.map(|unit| Units::official().successors(&unit.code(), catalogue.day()));
                let became: Vec<_> = became
                    .iter()
                    .flatten()
                    .map(|it| format!("{}:{}", it.unit.code().code, format!("{:?}", it.share).to_lowercase()))
                    .collect();
                format!("{old}\t{what}\t{codes}\t{}\t{}", typed.street, became.join(" "))
            }
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
