//! The steps of an address from one page to the next. Nothing is kept meanwhile: each page carries what was typed.

use std::fmt;

use jiff::civil::Date;
use rules::address::{Address, AddressError};
use rules::language::{Both, Language};
use units::{LONGEST_ADDRESS, Units};

use super::offers::{self, Offers, Sought};
use super::place::{Place, Stands};
use crate::form::Form;
use crate::part::errors::{Mistake, Mistakes};

/// Name and id of house and street.
pub(super) const STREET: &str = "address_street";
/// Name and id of the search for a commune.
pub(super) const COMMUNE: &str = "address_commune";
/// Name and id of the choice.
pub(super) const PLACE: &str = "address_place";
/// Name of the buttons.
pub(super) const STEP: &str = "address_step";
/// The most characters of the search.
pub(super) const LONGEST_COMMUNE: usize = 200;

/// The labels of the fields.
pub(super) const STREET_NAME: Both = ["Số nhà, đường, thôn, tổ dân phố", "House, street, hamlet"];
/// The same.
pub(super) const COMMUNE_NAME: Both = ["Phường, xã, đặc khu", "Commune (phường, xã)"];
/// The same.
pub(super) const PLACE_NAME: Both = ["Chọn phường, xã", "Choose the commune"];

/// The button that sent the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pressed {
    /// None: the page is opened, or another one asked for it. What is known is proposed, without a word on what is missing.
    #[default]
    Nothing,
    /// To look for the commune.
    Seek,
    /// To go on with the one that is chosen.
    Choose,
    /// To let the address count.
    Confirm,
    /// To type it anew.
    Change,
}

impl Pressed {
    const NAMED: [(Self, &'static str); 4] =
        [(Self::Seek, "seek"), (Self::Choose, "choose"), (Self::Confirm, "confirm"), (Self::Change, "change")];

    /// Returns the value of the button.
    pub(super) fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(it, _)| *it == self).map_or("", |(_, name)| name)
    }

    fn read(name: Option<&str>) -> Self {
        Self::NAMED.iter().find(|(_, it)| Some(*it) == name).map_or(Self::Nothing, |(it, _)| *it)
    }
}

/// The catalogue that communes are looked for in, and the language of mistakes.
#[derive(Clone, Copy, Debug)]
pub struct Known<'u> {
    /// Provinces and communes.
    pub units: &'u Units,
    /// Today.
    pub today: Date,
    /// The language of the page.
    pub lang: Language,
}

/// Everything typed and chosen.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AddressForm {
    pub(super) street: String,
    pub(super) commune: String,
    pub(super) place: Option<Place>,
    pressed: Pressed,
}

impl fmt::Debug for AddressForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressForm").field("pressed", &self.pressed).finish_non_exhaustive()
    }
}

/// The step that comes next.
#[derive(Debug)]
pub enum Step<'u> {
    /// To type house, street and commune.
    Ask,
    /// To choose the commune.
    Choose(Offers<'u>),
    /// To look at the address once more.
    ReadBack(Address),
    /// It was read back and confirmed: now it counts.
    Taken(Address),
}

/// A form at its next step.
#[derive(Debug)]
pub struct At<'u> {
    /// Everything typed and chosen until now.
    pub form: AddressForm,
    /// The step.
    pub step: Step<'u>,
    /// The mistakes in what was sent.
    pub mistakes: Mistakes,
}

impl AddressForm {
    /// Reads what a page sent.
    #[must_use]
    pub fn of(sent: &Form) -> Self {
        let text = |name| sent.get(name).unwrap_or_default().to_owned();
        let place = sent.get(PLACE).and_then(|place| place.parse().ok());
        Self { street: text(STREET), commune: text(COMMUNE), place, pressed: Pressed::read(sent.get(STEP)) }
    }

    /// Proposes an address that was declared as a text.
    #[must_use]
    pub fn of_declared(text: &str) -> Self {
        let street = if text.chars().count() > LONGEST_ADDRESS { "" } else { text.trim() };
        Self { street: street.to_owned(), ..Self::default() }
    }

    /// Proposes an address that is known with its commune.
    #[must_use]
    pub fn of_address(address: &Address) -> Self {
        let place = Place { commune: address.commune(), old: address.old() };
        Self { street: address.street().to_owned(), place: Some(place), ..Self::default() }
    }

    /// Returns the names of the fields, for a page that carries them on.
    pub const FIELDS: [&'static str; 4] = [STREET, COMMUNE, PLACE, STEP];

    /// Goes to the next step.
    #[must_use]
    pub fn step<'u>(self, known: &Known<'u>) -> At<'u> {
        match (self.pressed, self.place) {
            (Pressed::Change, _) => self.ask(known),
            (Pressed::Nothing | Pressed::Choose | Pressed::Confirm, Some(place)) => self.chosen(known, place),
            (Pressed::Nothing, None) => {
                // Nobody sent it, so nothing in it is a mistake.
                At { mistakes: Mistakes::default(), ..self.seek(known) }
            }
            (Pressed::Choose | Pressed::Confirm, None) => self.unchosen(known),
            (Pressed::Seek, _) => self.seek(known),
        }
    }

    /// The first step again. A commune that was chosen stands in the search by its name.
    fn ask<'u>(mut self, known: &Known<'u>) -> At<'u> {
        if let Some(unit) =
            self.place.take().filter(|_| self.commune.is_empty()).and_then(|it| known.units.unit(&it.commune))
        {
            self.commune = unit.full();
        }
        At { form: self, step: Step::Ask, mistakes: Mistakes::default() }
    }

    fn chosen<'u>(mut self, known: &Known<'u>, place: Place) -> At<'u> {
        match place.on(known.units, known.today) {
            Stands::Here(place) => self.read_back(known, place),
            Stands::Split(units) => {
                self.place = None;
                let split = known.units.unit(&place.commune);
                let old = place.old.and_then(|old| known.units.unit(&old)).or(split);
                self.choose(Offers { split, ..Offers::of(old, units) }, Mistakes::default())
            }
            Stands::Nowhere => {
                self.place = None;
                self.unchosen(known)
            }
        }
    }

    /// Nothing was chosen, or something that was not offered.
    fn unchosen<'u>(self, known: &Known<'u>) -> At<'u> {
        let at = self.seek(known);
        match at.step {
            Step::Choose(_) => {
                let why = known.lang.pick(["Chọn một phường, xã.", "Choose a commune."]);
                At { mistakes: Mistakes::at(PLACE, known.lang.pick(PLACE_NAME), why), ..at }
            }
            Step::Ask | Step::ReadBack(_) | Step::Taken(_) => at,
        }
    }

    fn read_back<'u>(mut self, known: &Known<'u>, place: Place) -> At<'u> {
        let confirmed = self.pressed == Pressed::Confirm;
        self.place = Some(place);
        match Address::of(known.units, &self.street, place.commune, place.old) {
            Ok(address) if confirmed => At { form: self, step: Step::Taken(address), mistakes: Mistakes::default() },
            Ok(address) => At { form: self, step: Step::ReadBack(address), mistakes: Mistakes::default() },
            Err(error) => {
                let mistakes = street_mistake(known, error).into_iter().fold(Mistakes::default(), with);
                At { mistakes, ..self.ask(known) }
            }
        }
    }

    fn choose<'u>(self, offers: Offers<'u>, mistakes: Mistakes) -> At<'u> {
        At { form: self, step: Step::Choose(offers), mistakes }
    }

    /// Looks for the commune. A whole address may stand in the first field.
    fn seek<'u>(mut self, known: &Known<'u>) -> At<'u> {
        let too_long = self.commune.chars().count() > LONGEST_COMMUNE;
        let alone = self.commune.is_empty();
        let sought = match (alone, too_long) {
            (_, true) => Sought::Nothing,
            (true, _) => offers::whole(known.units, known.today, &self.street),
            (false, _) => offers::commune(known.units, known.today, &self.commune),
        };
        match sought {
            Sought::One { place, street } => {
                self.divide(alone, &street);
                self.read_back(known, place)
            }
            // A street without a commune may have the name of one.
            Sought::Several { offers, street } if !alone || street.is_some() || self.pressed == Pressed::Nothing => {
                self.divide(alone, street.as_deref().unwrap_or_default());
                match self.wrong_street(known) {
                    Some(mistake) => At { mistakes: with(Mistakes::default(), mistake), form: self, step: Step::Ask },
                    None => self.choose(offers, Mistakes::default()),
                }
            }
            Sought::Several { .. } | Sought::Nothing => {
                let why = match (alone, too_long) {
                    (_, true) => TOO_LONG,
                    (true, _) => ["Ghi tên phường, xã.", "Type the name of the commune."],
                    (false, _) => NO_COMMUNE,
                };
                let wrong = mistake(known, COMMUNE, COMMUNE_NAME, why);
                let mistakes = self.wrong_street(known).into_iter().chain([wrong]).fold(Mistakes::default(), with);
                At { form: self, step: Step::Ask, mistakes }
            }
        }
    }

    /// Puts what stood before a commune to the street, and the rest of a whole address into the search.
    fn divide(&mut self, alone: bool, before: &str) {
        if alone {
            if let Some((_, commune)) = self.street.split_once(before).filter(|_| !before.is_empty()) {
                self.commune = commune.trim_matches(|c: char| c.is_whitespace() || ",;|-".contains(c)).to_owned();
                self.street = before.to_owned();
            } else {
                self.commune = std::mem::take(&mut self.street);
            }
        } else if !before.is_empty() && !self.street.is_empty() && !self.street.ends_with(before) {
            self.street = format!("{}, {before}", self.street);
        } else if self.street.is_empty() {
            before.clone_into(&mut self.street);
        }
    }

    fn wrong_street(&self, known: &Known<'_>) -> Option<Mistake> {
        let error = match self.street.chars().count() {
            0 => AddressError::NoStreet,
            count if count > LONGEST_ADDRESS => AddressError::TooLong,
            _ => return None,
        };
        street_mistake(known, error)
    }
}

const TOO_LONG: Both = ["Viết ngắn hơn: nhiều nhất 200 ký tự.", "Write less: at most 200 characters."];
const NO_COMMUNE: Both = [
    "Không có phường, xã nào tên như vậy. Xem lại chính tả, hoặc ghi tên cũ kèm quận, huyện.",
    "No commune has this name. Check the spelling, or type the former name with its district.",
];

fn street_mistake(known: &Known<'_>, error: AddressError) -> Option<Mistake> {
    let why = match error {
        AddressError::NoStreet => {
            ["Ghi số nhà và đường, hoặc thôn, xóm, tổ dân phố.", "Type house and street, or the hamlet."]
        }
        AddressError::TooLong => ["Viết ngắn hơn: nhiều nhất 500 ký tự.", "Write less: at most 500 characters."],
        // A place was looked up before.
        AddressError::NoCommune => return None,
    };
    Some(mistake(known, STREET, STREET_NAME, why))
}

fn mistake(known: &Known<'_>, at: &str, name: Both, why: Both) -> Mistake {
    Mistake { at: Some(at.to_owned()), name: known.lang.pick(name).to_owned(), why: known.lang.pick(why).to_owned() }
}

fn with(mut mistakes: Mistakes, mistake: Mistake) -> Mistakes {
    mistakes.push(mistake);
    mistakes
}
