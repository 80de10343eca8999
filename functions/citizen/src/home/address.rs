//! The address of a result, step by step, and who may receive it.

use maud::{Markup, html};
use motcua::site::Site;
use pages::Form;
use pages::address::{Around, At, Step};
use pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use pages::part::field::{Field, Line};
use pages::part::notice::Notice;
use pages::part::phone;
use rules::http::Response;
use rules::language::Both;
use rules::limits::LONGEST_NAME;
use rules::person::Mailing;
use rules::phone::Phone;
use rules::token::Token;

use super::shown::{
    PHONE, PHONE_NAME, RECEIVER, RECEIVER_NAME, about, desk_instead, form, known, moved, people, postage,
};
use super::state::{Home, Way};
use crate::beside;
use crate::frame::Frame;

/// The person who may receive a result, and the telephone, as they were typed.
pub(super) struct Extras {
    receiver: Option<String>,
    phone: Option<String>,
    mistakes: Mistakes,
}

impl Extras {
    /// Reads what was sent.
    pub(super) fn of(frame: &Frame<'_>, sent: &Form) -> Self {
        let text = |name| sent.get(name).map(one_line).filter(|text| !text.is_empty());
        let (receiver, phone) = (text(RECEIVER), text(PHONE));
        let mut mistakes = Mistakes::default();
        let mut wrong = |at: &str, name: Both, why: Both| {
            let (name, why) = (frame.say(name).to_owned(), frame.say(why).to_owned());
            mistakes.push(Mistake { at: Some(at.to_owned()), name, why });
        };
        if let Some(name) = &receiver {
            if name.chars().count() > LONGEST_NAME {
                wrong(RECEIVER, RECEIVER_NAME, ["Viết ngắn hơn.", "Write less."]);
            } else if !name.chars().any(char::is_alphabetic) {
                wrong(RECEIVER, RECEIVER_NAME, ["Ghi họ và tên.", "Type a name."]);
            }
        }
        if phone.as_deref().is_some_and(|phone| Phone::parse(phone).is_err()) {
            let why = ["Ghi một số điện thoại, ví dụ 0912 345 678.", "Type one number, such as 0912 345 678."];
            wrong(PHONE, PHONE_NAME, why);
        }
        Self { receiver, phone, mistakes }
    }

    /// Takes what was confirmed before.
    pub(super) fn of_home(home: &Home) -> Self {
        let mailing = home.mailing();
        let receiver = mailing.and_then(|mailing| mailing.receiver.clone());
        let phone = mailing.and_then(|mailing| mailing.phone.clone());
        Self { receiver, phone, mistakes: Mistakes::default() }
    }

    /// Returns all of it with an address that counts; `None` if there is something to mend.
    pub(super) fn mailing(&self, step: &Step<'_>) -> Option<Mailing> {
        let Step::Taken(address) = step else { return None };
        let phone = self.phone.as_deref().and_then(|phone| Phone::parse(phone).ok());
        let mailing = Mailing {
            address: address.clone(),
            receiver: self.receiver.clone(),
            phone: phone.map(|phone| phone.expose().to_owned()),
        };
        self.mistakes.is_empty().then_some(mailing)
    }

    fn fields(&self, frame: &Frame<'_>) -> Markup {
        let tied = |id, name| Field::new(frame.lang, id, frame.say(name)).wrong(self.mistakes.why(id)).optional();
        let receiver = tied(RECEIVER, RECEIVER_NAME).hinted(frame.say([
            "Họ tên người khác được nhận, nếu chủ hồ sơ có thể không ở nhà.",
            "The name of somebody else, if the applicant may not be at home.",
        ]));
        let number = tied(PHONE, PHONE_NAME).hinted(frame.say([
            "Để trống nếu là số điện thoại đã khai trong hồ sơ.",
            "Leave it empty if it is the number in the dossier.",
        ]));
        let longest = Some(LONGEST_NAME);
        let name =
            Line { name: RECEIVER, value: self.receiver.as_deref(), longest, lang: Some("vi"), ..Line::default() };
        let called = Line { name: PHONE, value: self.phone.as_deref(), longest, ..Line::default() };
        html! { (receiver.line(&name)) (phone::field(&number, &called)) }
    }

    fn kept(&self) -> Markup {
        html! { @for (name, value) in [(RECEIVER, &self.receiver), (PHONE, &self.phone)] {
            @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
        } }
    }
}

/// Shows a step.
pub(super) fn page(
    site: &Site,
    frame: &Frame<'_>,
    (token, home): (&Token, &Home),
    (at, extras): (&At<'_>, &Extras),
) -> Response {
    let read_back = matches!(at.step, Step::ReadBack(_) | Step::Taken(_));
    let wrong = if read_back { &extras.mistakes } else { &at.mistakes };
    let more = html! { (extras.fields(frame)) (postage(site, frame, home)) };
    let around =
        Around {
            more: &more, send: ["Đúng, gửi đến địa chỉ này", "Right: send it to this address"], focus: false
        };
    let content = html! {
        (wrong.summary(frame.lang, NOT_RECORDED))
        h1 { (frame.say(TITLE)) }
        (about(frame, home))
        (moved(site, frame, token, home))
        (asked(frame, home, &at.step))
        (form(frame, token, home, &html! {
            (at.shown(&known(site, frame), &around))
            @if !read_back { (extras.kept()) }
        }))
        @if home.way() == Way::Open { (form(frame, token, home, &desk_instead(frame))) }
        (beside::foot(frame, token, home.about()))
    };
    let status = if wrong.is_empty() { 200 } else { 400 };
    frame.page(status, frame.say(TITLE), &content)
}

const TITLE: Both = ["Địa chỉ nhận kết quả", "The address for the result"];

/// The question of a step.
fn asked(frame: &Frame<'_>, home: &Home, step: &Step<'_>) -> Markup {
    let question = match step {
        Step::Ask => {
            Some(["Ghi địa chỉ để bưu điện gửi kết quả đến.", "Type the address that the post brings the result to."])
        }
        // The choice has its own words.
        Step::Choose(_) => None,
        Step::ReadBack(_) | Step::Taken(_) => Some([
            "Kết quả sẽ được gửi đến địa chỉ này. Xem có đúng không.",
            "The result will be sent to this address. See whether it is right.",
        ]),
    };
    html! {
        @if home.way() == Way::Failed {
            (Notice::Warning.of(&html! { p { (frame.say([
                "Bưu điện chưa phát được kết quả. Xác nhận lại hoặc sửa địa chỉ, để bưu điện giao lần nữa.",
                "The post could not deliver the result. Confirm or change the address, so that it is brought again.",
            ])) } }))
            @if let Some(mailing) = home.mailing() { (people(frame, home, mailing)) }
        }
        @if let Some(question) = question { p { (frame.say(question)) } }
    }
}

/// Returns a text as one line, without what nobody sees.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
