//! The choice of the way in which the result comes back, and what was chosen.

use maud::{Markup, html};
use motcua::site::Site;
use pages::Form;
use pages::address::AddressForm;
use pages::part::button;
use pages::part::notice::Notice;
use rules::http::Response;
use rules::language::Both;
use rules::person::Mailing;
use rules::token::Token;

use super::shown::{
    DESK, PHONE, POST, RECEIVER, TITLE, WAY, about, desk_instead, form, known, moved, people, postage, too_late,
};
use super::state::Home;
use crate::beside;
use crate::frame::Frame;

/// Reads the choice: by post or at the desk; `None` if the form is about something else.
pub(super) fn read(sent: &Form) -> Option<bool> {
    match sent.get(WAY)? {
        POST => Some(true),
        DESK => Some(false),
        _ => None,
    }
}

/// Shows what was chosen, and the other way.
pub(super) fn page(site: &Site, frame: &Frame<'_>, (token, home): (&Token, &Home), refused: Option<u16>) -> Response {
    let content = html! {
        h1 { (frame.say(TITLE)) }
        (about(frame, home))
        @if refused.is_some() { (too_late(frame)) }
        // A desk that was chosen before the question is no answer to it.
        @match (home.dossier.returns_by_post.filter(|_| !home.dossier.desk_in_question), home.mailing()) {
            (Some(true), Some(mailing)) => (by_post(site, frame, (token, home), mailing)),
            (Some(true), None) => {}
            (Some(false), _) => (at_the_desk(site, frame, token, home)),
            (None, _) => (open(site, frame, token, home)),
        }
        (beside::foot(frame, token, home.about()))
    };
    frame.page(refused.unwrap_or(200), frame.say(TITLE), &content)
}

fn open(site: &Site, frame: &Frame<'_>, token: &Token, home: &Home) -> Markup {
    html! {
        p { (frame.say([
            "Kết quả có thể được gửi đến tận nhà qua bưu điện, hoặc nhận tại Bộ phận Một cửa.",
            "The result can come to your home by post, or be collected at the one-stop desk.",
        ])) }
        (postage(site, frame, home))
        (form(frame, token, home, &button::row(&html! {
            button.main name=(WAY) value=(POST) { (frame.say(BY_POST)) }
            button name=(WAY) value=(DESK) { (frame.say(["Nhận tại Bộ phận Một cửa", "I collect it at the desk"])) }
        })))
    }
}

fn at_the_desk(site: &Site, frame: &Frame<'_>, token: &Token, home: &Home) -> Markup {
    html! {
        (Notice::Done.of(&html! { p { (frame.say([
            "Đã ghi: nhận kết quả tại Bộ phận Một cửa.", "Noted: the result is collected at the one-stop desk.",
        ])) } }))
        p { (frame.say([
            "Vẫn đổi được cho đến khi kết quả được trả.", "This can be changed until the result is handed over.",
        ])) }
        (postage(site, frame, home))
        (form(frame, token, home, &html! { button name=(WAY) value=(POST) { (frame.say(BY_POST)) } }))
    }
}

const BY_POST: Both = ["Nhận tại nhà qua bưu điện", "Send it to my home by post"];

fn by_post(site: &Site, frame: &Frame<'_>, (token, home): (&Token, &Home), mailing: &Mailing) -> Markup {
    html! {
        (Notice::Done.of(&html! {
            p { (frame.say([
                "Đã ghi: kết quả được gửi qua bưu điện đến địa chỉ này.",
                "Noted: the result goes by post to this address.",
            ])) }
            (pages::address::lines(&known(site, frame), &mailing.address))
        }))
        (people(frame, home, mailing))
        (moved(site, frame, token, home))
        (postage(site, frame, home))
        p { (frame.say([
            "Khi nhận, xuất trình giấy tờ tùy thân.", "Show an identity paper to the postman.",
        ])) }
        p { (frame.say([
            "Vẫn sửa được cho đến khi kết quả được đóng gói gửi đi.",
            "This can be changed until the result is packed for the post.",
        ])) }
        (form(frame, token, home, &html! {
            @for (name, value) in [(RECEIVER, &mailing.receiver), (PHONE, &mailing.phone)] {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
            (button::row(&html! {
                (AddressForm::of_address(&mailing.address).change(frame.lang))
                (desk_instead(frame))
            }))
        }))
    }
}
