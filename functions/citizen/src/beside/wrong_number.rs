//! Messages that go to somebody who has nothing to do with the dossier: one button ends them, and takes that back.

use maud::{Markup, html};
use motcua::site::Site;
use pages::Form;
use pages::part::notice::Notice;
use rules::http::{Response, respond};
use rules::person::Person;
use rules::phone::Phone;

use super::{Held, What, ending, form, nobody, page};
use crate::frame::Frame;
use crate::problem::Problem;

/// The field with the place of the number.
const AT: &str = "at";
/// The field by which the mark is taken back.
const BACK: &str = "back";

/// Shows the numbers that messages go to, by their last two digits, each with its button.
pub(super) fn show(frame: &Frame<'_>, held: &Held<'_>) -> Response {
    let content = match held.person.as_ref().map(|person| (person, person.numbers())) {
        None => nobody(frame),
        Some((_, numbers)) if numbers.is_empty() => nobody(frame),
        Some((person, numbers)) => html! {
            p { (frame.say([
                "Nếu nhận nhầm tin nhắn về hồ sơ này, hãy chọn số của mình bên dưới. Cơ quan ngừng gửi tin về hồ sơ này đến số đó, và tìm số đúng.",
                "If messages about this dossier reach you by mistake, choose your number below. The office stops sending them to it, and looks for the right one.",
            ])) }
            @for (place, number) in &numbers { (one(frame, held, person, (*place, number))) }
        },
    };
    page(frame, held, (200, What::WrongNumber), &content)
}

fn one(frame: &Frame<'_>, held: &Held<'_>, person: &Person, (place, number): (usize, &Phone)) -> Markup {
    let told =
        html! { strong.nowrap { (frame.say(["số tận cùng ", "number that ends with "])) (ending(number.expose())) } };
    let at = html! { input type="hidden" name=(AT) value=(place); };
    let unusable = std::iter::once(&person.applicant).chain(&person.filer).nth(place).and_then(|it| it.unusable);
    if unusable.is_none() {
        return form(
            frame,
            held,
            What::WrongNumber,
            &html! {
                (at)
                p { button { (frame.say(["Không gửi đến ", "Send nothing to the "])) (told) } }
            },
        );
    }
    html! {
        (Notice::Done.of(&html! { p {
            (frame.say(["Đã ghi: không gửi tin về hồ sơ này đến ", "Noted: nothing about this dossier goes to the "])) (told) "."
        } }))
        @if person.was_not_mine(place) {
            (form(frame, held, What::WrongNumber, &html! {
                (at)
                p { button name=(BACK) value="1" { (frame.say([
                    "Lấy lại: đây đúng là số của tôi", "Take it back: this number is mine",
                ])) } }
            }))
        }
    }
}

/// Marks a number, or takes the mark back. Twice is the same as once.
pub(super) async fn mark(site: &Site, frame: &Frame<'_>, held: &Held<'_>, sent: &Form) -> Result<Response, Problem> {
    let place = sent.get(AT).and_then(|place| place.parse::<usize>().ok()).filter(|place| *place <= 1);
    let Some(place) = place else { return Ok(respond::text(400, "not a form")) };
    let back = sent.get(BACK).is_some();
    let change = |person: &mut Person| match back {
        true => person.mine_after_all(place),
        false => person.not_mine(place, frame.now),
    };
    site.recorder.change_people(frame.agency.key(), held.id(), change).await?;
    Ok(respond::see_other(frame.way(&What::WrongNumber.path(held.token))))
}
