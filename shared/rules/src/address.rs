//! An address with the codes of its commune, as a dossier's people will keep it.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use units::{Converted, LONGEST_ADDRESS, Level, Typed, Unit, UnitCode, Units};

/// House and street, and the commune by its code. The province follows from the commune. An address that is only known
/// as a text, as in every item of before, stays a text beside it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    street: String,
    commune: UnitCode,
    /// The commune of before 01/07/2025, where somebody gave it: postmen know it longer than the new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    old: Option<UnitCode>,
}

/// Reason why an address was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing stands before the commune.
    #[error("house, street or hamlet is missing")]
    NoStreet,
    /// Longer than [`LONGEST_ADDRESS`] characters.
    #[error("has more than {LONGEST_ADDRESS} characters")]
    TooLong,
    /// Nothing is known by the code on its day, or it is no commune.
    #[error("there is no commune of this code")]
    NoCommune,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(hidden)")
    }
}

impl Address {
    /// Takes an address whose commune was chosen. Line breaks and what nobody sees become spaces.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn of(units: &Units, street: &str, commune: UnitCode, old: Option<UnitCode>) -> Result<Self, AddressError> {
        let seen: String = street.nfc().map(|c| if c.is_control() || is_turning(c) { ' ' } else { c }).collect();
        let street = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        if street.is_empty() {
            return Err(AddressError::NoStreet);
        }
        if street.chars().count() > LONGEST_ADDRESS {
            return Err(AddressError::TooLong);
        }
        let known = |code: &UnitCode, level| units.unit(code).is_some_and(|unit| unit.kind().level() >= level);
        if !known(&commune, Level::Commune) || old.as_ref().is_some_and(|old| !known(old, Level::District)) {
            return Err(AddressError::NoCommune);
        }
        Ok(Self { street, commune, old })
    }

    /// Takes an address as it was typed, if it has one meaning; else somebody has to choose.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn of_typed(units: &Units, typed: &Typed<'_>) -> Option<Result<Self, AddressError>> {
        let Converted::One(unit) = &typed.place else { return None };
        let old = typed.old.map(|old| old.code()).filter(|old| *old != unit.code());
        Some(Self::of(units, &typed.street, unit.code(), old))
    }

    /// Returns house and street.
    #[must_use]
    pub fn street(&self) -> &str {
        &self.street
    }

    /// Returns the commune.
    #[must_use]
    pub fn commune(&self) -> UnitCode {
        self.commune
    }

    /// Returns the commune of before, if it was given.
    #[must_use]
    pub fn old(&self) -> Option<UnitCode> {
        self.old
    }

    /// Returns what its commune is on a day: after a change it may be several, and has to be confirmed anew.
    #[must_use]
    pub fn on<'u>(&self, units: &'u Units, day: Date) -> Converted<'u> {
        units.convert(&self.commune, day)
    }

    /// Returns whether it is another address than one that was declared as a text: another street, or a commune that the
    /// text cannot mean.
    #[must_use]
    pub fn differs(&self, units: &Units, day: Date, declared: &str) -> bool {
        let Ok(typed) = units.catalogue(day).read(declared) else { return true };
        let same = |unit: &Unit<'_>| unit.code().code == self.commune.code;
        let meant = match &typed.place {
            Converted::One(unit) => same(unit),
            Converted::Several(all) => all.iter().any(|it| same(&it.unit)),
            Converted::Unknown(near) => near.iter().any(|it| same(&it.unit)),
        };
        !meant || compared(&self.street) != compared(&typed.street)
    }

    /// Returns its lines for a letter: house and street, commune and province by the names of a day, and the ones of
    /// before in brackets.
    #[must_use]
    pub fn lines(&self, units: &Units, day: Date) -> Vec<String> {
        let now = match self.on(units, day) {
            Converted::One(unit) => Some(unit.full()),
            Converted::Several(_) | Converted::Unknown(_) => units.unit(&self.commune).map(|unit| unit.full()),
        };
        let old = self.old.and_then(|old| units.unit(&old)).map(|unit| format!("(trước đây: {})", unit.full()));
        std::iter::once(self.street.clone()).chain(now).chain(old).collect()
    }
}

/// Returns a street as two are compared: letters and digits, in small letters.
fn compared(street: &str) -> String {
    street.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns whether it turns the direction of what follows it.
fn is_turning(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-28";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn typed(text: &str) -> Option<Address> {
        let units = Units::official();
        let typed = units.catalogue(day(TODAY)).read(text).unwrap();
        Address::of_typed(units, &typed).map(Result::unwrap)
    }

    fn of(street: &str, commune: &str) -> Result<Address, AddressError> {
        Address::of(Units::official(), street, commune.parse().unwrap(), None)
    }

    #[test]
    fn a_letter_bears_the_new_address_and_the_commune_and_district_of_before() {
        let address = typed("12 Lê Lợi, P. Bến Nghé, Q1, TP.HCM").unwrap();
        let lines = address.lines(Units::official(), day(TODAY));
        assert_eq!(
            lines,
            [
                "12 Lê Lợi",
                "Phường Sài Gòn, Thành phố Hồ Chí Minh",
                "(trước đây: Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh)"
            ]
        );
    }

    #[test]
    fn it_is_stored_with_the_day_of_each_code_and_read_back() {
        let address = typed("12 Lê Lợi, P. Bến Nghé, Q1, TP.HCM").unwrap();
        let stored = serde_json::to_string(&address).unwrap();
        let expected = r#"{"street":"12 Lê Lợi","commune":"26740@2026-09-20","old":"26740@2025-06-30"}"#;
        assert_eq!(stored, expected);
        assert_eq!(serde_json::from_str::<Address>(&stored).unwrap(), address);
        assert_eq!(format!("{address:?}"), "Address(hidden)");
    }

    #[test]
    fn what_has_several_meanings_is_not_taken() {
        assert_eq!(typed("5 Đội Cấn, Phường Cống Vị, Quận Ba Đình, Hà Nội"), None);
        assert_eq!(typed("5 Đội Cấn"), None);
    }

    #[test]
    fn a_commune_of_2025_bears_its_name_of_the_day() {
        let address = of("Thôn 3", "25270@2025-07-01").unwrap();
        let second = |text: &str| address.lines(Units::official(), day(text))[1].clone();
        assert_eq!(second("2026-04-29"), "Xã Lộc Ninh, Tỉnh Đồng Nai");
        assert_eq!(second("2026-04-30"), "Phường Lộc Ninh, Thành phố Đồng Nai");
    }

    #[test]
    fn it_differs_from_what_was_declared_by_street_or_commune_and_not_by_writing() {
        let differs = |typed_now: &str, declared: &str| {
            typed(typed_now).unwrap().differs(Units::official(), day(TODAY), declared)
        };
        let address = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM";
        assert!(!differs(address, "12  lê lợi , P.Bến Nghé Q1 TPHCM"));
        assert!(!differs(address, "12 Lê Lợi, Phường Sài Gòn, TP.HCM"));
        assert!(differs(address, "14 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM"));
        assert!(differs(address, "12 Lê Lợi, Phường Bến Thành, Quận 1, TP.HCM"));
        assert!(differs(address, "12 Lê Lợi"));
        assert!(differs(address, &"ô".repeat(501)));
        let split = "5 Đội Cấn, Phường Cống Vị, Ba Đình, Hà Nội";
        let giang_vo = Units::official().catalogue(day(TODAY)).search("Giảng Võ, Hà Nội", None).choices[0].unit.code();
        let chosen = Address::of(Units::official(), "5 Đội Cấn", giang_vo, None).unwrap();
        assert!(!chosen.differs(Units::official(), day(TODAY), split));
    }

    #[test]
    fn each_mistake_is_named() {
        assert_eq!(of(" \n ", "26740@2026-01-01"), Err(AddressError::NoStreet));
        assert_eq!(of(&"ô".repeat(501), "26740@2026-01-01"), Err(AddressError::TooLong));
        assert_eq!(of("1", "99999@2026-01-01"), Err(AddressError::NoCommune));
        assert_eq!(of("1", "79@2026-01-01"), Err(AddressError::NoCommune));
        assert_eq!(of("1", "760@2025-06-30"), Err(AddressError::NoCommune));
        assert_eq!(of("\u{202e}12\nLê  Lợi", "26740@2026-01-01").unwrap().street(), "12 Lê Lợi");
    }
}
