//! The ways from all of a dossier to the pages that are answered by a link: the return of the result, and papers.

use maud::{Markup, html};
use rules::dossier::Stage;
use rules::language::Both;
use rules::token::Purpose;

use super::{All, By};
use crate::advice;
use crate::frame::Frame;

/// Name of the buttons that lead on.
pub(crate) const GO: &str = "go";

/// Returns what a button leads to, by its value.
pub(crate) fn wanted(value: &str) -> Option<Purpose> {
    [Purpose::Post, Purpose::Supplement].into_iter().find(|purpose| purpose.name() == value)
}

/// The button to the papers that are asked for, as long as some are.
pub(super) fn to_papers(frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    let asked = all.opened.dossier.awaited().iter().any(|awaited| awaited.reason.asks_for_papers());
    let text = ["Cách gửi giấy tờ, báo cho cơ quan", "How to send papers, and tell the office"];
    html! { @if asked { (button(frame, by, Purpose::Supplement, text)) } }
}

/// The button to the address of a result that waits for it.
pub(super) fn to_address(frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    html! { @if awaits_address(all) { (button(frame, by, Purpose::Post, ["Xác nhận địa chỉ", "Confirm the address"])) } }
}

fn awaits_address(all: &All) -> bool {
    let dossier = &all.opened.dossier;
    let comes = matches!(dossier.stage, Stage::Running(_) | Stage::Paused(_) | Stage::Done { .. });
    comes && is_open(all) && advice::awaits_address(dossier)
}

/// The button to the return of the result, as long as something can be chosen there and no other leads to it.
pub(super) fn to_return(frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    let text = match all.opened.dossier.returns_by_post {
        Some(_) => ["Đổi cách nhận, sửa địa chỉ", "Change the way or the address"],
        None => ["Chọn cách nhận kết quả", "Choose how the result comes"],
    };
    html! { @if is_open(all) && !awaits_address(all) { (button(frame, by, Purpose::Post, text)) } }
}

/// Whether the way of return can be chosen, or an address bettered.
pub(super) fn is_open(all: &All) -> bool {
    let dossier = &all.opened.dossier;
    let by_hand_only = all.opened.procedure.as_deref().is_some_and(|procedure| !procedure.returns_by_post);
    match dossier.stage {
        Stage::Submitted | Stage::Incomplete(_) | Stage::Running(_) | Stage::Paused(_) | Stage::Done { .. } => {
            dossier.parcel.is_none() && (!by_hand_only || dossier.returns_by_post == Some(true))
        }
        Stage::InPost { .. } => dossier.failed_attempts > 0,
        Stage::Returned { .. } | Stage::NotAccepted | Stage::Withdrawn | Stage::Closed(_) => false,
    }
}

fn button(frame: &Frame<'_>, by: By<'_>, purpose: Purpose, text: Both) -> Markup {
    html! { @if by.acts() {
        form method="post" action=(frame.way(&by.path())) {
            button name=(GO) value=(purpose.name()) { (frame.say(text)) }
        }
    } }
}
