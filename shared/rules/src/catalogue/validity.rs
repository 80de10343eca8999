//! The version in force on a day.

use std::borrow::Borrow;

use jiff::civil::Date;

use super::Procedure;

/// Returns the version under which a dossier received on that day lives: the latest that has begun, unless its last day
/// is over. A version without a last day ends where the next one begins.
#[must_use]
pub fn in_force<P: Borrow<Procedure>>(versions: &[P], on: Date) -> Option<&P> {
    in_force_of(versions, on, |version| {
        let Procedure { version, valid_from, valid_until, .. } = version.borrow();
        (*version, *valid_from, *valid_until)
    })
}

/// Returns the same of whatever has a version, a first and a last day, as `dated` tells them.
#[must_use]
pub fn in_force_of<T>(versions: &[T], on: Date, dated: impl Fn(&T) -> (u32, Option<Date>, Option<Date>)) -> Option<&T> {
    let begun = |version: &&T| dated(version).1.is_none_or(|first| first <= on);
    let latest = versions.iter().filter(begun).max_by_key(|version| dated(version).0)?;
    dated(latest).2.is_none_or(|last| on <= last).then_some(latest)
}

/// Whether two versions of one procedure claim the same days. The later one may take over from an earlier one that has
/// no last day, by beginning after it does; anything else claims a day twice.
#[must_use]
pub fn overlap(one: &Procedure, other: &Procedure) -> bool {
    let (earlier, later) = if one.version <= other.version { (one, other) } else { (other, one) };
    let Some(from) = later.valid_from else { return true };
    match earlier.valid_until {
        Some(until) => from <= until,
        None => earlier.valid_from.is_some_and(|first| from <= first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROCEDURE: &str = r#"{"code":"1.000001","version":1,"name_vi":"v","name_en":"e","legal_basis":"l",
        "limit":{"allowance":{"n":5,"unit":"working_days"}}}"#;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_version_in_force_is_the_latest_that_has_begun_and_is_not_over() {
        let version = |version: u32, from: Option<&str>, until: Option<&str>| Procedure {
            version,
            valid_from: from.map(day),
            valid_until: until.map(day),
            ..serde_json::from_str(PROCEDURE).unwrap()
        };
        let all = [
            version(1, None, None),
            version(3, Some("2026-07-01"), Some("2026-12-31")),
            version(2, Some("2025-01-01"), None),
        ];
        let on = |date: &str| in_force(&all, date.parse().unwrap()).map(|found| found.version);
        assert_eq!([on("2024-12-31"), on("2025-01-01"), on("2026-06-30")], [Some(1), Some(2), Some(2)]);
        assert_eq!([on("2026-07-01"), on("2026-12-31"), on("2027-01-01")], [Some(3), Some(3), None]);
    }
}
