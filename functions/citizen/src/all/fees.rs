//! The fees of a dossier: what each is for, what was paid, and the way to pay the rest.

use maud::{Markup, html};
use motcua::site::Site;
use rules::dossier::{CASH, Debt, Event, FeeState};
use rules::language::Both;
use rules::receipt::{Ending, Lawful};
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
        ul { @for debt in &debts { li { (line(site, frame, all, (debt, by))) (receipts(frame, all, (debt.fee, by))) } } }
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

/// The lawful receipts of a fee, cancelled and replaced ones too, each with its files and the code by which the provider shows it to
/// anybody.
fn receipts(frame: &Frame<'_>, all: &All, (fee, by): (u8, By<'_>)) -> Markup {
    let of_fee = |receipt: &&Lawful| all.opened.dossier.attempt(receipt.attempt).is_some_and(|it| it.fee() == fee);
    let issues = all.receipts.iter().filter(of_fee).flat_map(|receipt| &receipt.issues);
    html! { @for (issue, issued) in issues.filter_map(|issue| Some((issue, issue.issued()?))) {
        br; (frame.say(["Biên lai điện tử ", "Electronic receipt "])) span.wide { (issued.no) } ", "
        (vietnam::written(issued.on)) ", " strong.nowrap { (issue.amount_vnd) }
        @match &issued.ending {
            Some(Ending::Cancelled { .. }) => { ", " (frame.say(["đã hủy", "cancelled"])) }
            Some(Ending::Replaced { by, .. }) => { ", " (frame.say(["thay bằng ", "replaced by "])) span.wide { (by) } }
            Some(Ending::Wanted { .. } | Ending::Refused { .. }) | None => {}
        }
        @if let Some(code) = &issued.code { ", " (frame.say(["mã tra cứu ", "look-up code "])) span.wide { (code) } }
        @for file in issue.files.iter().filter(|file| file.apart) {
            ", " a href=(frame.way(&format!("{}/receipts/{}", by.path(), file.sha256))) { (called_file(frame, &file.what)) }
        }
    } }
}

/// Names a file: the signed XML comes in an archive.
fn called_file(frame: &Frame<'_>, what: &str) -> &'static str {
    frame.say(match what {
        "pdf" => ["bản PDF", "PDF"],
        _ => ["bản XML đã ký (ZIP)", "signed XML (ZIP)"],
    })
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
