//! The fees of a dossier: what each is for, what was paid, and the way to pay the rest.

use maud::{Markup, html};
use motcua::site::Site;
use rules::dossier::{CASH, Debt, Event, FeeState};
use rules::language::Both;
use rules::vietnam;

use super::{All, By};
use crate::frame::Frame;

/// Name of the button that pays: its value is the attempt.
pub(crate) const PAY: &str = "pay";

/// Writes them; nothing if there are none.
pub(super) fn shown(site: &Site, frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    let debts: Vec<_> = all.opened.dossier.debts().collect();
    html! { @if !debts.is_empty() {
        h2 { (frame.say(["Phí, lệ phí", "Fees"])) }
        ul { @for debt in &debts { li { (line(site, frame, all, (debt, by))) } } }
    } }
}

fn line(site: &Site, frame: &Frame<'_>, all: &All, (debt, by): (&Debt, By<'_>)) -> Markup {
    html! {
        bdi lang="vi" { (all.fee(frame, debt.fee)) } ": " strong.nowrap { (debt.amount_vnd) } ", "
        @match debt.state {
            FeeState::Waived => (frame.say(["được miễn", "waived"])),
            FeeState::Open | FeeState::Superseded => {
                (frame.say(["còn phải nộp ", "still to pay: "])) strong.nowrap { (debt.missing_vnd()) }
            }
            FeeState::Paid => {
                (frame.say(["đã nộp", "paid"]))
                @if let Some(paid) = paid(all, debt.fee) {
                    " " (paid.on) " " (frame.say(["qua ", "by "])) bdi { (called(site, frame, paid.channel)) } ". "
                    a href=(frame.way(&format!("{}/paid/{}", by.path(), debt.fee))) {
                        (frame.say(["Xác nhận thanh toán", "Payment confirmation"]))
                    }
                }
            }
        }
    }
}

/// The payment that settled a fee.
pub(crate) struct Paid<'a> {
    /// The day.
    pub on: String,
    /// The channel.
    pub channel: &'a str,
}

/// Returns the payment that settled a fee, named by its first attempt.
pub(crate) fn paid(all: &All, of: u8) -> Option<Paid<'_>> {
    all.history.iter().flat_map(|commit| &commit.events).rev().find_map(|event| match event {
        Event::FeePaid { attempt, channel, at, fee, .. } if fee.unwrap_or(*attempt) == of => {
            Some(Paid { on: vietnam::date(*at), channel })
        }
        _ => None,
    })
}

/// Names a channel.
pub(crate) fn called<'a>(site: &'a Site, frame: &Frame<'_>, channel: &'a str) -> &'a str {
    const IN_CASH: Both = ["tiền mặt", "cash"];
    if channel == CASH { frame.lang.pick(IN_CASH) } else { site.config.channel_called(channel) }
}

/// A button for each fee that can be paid online now.
pub(super) fn to_pay(frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    let open = all.opened.dossier.debts().filter(|debt| debt.missing_vnd() > rules::vnd::Vnd::ZERO);
    let open: Vec<_> = open.filter_map(|debt| Some((all.asked(&debt)?, debt))).collect();
    let several = open.len() > 1;
    html! { @for (attempt, debt) in open.iter().filter(|_| by.acts()) {
        form method="post" action=(frame.way(&by.path())) {
            button.main name=(PAY) value=(attempt) {
                (frame.say(["Nộp ", "Pay "])) (debt.missing_vnd())
                @if several { ": " (all.fee(frame, debt.fee)) }
            }
        }
    } }
}
