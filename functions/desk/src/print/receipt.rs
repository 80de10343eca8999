//! Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

use maud::{Markup, html};
use rules::catalogue::{ClockStart, FeeDue, FeeKind, FeeTerms};
use rules::dossier::{Debt, Event, Recorded, explanation_in_brief};
use rules::language::Language;
use rules::vietnam;
use serde_json::Value;

use super::form::gives_appointment;
use super::frame::{fact, moment, signatures, tracking, typed, whose};
use super::{Page, papers};
use crate::words;

pub(super) fn body(page: &Page<'_>) -> Markup {
    let accepted_at = page.dossier.clock.as_ref().map(|clock| clock.accepted_at);
    let listed = papers::all(page);
    html! {
        (validity(page))
        dl {
            (whose(page))
            (typed("Cách nộp", words::filing(page.dossier.filing)[0]))
            (typed("Nộp lúc", &moment(page.dossier.submitted_at)))
            @if let Some(at) = accepted_at { (typed("Tiếp nhận lúc", &moment(at))) }
        }
        h2 { "Giấy tờ đã nhận" }
        (papers::table(&listed))
        (missing(page, &listed))
        (fees(page))
        h2 { "Hẹn trả kết quả" }
        dl {
            @if let Some(procedure) = page.sheet.procedure { (typed("Thời hạn giải quyết", &format!("{} ({})", words::limit(procedure.limit.allowance, Language::Vi), procedure.legal_basis))) }
            (fact("Trả kết quả lúc", &due(page)))
            @if let Some(told) = explanation_in_brief(&page.dossier, page.history, page.terms(), Language::Vi) { (typed("Cách tính", &told)) }
            (fact("Nơi nhận kết quả", &way_back(page)))
            (typed("Sổ theo dõi hồ sơ", "quyển số …………, số thứ tự …………"))
        }
        div.keep {
            (tracking(page, page.sheet.six))
            p.small { "Khi đến nhận kết quả, đem theo giấy này và giấy tờ tùy thân; người nhận thay đem thêm giấy ủy quyền." }
            (notices(page))
            (signatures(&["Người nộp hồ sơ", "Người tiếp nhận hồ sơ"]))
        }
    }
}

/// Words of the day's notices to somebody who will come, send papers or wait for the post.
fn notices(page: &Page<'_>) -> Markup {
    let day = vietnam::day(page.given_at());
    let procedure = page.dossier.procedure.code.as_str();
    let said = page.sheet.notices.for_applicants(procedure, day);
    html! { @for (effect, card) in said {
        p.small { (effect.days_in(Language::Vi)) " " (effect.measure.said()[0]) " (" (card.legal_basis) ")" }
    } }
}

/// The papers of the check-list that are always needed and not there. If nothing is known of the papers, neither is this.
fn missing(page: &Page<'_>, listed: &[papers::Paper]) -> Markup {
    let list = page.sheet.procedure.map(|procedure| procedure.papers.as_slice()).unwrap_or_default();
    let lacks = |code: &str| !listed.iter().any(|paper| paper.is(code));
    let missing: Vec<_> = list.iter().filter(|paper| paper.when().is_none() && lacks(&paper.code)).collect();
    html! { @if !listed.is_empty() && !missing.is_empty() {
        p { "Chưa nộp: " (missing.iter().map(|paper| paper.name_vi.as_str()).collect::<Vec<_>>().join("; ")) "." }
    } }
}

/// The most papers of a sheet in its ordinary letters; up to twice as many fit one sheet in smaller ones.
const FEW_PAPERS: usize = 4;

/// The kind of the sheet: two copies of one sheet are handed over, so it is set closer the more papers it lists.
pub(super) fn class(page: &Page<'_>) -> &'static str {
    if papers::all(page).len() > FEW_PAPERS { "sheet receipt dense" } else { "sheet receipt" }
}

/// Which of several slips is valid: one that was replaced says by which, and a later one says which it replaces.
fn validity(page: &Page<'_>) -> Markup {
    let Some(cause) = page.cause else { return html! {} };
    let gives = |commit: &&Recorded| commit.events.iter().any(gives_appointment);
    let own = page.history.len();
    let later = page.sheet.history[own..].iter().rfind(gives);
    let earlier = page.history[..own - 1].iter().rposition(|commit| gives(&commit));
    let before = earlier.map(|place| &page.history[place]);
    let promised = earlier.and_then(|place| super::lived(page.sheet.dossier, &page.history[..=place]).due());
    html! {
        @if let Some(later) = later {
            p.replaced { "Giấy này đã được thay bằng giấy lập lúc " (moment(later.recorded_at)) ", không còn giá trị." }
        }
        @if let Some(before) = before {
            p.replaces {
                @match promised {
                    Some(due) => { "Giấy này thay giấy hẹn trả kết quả ngày " (vietnam::written(due.on)) ", " }
                    None => { "Giấy này bổ sung ngày hẹn trả kết quả, thay giấy " }
                }
                "lập lúc " (moment(before.recorded_at)) "."
            }
        }
        @if later.is_some() || before.is_some() { p.replaces { "Lập lúc " (moment(cause.recorded_at)) "." } }
    }
}

fn due(page: &Page<'_>) -> Markup {
    let clock = page.dossier.clock.as_ref();
    let years = clock.map(|clock| clock.gap.as_slice()).unwrap_or_default();
    let fee_first = page.sheet.procedure.is_some_and(|procedure| procedure.starts_on == ClockStart::FeePaid);
    html! {
        @match page.dossier.due() {
            Some(due) => { strong { (moment(due.at)) } }
            None if !years.is_empty() => {
                "chưa tính được, vì chưa có lịch nghỉ chính thức của năm "
                (years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
                "; sẽ báo khi có"
            }
            None if fee_first && clock.is_some_and(|clock| clock.starts_at.is_none()) => {
                "sẽ báo khi nộp đủ phí, lệ phí; thời hạn tính từ lúc đó"
            }
            None => { "thời hạn đang dừng, chờ " (awaited(page)) "; sẽ báo khi nhận đủ" }
        }
    }
}

/// Things that the clock waits for.
fn awaited(page: &Page<'_>) -> String {
    let things = page.dossier.pause().into_iter().flat_map(|pause| &pause.awaited);
    things.map(|thing| page.names().awaited(thing)).collect::<Vec<_>>().join("; ")
}

/// The way of return, as chosen since, or by `HinhThuc` of the declaration: 1 is by post, 0 at the desk. If neither
/// says, a person ticks it.
fn way_back(page: &Page<'_>) -> Markup {
    let address = page.person.as_ref().and_then(|person| person.applicant.address.as_deref());
    let to = match (confirmed(page), address) {
        (Some(confirmed), _) => format!("đến địa chỉ: {confirmed}"),
        (None, Some(_)) => "theo địa chỉ trên".to_owned(),
        (None, None) => "theo địa chỉ ……………………".to_owned(),
    };
    let (at_desk, by_post) = ("tại Bộ phận Một cửa", format!("qua dịch vụ bưu chính công ích, {to}"));
    let declared = page.sheet.declared.iter().rev().filter(|(version, _)| *version <= page.dossier.version);
    let chosen = page.dossier.returns_by_post.or_else(|| declared.filter_map(|(_, text)| way(text)).next());
    let never_by_post = page.sheet.procedure.is_some_and(|procedure| !procedure.returns_by_post);
    html! {
        @match (never_by_post, chosen) {
            (true, _) | (false, Some(false)) => { (at_desk) }
            (false, Some(true)) => { (by_post) }
            (false, None) => { "☐ " (at_desk) "   ☐ " (by_post) }
        }
    }
}

/// The confirmed address in one line, with the commune of before in brackets.
fn confirmed(page: &Page<'_>) -> Option<String> {
    let mailing = page.person.as_ref()?.mailing.as_deref()?;
    let lines = mailing.address.lines(page.sheet.config.units(), vietnam::day(page.given_at()));
    // The third line is the commune of before.
    let (new, old) = lines.split_at(lines.len().min(2));
    Some(old.iter().fold(new.join(", "), |new, old| format!("{new} {old}")))
}

fn way(declared: &str) -> Option<bool> {
    let declared: Value = serde_json::from_str(declared).ok()?;
    let word = declared.get("HinhThuc")?;
    match (word.as_str(), word.as_u64()) {
        (Some("0"), _) | (_, Some(0)) => Some(false),
        (Some("1"), _) | (_, Some(1)) => Some(true),
        _ => None,
    }
}

/// Fees that were asked for, and those that the catalogue asks for on return.
fn fees(page: &Page<'_>) -> Markup {
    let debts: Vec<Debt> = page.dossier.debts().collect();
    let terms = page.sheet.procedure.map(|procedure| procedure.fees.as_slice()).unwrap_or_default();
    let asked = |code: &str| page.dossier.fees.iter().any(|fee| fee.code.as_deref() == Some(code));
    let later: Vec<_> = terms.iter().filter(|fee| fee.due == FeeDue::OnReturn && !asked(&fee.code)).collect();
    html! {
        h2 { "Phí, lệ phí" }
        @if debts.is_empty() && later.is_empty() { p { "Không thu." } } @else {
            table.fees {
                thead { tr { th { "Khoản" } th.n { "Số tiền" } th.n { "Đã nộp" } th { "Tình trạng" } } }
                tbody {
                    @for debt in &debts { tr {
                        td { bdi { (named(page, debt)) } }
                        td.n { (debt.amount_vnd) }
                        td.n { (debt.paid_vnd) }
                        td { (words::fee(debt.state)[0]) (receipts(page, debt)) }
                    } }
                    @for fee in later { tr {
                        td { bdi { (told(fee)) } }
                        td.n { (fee.amount_vnd) }
                        td.n { "–" }
                        td { "nộp khi nhận kết quả" }
                    } }
                }
            }
        }
    }
}

/// The numbers of the receipts that were given for a fee.
fn receipts(page: &Page<'_>, debt: &Debt) -> String {
    let events = page.history.iter().flat_map(|commit| &commit.events);
    let numbers = events.filter_map(|event| match event {
        Event::FeePaid { attempt, fee, receipt_no: Some(number), .. } if fee.unwrap_or(*attempt) == debt.fee => {
            Some(format!(", biên lai số {number}"))
        }
        _ => None,
    });
    numbers.collect()
}

fn named(page: &Page<'_>, debt: &Debt) -> String {
    let code = page.dossier.attempt(debt.fee).and_then(|fee| fee.code.as_deref());
    let terms = page.sheet.procedure.map(|procedure| procedure.fees.as_slice()).unwrap_or_default();
    match terms.iter().find(|terms| Some(terms.code.as_str()) == code) {
        Some(terms) => told(terms),
        None => "Phí, lệ phí".to_owned(),
    }
}

/// Name of a fee, which mostly says which of the two kinds it is.
fn told(fee: &FeeTerms) -> String {
    let kind = match fee.kind {
        FeeKind::Charge => "Phí",
        FeeKind::Fee => "Lệ phí",
    };
    if fee.name_vi.to_lowercase().starts_with(&kind.to_lowercase()) {
        fee.name_vi.clone()
    } else {
        format!("{kind}: {}", fee.name_vi)
    }
}
