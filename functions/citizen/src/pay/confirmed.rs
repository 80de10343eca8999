//! The confirmation of a payment, to be printed. It is no official receipt, and never bears that title (NĐ 254/2026/NĐ-CP).

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::facts;
use rules::dossier::{Event, FeeState};
use rules::http::Response;
use rules::id::DossierId;
use rules::language::Both;
use rules::vietnam;
use rules::vnd::Vnd;

use super::back_to;
use crate::all::{self, All, By, called};
use crate::frame::Frame;
use crate::problem::Problem;

const TITLE: Both = ["Xác nhận thanh toán", "Payment confirmation"];

/// A payment towards the fee.
struct Part<'a> {
    at: String,
    channel: &'a str,
    amount_vnd: Vnd,
}

/// Shows the confirmation of a fee, named by its first attempt.
pub(crate) async fn confirmation(
    site: &Site,
    frame: &Frame<'_>,
    (id, by): (DossierId, By<'_>),
    fee: u8,
) -> Result<Response, Problem> {
    let all = all::read(site, frame, id).await?;
    let debt = all.opened.dossier.debt(fee).filter(|debt| debt.state == FeeState::Paid && debt.fee == fee);
    let debt = debt.ok_or(Problem::NotFound)?;
    let title = frame.say(TITLE);
    let mut known = vec![
        (frame.say(["Cơ quan thu", "Collected by"]), html! { span lang="vi" { (frame.agency.name) } }),
        (frame.say(["Hồ sơ", "Dossier"]), html! { span.wide { (all.opened.dossier.called()) } }),
        (frame.say(["Khoản", "Fee"]), html! { bdi lang="vi" { (all.fee(frame, fee)) } }),
        (frame.say(["Số tiền", "Amount"]), html! { strong.nowrap { (debt.amount_vnd) } }),
    ];
    for part in parts(&all, fee) {
        let told = html! {
            (part.amount_vnd) ", " (part.at) ", " bdi { (called(site, frame, part.channel)) }
        };
        known.push((frame.say(["Đã nộp", "Paid"]), told));
    }
    if let Some(numbers) = numbers(frame, &all, fee) {
        known.push((frame.say(["Số xác nhận", "Confirmation number"]), numbers));
    }
    let content = html! {
        h1 { (title) }
        (facts::summary(&known))
        p { (frame.say([
            "Đây là xác nhận của cơ quan về khoản đã thu, không thay cho chứng từ thu theo quy định.",
            "This is the office's confirmation of what it collected; it does not stand for the document that the law names.",
        ])) }
        p.small.soft { (frame.say(["Lập lúc ", "Made at "])) (vietnam::date_time(frame.now)) ". "
            (frame.say(["Bấm Ctrl+P để in.", "Press Ctrl+P to print."])) }
        (back_to(frame, by))
        div.actions { (all.foot(frame, by)) }
    };
    Ok(frame.page(200, &format!("{title} – {}", all.opened.dossier.called()), &content))
}

/// The payments towards a fee, oldest first.
fn parts(all: &All, of: u8) -> Vec<Part<'_>> {
    let fee_of = |attempt: u8| all.opened.dossier.attempt(attempt).map(rules::dossier::Fee::fee);
    let events = all.history.iter().flat_map(|commit| &commit.events);
    let part = |event| match event {
        &Event::FeePaid { attempt, ref channel, amount_vnd, at, .. }
        | &Event::FeePartPaid { attempt, ref channel, amount_vnd, at, .. }
            if fee_of(attempt) == Some(of) =>
        {
            Some(Part { at: vietnam::date_time(at), channel, amount_vnd })
        }
        _ => None,
    };
    events.filter_map(part).collect()
}

/// The office's own numbers of these payments, and those of official receipts that were noted.
fn numbers(frame: &Frame<'_>, all: &All, of: u8) -> Option<Markup> {
    let fee_of = |attempt: u8| all.opened.dossier.attempt(attempt).map(rules::dossier::Fee::fee);
    let given: Vec<_> =
        all.vouchers.iter().filter(|it| it.cancelled.is_none() && fee_of(it.attempt) == Some(of)).collect();
    let mut known = given.iter().map(|voucher| {
        let official = voucher.official.last().map(|receipt| receipt.number.as_str());
        html! { (voucher.no) @if let Some(number) = official {
            " (" (frame.say(["biên lai số ", "official receipt "])) bdi { (number) } ")"
        } }
    });
    let first = known.next()?;
    Some(known.fold(first, |all, next| html! { (all) ", " (next) }))
}
