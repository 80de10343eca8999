//! How the people of a dossier want to be told: language, outlets, and whether they want broadcasts. What they chose is shown
//! with the way back to what was before.

use maud::{Markup, html};
use motcua::site::Site;
use pages::Form;
use pages::part::notice::Notice;
use rules::calls;
use rules::dossier::Consent;
use rules::http::{Response, respond};
use rules::language::{Both, Language};
use rules::message::Outlet;
use rules::person::{BY_PAGE, Party, Person, Said, Wishes};
use rules::worklist::SearchKey;

use super::{Held, What, ending, form, nobody, page};
use crate::frame::Frame;
use crate::problem::Problem;

/// The field with whose wishes they are.
const WHOSE: &str = "whose";
const LANGUAGE: &str = "language";
const BROADCASTS: &str = "broadcasts";
/// The field with what was before, in the address of the page that shows what was noted.
const WAS: &str = "was";
/// Rounds of load and write, in case the wishes are changed at this moment.
const ROUNDS: u32 = 4;

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    language: Language,
    outlets: Vec<Outlet>,
    broadcasts: bool,
}

impl Chosen {
    fn of(wishes: &Wishes, asked: &[Outlet]) -> Self {
        let wanted = asked.iter().copied().filter(|outlet| wishes.opt_out(*outlet).is_none()).collect();
        Self { language: wishes.language, outlets: wanted, broadcasts: wishes.broadcasts_off_since.is_none() }
    }

    fn sent(sent: &Form, asked: &[Outlet]) -> Option<Self> {
        let wanted = asked.iter().copied().filter(|outlet| sent.get(outlet.name()).is_some()).collect();
        let language = Language::from_code(sent.get(LANGUAGE)?)?;
        Some(Self { language, outlets: wanted, broadcasts: sent.get(BROADCASTS).is_some() })
    }

    /// Writes it for an address: `vi.sms.email.broadcasts`.
    fn written(&self) -> String {
        let outlets = self.outlets.iter().map(|outlet| outlet.name());
        let all = std::iter::once(self.language.code()).chain(outlets).chain(self.broadcasts.then_some(BROADCASTS));
        all.collect::<Vec<_>>().join(".")
    }

    fn read(text: &str, asked: &[Outlet]) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let outlets = asked.iter().copied().filter(|outlet| parts.contains(&outlet.name())).collect();
        let language = Language::from_code(parts.first()?)?;
        Some(Self { language, outlets, broadcasts: parts.contains(&BROADCASTS) })
    }

    /// The same as fields that nobody sees.
    fn kept(&self) -> Markup {
        html! {
            input type="hidden" name=(LANGUAGE) value=(self.language.code());
            @for outlet in &self.outlets { input type="hidden" name=(outlet.name()) value="1"; }
            @if self.broadcasts { input type="hidden" name=(BROADCASTS) value="1"; }
        }
    }
}

/// Shows the wishes of each of them.
pub(super) async fn show(site: &Site, frame: &Frame<'_>, held: &Held<'_>, asked: &Form) -> Result<Response, Problem> {
    let what = (200, What::Preferences);
    let Some(person) = &held.person else { return Ok(page(frame, held, what, &nobody(frame))) };
    let outlets = &frame.agency.outlets;
    let done = asked.get(WHOSE).and_then(|place| place.parse::<usize>().ok());
    let was = asked.get(WAS).and_then(|text| Chosen::read(text, outlets));
    let mut forms = Vec::new();
    for place in 0..=usize::from(person.filer.is_some()) {
        let name = name(site, frame, held, person, place);
        let chosen = Chosen::of(&site.recorder.store().wishes(frame.agency.key(), &name).await?, outlets);
        let before = was.as_ref().filter(|was| done == Some(place) && **was != chosen);
        forms.push(html! {
            @if let Some(before) = before { (noted(frame, held, place, before)) }
            (asks(frame, held, (person, place), &chosen))
        });
    }
    Ok(page(
        frame,
        held,
        what,
        &html! {
            p { (frame.say([
                "Áp dụng cho mọi hồ sơ của người này tại cơ quan. Việc có hạn phải làm thì cơ quan vẫn gọi điện báo.",
                "This holds for all dossiers of this person at the office. What must be done by a day is still told on the phone.",
            ])) }
            @for form in &forms { (form) }
        },
    ))
}

fn noted(frame: &Frame<'_>, held: &Held<'_>, place: usize, before: &Chosen) -> Markup {
    Notice::Done.of(&html! {
        p { strong { (frame.say(["Đã ghi cách nhận tin.", "Noted."])) } }
        (form(frame, held, What::Preferences, &html! {
            input type="hidden" name=(WHOSE) value=(place);
            (before.kept())
            p { button { (frame.say(["Lấy lại như trước", "Take it back"])) } }
        }))
    })
}

fn asks(frame: &Frame<'_>, held: &Held<'_>, (person, place): (&Person, usize), chosen: &Chosen) -> Markup {
    let whose: Both = if place == 0 { ["Chủ hồ sơ", "Applicant"] } else { ["Người nộp", "Filer"] };
    let number = person.phone(place);
    let languages = [(Language::Vi, ["Tiếng Việt", "Vietnamese"]), (Language::En, ["Tiếng Anh", "English"])];
    form(
        frame,
        held,
        What::Preferences,
        &html! {
            h2 {
                (frame.say(whose))
                @if let Some(number) = &number { ", " (frame.say(["số tận cùng ", "number that ends with "])) (ending(number.expose())) }
            }
            input type="hidden" name=(WHOSE) value=(place);
            div.field { fieldset.check {
                legend { (frame.say(["Ngôn ngữ của tin", "Language of messages"])) }
                @for (language, name) in languages { label {
                    input type="radio" name=(LANGUAGE) value=(language.code()) checked[chosen.language == language];
                    (frame.say(name))
                } }
            } }
            div.field { fieldset.check {
                legend { (frame.say(["Được báo bằng", "To be told by"])) }
                @for outlet in &frame.agency.outlets { label {
                    input type="checkbox" name=(outlet.name()) value="1" checked[chosen.outlets.contains(outlet)];
                    (frame.say(outlet.said()))
                } }
                label {
                    input type="checkbox" name=(BROADCASTS) value="1" checked[chosen.broadcasts];
                    (frame.say(["Cả tin chung của cơ quan, như đóng cửa, đổi địa điểm", "General news of the office too, such as closures"]))
                }
            } }
            p { button.main { (frame.say(["Ghi cách nhận tin", "Note it"])) } }
        },
    )
}

/// Writes the wishes of one of them down.
pub(super) async fn keep(site: &Site, frame: &Frame<'_>, held: &Held<'_>, sent: &Form) -> Result<Response, Problem> {
    let Some(person) = &held.person else {
        return Ok(page(frame, held, (409, What::Preferences), &nobody(frame)));
    };
    let place = sent.get(WHOSE).and_then(|place| place.parse::<usize>().ok());
    let place = place.filter(|place| party(person, *place).is_some());
    let (Some(place), Some(chosen)) = (place, Chosen::sent(sent, &frame.agency.outlets)) else {
        return Ok(respond::text(400, "not a form"));
    };
    let (store, agency) = (site.recorder.store(), frame.agency.key());
    let name = name(site, frame, held, person, place);
    for _ in 0..ROUNDS {
        let wishes = store.wishes(agency, &name).await?;
        let before = Chosen::of(&wishes, &frame.agency.outlets);
        let said = Said { at: frame.now, by: BY_PAGE.to_owned(), how: Consent::Writing };
        let after = wishes.said(chosen.language, &frame.agency.outlets, &chosen.outlets, said);
        let after = after.with_broadcasts(chosen.broadcasts, frame.now);
        if before == chosen || store.keep_wishes(agency, &name, &after).await? {
            let query = [(WHOSE, place.to_string()), (WAS, before.written())];
            return Ok(respond::see_other(frame.way_to(&What::Preferences.path(held.token), &query)));
        }
    }
    Err(motcua::store::Error::Contended(ROUNDS).into())
}

fn party(person: &Person, place: usize) -> Option<&Party> {
    std::iter::once(&person.applicant).chain(&person.filer).nth(place)
}

/// The name under which somebody's wishes lie: that of their call.
fn name(site: &Site, frame: &Frame<'_>, held: &Held<'_>, person: &Person, place: usize) -> String {
    calls::name(&SearchKey::of(site.config.id_key()), frame.agency.key(), Some(person), (held.id(), place))
}
