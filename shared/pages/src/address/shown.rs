//! The pages of an address.

use maud::{Markup, html};
use rules::address::Address;
use rules::language::{Both, Language};
use units::LONGEST_ADDRESS;

use super::form::{
    AddressForm, At, COMMUNE, COMMUNE_NAME, Known, LONGEST_COMMUNE, PLACE, PLACE_NAME, Pressed, STEP, STREET,
    STREET_NAME, Step,
};
use super::offers::{Offer, Offers};
use crate::part::field::{Field, Line};
use crate::part::notice::Notice;

const HINT: Both = [
    "Có dấu hoặc không dấu. Nếu trùng tên, ghi thêm quận, huyện hoặc tỉnh sau dấu phẩy: Bến Nghé, Quận 1",
    "With or without marks. Behind a comma may stand the district or the province: Bến Nghé, Quận 1",
];
const HINT_SINCE: Both = [
    "Tên mới hoặc tên trước 01/07/2025, có dấu hoặc không dấu. Nếu trùng tên, ghi thêm tỉnh hoặc quận, huyện sau dấu phẩy: Bến Nghé, Quận 1",
    "Its name of today or of before 01/07/2025, with or without marks. Behind a comma may stand the province or the former district: Bến Nghé, Quận 1",
];

/// The page around the last step: more to fill in, and the words of the button that lets the address count.
#[derive(Debug)]
pub struct Around<'a> {
    /// Further fields, shown where the address is read back.
    pub more: &'a Markup,
    /// The words of the button.
    pub send: Both,
    /// Whether the first control takes the keyboard.
    pub focus: bool,
}

impl At<'_> {
    /// Writes the step, to stand within a form that is sent by `POST`: an address belongs in no address line.
    #[must_use]
    pub fn shown(&self, known: &Known<'_>, around: &Around<'_>) -> Markup {
        let lang = known.lang;
        let focus = around.focus && self.mistakes.is_empty();
        match &self.step {
            Step::Ask => html! { (self.fields(known, focus)) div.buttons { (button(Pressed::Seek, GO_ON, lang)) } },
            Step::Choose(offers) => html! {
                (self.form.kept(false))
                (self.choice(offers, lang, focus))
                div.buttons { (button(Pressed::Choose, GO_ON, lang)) (button(Pressed::Change, CHANGE, lang)) }
            },
            Step::ReadBack(address) | Step::Taken(address) => html! {
                (self.form.kept(true))
                (Notice::Told.of(&lines(known, address)))
                (around.more)
                div.buttons { (button(Pressed::Confirm, around.send, lang)) (button(Pressed::Change, CHANGE, lang)) }
            },
        }
    }

    fn fields(&self, known: &Known<'_>, focus: bool) -> Markup {
        let lang = known.lang;
        let hint = if known.units.catalogue(known.today).has_districts() { HINT } else { HINT_SINCE };
        let AddressForm { street, commune, .. } = &self.form;
        let tied = |id, name| Field::new(lang, id, name).wrong(self.mistakes.why(id));
        let street = Line {
            name: STREET,
            value: Some(street).filter(|text| !text.is_empty()).map(String::as_str),
            longest: Some(LONGEST_ADDRESS),
            focus,
            lang: Some("vi"),
            ..Line::default()
        };
        let commune = Line {
            name: COMMUNE,
            value: Some(commune).filter(|text| !text.is_empty()).map(String::as_str),
            longest: Some(LONGEST_COMMUNE),
            focus: false,
            ..street
        };
        html! {
            (tied(STREET, lang.pick(STREET_NAME)).line(&street))
            (tied(COMMUNE, lang.pick(COMMUNE_NAME)).hinted(lang.pick(hint)).line(&commune))
        }
    }

    fn choice(&self, offers: &Offers<'_>, lang: Language, focus: bool) -> Markup {
        let told = self.told(offers, lang);
        let field = Field::new(lang, PLACE, lang.pick(PLACE_NAME)).hinted(&told).wrong(self.mistakes.why(PLACE));
        let only = offers.choices.len() == 1 && offers.more == 0;
        field.group(&html! {
            @for (place, offer) in offers.choices.iter().enumerate() {
                label lang="vi" {
                    input type="radio" id=[(place == 0).then_some(PLACE)] name=(PLACE) value=(offer.place())
                        checked[only] autofocus[focus && place == 0];
                    span { (written(offer, offers)) }
                }
            }
            @if offers.more > 0 { p.soft { (lang.pick([
                "Còn nơi khác có tên gần giống. Nếu không thấy, chọn “Sửa địa chỉ” và ghi thêm tỉnh hoặc quận, huyện.",
                "There are more names like it. If yours is missing, change the address and add the province or the district.",
            ])) } }
        })
    }

    fn told(&self, offers: &Offers<'_>, lang: Language) -> String {
        match (offers.split, lang) {
            (Some(split), Language::Vi) => {
                format!("{} đã được chia về nhiều nơi. Chọn nơi có địa chỉ này.", split.full())
            }
            (Some(split), Language::En) => format!("{} was split. Choose where this address is now.", split.full()),
            (None, Language::Vi) => format!("Theo tên đã ghi: {}", self.form.commune),
            (None, Language::En) => format!("By the name that was typed: {}", self.form.commune),
        }
    }
}

const GO_ON: Both = ["Tiếp tục", "Go on"];
const CHANGE: Both = ["Sửa địa chỉ", "Change the address"];

impl AddressForm {
    /// Writes the button by which an address that counts is changed, with what it is now.
    #[must_use]
    pub fn change(&self, lang: Language) -> Markup {
        html! { (self.kept(true)) (button(Pressed::Change, CHANGE, lang)) }
    }

    /// Everything typed and chosen, carried by a page that does not ask for it.
    fn kept(&self, with_place: bool) -> Markup {
        html! {
            input type="hidden" name=(STREET) value=(self.street);
            input type="hidden" name=(COMMUNE) value=(self.commune);
            @if let Some(place) = self.place.filter(|_| with_place) {
                input type="hidden" name=(PLACE) value=(place);
            }
        }
    }
}

fn written(offer: &Offer<'_>, offers: &Offers<'_>) -> Markup {
    html! {
        (offer.unit.full())
        @if let Some(old) = offer.old.filter(|_| offers.split.is_none()) { span.soft { " (trước đây: " (old.full()) ")" } }
    }
}

fn button(pressed: Pressed, words: Both, lang: Language) -> Markup {
    let main = pressed != Pressed::Change;
    html! { button.main[main].quiet[pressed == Pressed::Change] name=(STEP) value=(pressed.name()) { (lang.pick(words)) } }
}

/// Writes an address as it stands on a letter.
#[must_use]
pub fn lines(known: &Known<'_>, address: &Address) -> Markup {
    let lines = address.lines(known.units, known.today);
    html! { p lang="vi" { @for (place, line) in lines.iter().enumerate() { @if place > 0 { br; } bdi { (line) } } } }
}
