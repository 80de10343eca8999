//! Parts beside a dossier's history: people, papers, fees and the forms that can be printed.

use maud::{Markup, html};
use motcua::store::lawful_key;
use rules::dossier::{FeeState, Kind, Phase, Whose};
use rules::person::{Change, Changed, Mailing, Party};
use rules::phone;
use rules::vietnam;

use crate::pages::dossier::check_list;
use crate::pages::dossier::mailing;
use crate::pages::dossier::messages::consent_name;
use crate::pages::dossier::opened::Opened;
use crate::pages::dossier::waited;
use crate::pages::layout::Frame;
use crate::pages::receipts::numbered;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words;
use ::pages::part::phone as number_part;

pub(super) fn people(visit: &Visit<'_>, opened: &Opened) -> Markup {
    let frame = visit.frame;
    html! {
        h2 { (frame.say("Người nộp", "People")) }
        p {
            span.soft { (frame.say("Nộp", "Filed")) ": " } (vietnam::date_time(opened.dossier().submitted_at)) ", "
            (frame.lang.pick(words::filing(opened.dossier().filing)).to_lowercase())
        }
        @match &opened.whole.person {
            None => p.soft { (frame.say("Không còn lưu thông tin cá nhân.", "No personal data is kept any more.")) },
            Some(person) => {
                (party(frame, frame.say("Chủ hồ sơ", "Applicant"), &person.applicant))
                @if let Some(filer) = &person.filer { (party(frame, frame.say("Người nộp, được ủy quyền", "Filer"), filer)) }
                (mailing::shown(visit, opened, person))
                @if let Some(parcel) = &opened.dossier().parcel {
                    p { (frame.say("Bưu gửi", "Parcel")) ": " a.code href={ "/desk/post/parcels/" (parcel) } { (parcel) } }
                }
                @if frame.role.may(Kind::CorrectContact) {
                    p { a href={ "/desk/dossiers/" (opened.dossier().id) "/messages" } { (frame.say("Cách báo tin", "How they are told")) } }
                }
                @if !person.changes.is_empty() {
                    details {
                        summary { (frame.say("Đã thay đổi", "What was changed")) " (" (person.changes.len()) ")" }
                        ul { @for change in person.changes.iter().rev() { li { (changed(visit, opened, change)) } } }
                    }
                }
            }
        }
    }
}

/// The old value, the correct one, and the person whose word it rests on.
fn changed(visit: &Visit<'_>, opened: &Opened, change: &Change) -> Markup {
    let frame = visit.frame;
    let none = frame.say("không có", "none");
    let was_and_is = |was: &Option<String>, is: &Option<String>| {
        html! { @if let Some(is) = is { " " del { bdi { (was.as_deref().unwrap_or(none)) } } " → " ins { bdi { (is) } } } }
    };
    let spaced = |number: &Option<String>| number.as_deref().map(number_part::shown);
    html! {
        (vietnam::date_time(change.noted.at)) ", " bdi { (opened.names(frame.lang).account(&change.noted.by)) } ": "
        @match &change.what {
            Changed::Contact { whose, was, is } => {
                (words::choice(match whose { Whose::Applicant => "applicant", Whose::Filer => "filer" }, frame.lang))
                (was_and_is(&was.address, &is.address)) (was_and_is(&spaced(&was.phone), &spaced(&is.phone)))
            },
            Changed::Filing { applicant, filer } => {
                (frame.say("người nộp sửa trên cổng; trước đó là", "changed by the filer at the portal; before that"))
                @for party in std::iter::once(applicant).chain(filer) {
                    " " del { bdi { (party.name) } }
                    @for part in [&party.address, &spaced(&party.phone), &party.identity_no, &party.email].into_iter().flatten() {
                        ", " del { bdi { (part) } }
                    }
                }
            },
            Changed::Mailing { was, is } => {
                @let line = |mailing: &Mailing| mailing::in_one_line(visit, &mailing.address);
                (frame.say("địa chỉ nhận kết quả", "address for the result"))
                (was_and_is(&was.as_deref().map(line), &Some(line(is))))
            },
            Changed::Return { by_post } => {
                (frame.lang.pick(words::field(Kind::ChooseReturn, "by"))) ": "
                (words::choice(if *by_post { "post" } else { "desk" }, frame.lang))
            },
        }
        @if let Some(consent) = change.consent {
            ". " (frame.lang.pick(words::field(Kind::CorrectContact, "consent"))) ": "
            (words::choice(consent_name(consent), frame.lang))
        }
        @if let Some(who) = &change.given_by { " (" bdi { (who) } ")" }
    }
}

fn party(frame: &Frame, title: &str, party: &Party) -> Markup {
    let facts = [
        (["Địa chỉ", "Address"], &party.address),
        (["Giấy tờ tùy thân", "Identity number"], &party.identity_no),
        (["Thư điện tử", "E-mail"], &party.email),
    ];
    html! {
        dl.facts {
            dt { (title) } dd { strong { (party.name) } }
            @if let Some(number) = &party.phone {
                dt { (frame.say("Điện thoại", "Phone")) }
                dd {
                    (number_part::shown(number))
                    @if let Some(remark) = phone::remark(number) { br; small { (frame.lang.pick(remark)) } }
                    @if party.shared { br; small { (frame.say("Số dùng chung, máy nhờ", "Shared or borrowed")) } }
                    @if let Some(why) = party.unusable { br; small { (frame.lang.pick(words::unusable(why))) } }
                }
            }
            @for (name, value) in facts { @if let Some(value) = value { dt { (frame.lang.pick(name)) } dd { (value) } } }
        }
    }
}

/// What is awaited, and the check-list.
pub(super) fn papers(frame: &Frame, opened: &Opened) -> Markup {
    let (names, awaited) = (opened.names(frame.lang), opened.dossier().awaited());
    html! {
        h2 id="papers" { (frame.say("Giấy tờ", "Papers")) }
        @if !awaited.is_empty() {
            p { strong { (frame.say("Đang chờ:", "Awaited:")) } }
            ul { @for thing in awaited {
                li { (names.awaited(thing)) " " small {
                    (frame.say("từ", "since")) " " (vietnam::date(thing.since)) ", " (waited(frame, thing.since)) } }
            } }
        }
        (check_list::shown(frame, opened))
        @if frame.role.may(Kind::RecordReceipt) && matches!(opened.dossier().phase(), Phase::Incomplete | Phase::Paused) {
            p { a href={ "/desk/post/collect/" (opened.dossier().id) } { (frame.say("Nhận giấy tờ qua bưu điện", "Papers in by post")) } }
        }
    }
}

pub(super) fn fees(frame: &Frame, opened: &Opened) -> Markup {
    let dossier = opened.dossier();
    html! {
        h2 id="fees" { (frame.say("Phí, lệ phí", "Fees")) }
        @if dossier.fees.is_empty() { p.soft { (frame.say("Không có.", "None.")) } } @else {
            div.list tabindex="0" role="region" aria-labelledby="fees" { table {
                thead { tr {
                    th scope="col" { (frame.say("Lần", "Attempt")) } th.n scope="col" { (frame.say("Số tiền", "Amount")) }
                    th scope="col" { (frame.say("Kênh", "Channel")) } th scope="col" { (frame.say("Tình trạng", "State")) }
                } }
                tbody { @for fee in &dossier.fees { tr {
                    td { (fee.attempt) @if let Some(first) = fee.again { " ← " (first) } }
                    td.n { (fee.amount_vnd) }
                    td { (fee.channel.as_deref().map_or_else(|| "–".to_owned(), |channel| opened.names(frame.lang).channel(channel).to_owned())) }
                    td {
                        (frame.lang.pick(words::fee(fee.state)))
                        @if fee.state == FeeState::Open && fee.channel.is_some() {
                            @if frame.role.holds(Permission::Handle) {
                                form method="post" action={ "/desk/dossiers/" (dossier.id) "/pay" } {
                                    (frame.csrf_field())
                                    input type="hidden" name="attempt" value=(fee.attempt);
                                    button { (frame.say("mã nộp tiền", "way to pay")) }
                                }
                            }
                        }
                    }
                } } }
            } }
        }
        @if !opened.whole.receipts.is_empty() {
            ul { @for receipt in &opened.whole.receipts { @for issue in &receipt.issues {
                li {
                    (frame.say("Biên lai điện tử", "Electronic receipt")) ": " (issue.amount_vnd) ", "
                    a href={ "/desk/receipts/" (dossier.id) "/" (lawful_key(&dossier.agency, receipt).receipt_name().unwrap_or_default()) } {
                        (numbered(frame, issue))
                    }
                }
            } } }
        }
        @if !opened.whole.vouchers.is_empty() {
            ul { @for voucher in &opened.whole.vouchers {
                li {
                    (frame.say("Chứng từ", "Voucher")) " " span.code { (voucher.no) } ", " (voucher.amount_vnd) ", " (vietnam::date(voucher.paid_at))
                    @if voucher.cancelled.is_some() { " " span.late { (frame.say("đã hủy", "cancelled")) } }
                    @if let Some(official) = voucher.official.last() { ", " (frame.say("biên lai", "official receipt")) " " (official.number) }
                }
            } }
        }
    }
}
