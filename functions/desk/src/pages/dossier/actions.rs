//! Commands on the page of a dossier: the one that comes next, two or three beside it, and the others in groups.

use maud::{Markup, html};

use crate::api::commands::Spec;
use crate::pages::dossier::next::{Group, Pressed, Wants, order};
use crate::pages::dossier::opened::Opened;
use crate::pages::dossier::standing::presses;
use crate::pages::layout::Frame;
use crate::permission::Staff;
use crate::words::of_command;
use ::pages::part::button::{self, Weight};

/// Access key of a command used daily; none of them is a key of the menu.
pub(crate) fn access_key(command: &str) -> Option<&'static str> {
    Some(match command {
        "accept" => "a",
        "pause-clock" => "p",
        "record-receipt" => "r",
        "request-supplement" => "u",
        "enter-step" => "j",
        "ask-fee" => "y",
        "record-result" => "k",
        "hand-out" => "o",
        "record-cash-payment" => "c",
        _ => return None,
    })
}

/// Shows what this member of staff may do now.
pub(super) fn shown(staff: &Staff, frame: &Frame, opened: &Opened) -> Markup {
    let (dossier, takes) = (opened.dossier(), opened.takes(staff));
    let wants = Wants::of(dossier, opened.procedure.as_deref());
    let order = order(wants, pressed(frame, opened), &takes);
    let link = |weight: Weight, spec: &Spec| {
        let href = format!("/desk/dossiers/{}/{}", dossier.id, spec.name);
        button::link(weight, &href, frame.lang.pick(of_command(spec.kind)), access_key(spec.name))
    };
    html! {
        h2 { (frame.say("Việc tiếp theo", "What next")) }
        @if takes.is_empty() {
            p.soft { (frame.say("Không có việc nào cho tài khoản này.", "Nothing for this account.")) }
        } @else {
            @if order.first.is_none() {
                p.over { (frame.say("Hồ sơ đã kết thúc, không còn việc phải làm.", "The dossier is over: nothing is to be done.")) }
            }
            (button::row(&html! {
                @if let Some(spec) = order.first { (link(Weight::Main, spec)) }
                @for spec in &order.beside { (link(Weight::Second, spec)) }
                @if !order.groups.is_empty() { (others(frame, &order.groups, &link)) }
            }))
        }
    }
}

/// The commands that are needed seldom, each group under its name.
fn others(frame: &Frame, groups: &[(Group, Vec<&'static Spec>)], link: &dyn Fn(Weight, &Spec) -> Markup) -> Markup {
    let columns = html! { div.columns { @for (group, specs) in groups { div {
        h3 { (frame.lang.pick(group.name())) }
        ul { @for spec in specs { li { (link(Weight::Quiet, spec)) } } }
    } } } };
    button::group(frame.say("Việc khác", "More"), &columns)
}

/// The limit that is over or near, if it brings other commands forward.
fn pressed(frame: &Frame, opened: &Opened) -> Pressed {
    if opened.missed_a_wait() {
        Pressed::Missed
    } else if presses(opened.overdue(frame.now).as_ref()) && opened.unpromised() {
        Pressed::Due
    } else {
        Pressed::No
    }
}
