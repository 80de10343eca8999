//! Text of a parcel's label: a name, a telephone, an address. It is kept in the dossier's own partition alone.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use units::{Converted, UnitCode, Units};

use super::Person;

/// The receiver of a parcel (for papers that come in: the sender), as it is written on the label and told to the operator.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The name.
    pub name: String,
    /// The telephone that the postman calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// House and street; commune and province; those of before.
    pub lines: Vec<String>,
    /// The province, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<UnitCode>,
    /// The person who may take it, beside the one named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_receive: Option<String>,
    /// Whether the address was confirmed.
    pub confirmed: bool,
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Label(hidden)")
    }
}

impl Label {
    /// Writes one for the applicant: to the confirmed address, or to the declared one.
    #[must_use]
    pub fn of(person: &Person, units: &Units, day: Date) -> Self {
        let party = &person.applicant;
        let Some(mailing) = person.mailing.as_deref() else {
            let declared = party.address.clone().unwrap_or_default();
            let read = units.catalogue(day).read(&declared).ok();
            let province = read.and_then(|typed| match typed.place {
                Converted::One(unit) => unit.province().map(|province| province.code()),
                Converted::Several(_) | Converted::Unknown(_) => None,
            });
            let (name, telephone) = (party.name.clone(), party.phone.clone());
            return Self { name, telephone, lines: vec![declared], province, may_receive: None, confirmed: false };
        };
        let province = match mailing.address.on(units, day) {
            Converted::One(unit) => unit.province().map(|province| province.code()),
            Converted::Several(_) | Converted::Unknown(_) => None,
        };
        // All successors of a split commune lie in one province, so any of them names it.
        let province = province.or_else(|| {
            let unit = units.unit(&mailing.address.commune())?;
            unit.province().map(|province| province.code())
        });
        Self {
            name: party.name.clone(),
            telephone: mailing.phone.clone().or_else(|| party.phone.clone()),
            lines: mailing.address.lines(units, day),
            province,
            may_receive: mailing.receiver.clone(),
            confirmed: true,
        }
    }

    /// Returns the address in one line.
    #[must_use]
    pub fn line(&self) -> String {
        self.lines.join(", ")
    }
}
