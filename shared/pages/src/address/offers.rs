//! Communes to choose from for what was typed, of today and of before.

use jiff::civil::{Date, date};
use units::{Choice, Converted, MOST_CHOICES, Nearness, Unit, Units};

use super::place::Place;

/// The last day of the catalogue with districts.
const BEFORE: Date = date(2025, 6, 30);

/// A commune that may be meant.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'u> {
    /// The commune of today.
    pub unit: Unit<'u>,
    /// The one of before by which it was found.
    pub old: Option<Unit<'u>>,
}

/// Communes to choose from, the nearest first.
#[derive(Debug, Default)]
pub struct Offers<'u> {
    /// Each commune once, no more than [`MOST_CHOICES`].
    pub choices: Vec<Offer<'u>>,
    /// The number of others that were left out, as far as they were counted.
    pub more: usize,
    /// The one commune of before that was typed and has been split.
    pub split: Option<Unit<'u>>,
}

/// The answer to what was typed.
pub(super) enum Sought<'u> {
    /// It has one meaning; what stood before the commune belongs to the street.
    One {
        /// The commune.
        place: Place,
        /// The text before it.
        street: String,
    },
    /// Somebody has to choose.
    Several {
        /// The communes.
        offers: Offers<'u>,
        /// The text before the commune; `None` if nobody knows where that begins.
        street: Option<String>,
    },
    /// There is no such commune.
    Nothing,
}

impl Offer<'_> {
    /// Returns the value by which a form carries it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(&self.unit, self.old.as_ref())
    }
}

impl<'u> Offers<'u> {
    /// Makes the choice of communes that became of one.
    pub(super) fn of(old: Option<Unit<'u>>, units: Vec<Unit<'u>>) -> Self {
        let mut offers = Self::default();
        units.into_iter().for_each(|unit| offers.add(Offer { unit, old }));
        offers
    }

    fn add(&mut self, offer: Offer<'u>) {
        if self.choices.iter().any(|it| it.unit == offer.unit) {
            return;
        }
        if self.choices.len() < MOST_CHOICES {
            self.choices.push(offer);
        } else {
            self.more += 1;
        }
    }
}

/// Reads a whole address, or its end.
pub(super) fn whole<'u>(units: &'u Units, today: Date, text: &str) -> Sought<'u> {
    let Ok(typed) = units.catalogue(today).read(text) else { return Sought::Nothing };
    let cut = typed.street.len() < text.trim().len();
    match typed.place {
        Converted::One(unit) => Sought::One { place: Place::of(&unit, typed.old.as_ref()), street: typed.street },
        Converted::Several(all) => {
            let offers = Offers::of(typed.old, all.into_iter().map(|it| it.unit).collect());
            Sought::Several { offers: Offers { split: typed.old, ..offers }, street: cut.then_some(typed.street) }
        }
        Converted::Unknown(near) if near.is_empty() => Sought::Nothing,
        Converted::Unknown(near) => {
            let offers = Offers::of(typed.old, near.iter().map(|choice| choice.unit).collect());
            Sought::Several { offers, street: cut.then_some(typed.street) }
        }
    }
}

/// Looks for a commune by what was typed in its field: a name of today or of before, behind a comma a district or a province.
pub(super) fn commune<'u>(units: &'u Units, today: Date, typed: &str) -> Sought<'u> {
    let read = match whole(units, today, typed) {
        Sought::Several { offers, street } if offers.split.is_none() => Some((offers, street)),
        Sought::Nothing => None,
        sure => return sure,
    };
    let mut offers = Offers::default();
    let (now, before) = (units.catalogue(today).search(typed, None), units.catalogue(BEFORE).search(typed, None));
    let mut found: Vec<(Nearness, Offer<'u>)> = Vec::new();
    found.extend(now.choices.iter().map(|Choice { unit, nearness }| (*nearness, Offer { unit: *unit, old: None })));
    for Choice { unit: old, nearness } in before.choices {
        for unit in became(units, today, &old) {
            found.push((nearness, Offer { unit, old: Some(old).filter(|old| *old != unit) }));
        }
    }
    // In one nearness the names of today come first.
    found.sort_by_key(|(nearness, _)| *nearness);
    found.into_iter().for_each(|(_, offer)| offers.add(offer));
    offers.more += now.more + before.more;
    let street = read.and_then(|(read, street)| {
        read.choices.into_iter().for_each(|offer| offers.add(offer));
        street
    });
    if offers.choices.is_empty() { Sought::Nothing } else { Sought::Several { offers, street } }
}

fn became<'u>(units: &'u Units, today: Date, old: &Unit<'u>) -> Vec<Unit<'u>> {
    match units.convert(&old.code(), today) {
        Converted::One(unit) => vec![unit],
        Converted::Several(all) => all.into_iter().map(|it| it.unit).collect(),
        Converted::Unknown(_) => Vec::new(),
    }
}
