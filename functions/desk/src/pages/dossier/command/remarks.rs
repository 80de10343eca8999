//! Remarks beside a command: what somebody else did meanwhile, and whom no message reaches.

use maud::{Markup, html};
use rules::person::Personal;
use rules::phone;

use super::About;
use crate::pages::layout::Frame;
use crate::pages::visit::Visit;
use crate::words::narrated;

/// The remark about a telephone number that messages cannot reach as it was typed.
pub(super) fn out_of_reach(frame: &Frame, personal: Option<&Personal>) -> Markup {
    let number = match personal {
        Some(Personal::Contact { is, .. }) => is.phone.as_deref(),
        Some(Personal::Mailing { is, .. }) => is.phone.as_deref(),
        Some(Personal::Filed(_) | Personal::Refiled(_) | Personal::Return { .. } | Personal::HandOut { .. }) | None => {
            None
        }
    };
    html! { @if let Some(remark) = number.and_then(phone::remark) {
        div.notice.warn { p { (frame.say("Số điện thoại", "The phone number")) " " (frame.lang.pick(remark)) "." } }
    } }
}

/// Changes made while the form was open.
pub(super) fn changed(about: &About<'_>, seen: u64) -> Markup {
    let About { visit: Visit { frame, .. }, opened, .. } = about;
    let since = opened.whole.history.iter().filter(|commit| commit.version > seen);
    html! {
        div.notice.warn role="alert" {
            p { strong { (frame.say("Trong lúc đó hồ sơ đã thay đổi:", "Meanwhile the dossier changed:")) } }
            ul { @for commit in since { @for event in &commit.events {
                li { (rules::vietnam::date_time(commit.recorded_at)) " – " (narrated(event, opened.names(frame.lang))) }
            } } }
            p { (frame.say("Những gì đã điền vẫn còn. Xem lại rồi tiếp tục.", "What you typed is kept. Look again, then go on.")) }
        }
    }
}
