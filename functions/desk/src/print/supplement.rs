//! Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: for a supplement, and for originals that a step needs.

use maud::{Markup, html};
use rules::catalogue::Reason;
use rules::clock::Policy;
use rules::dossier::{Awaited, Event, Phase};
use rules::vietnam;

use super::Page;
use super::frame::{fact, moment, signatures, tracking, typed, whose};

/// A thing asked for, and the article it rests on if the procedure named one.
struct Asked<'a> {
    thing: &'a Awaited,
    legal_basis: &'a str,
}

pub(super) fn body(page: &Page<'_>) -> Markup {
    let events = page.cause.map(|commit| commit.events.as_slice()).unwrap_or_default();
    let asked: Vec<Asked<'_>> = events.iter().filter_map(asked).collect();
    html! {
        dl {
            (whose(page))
            (typed("Nộp lúc", &moment(page.dossier.submitted_at)))
            (fact("Lần yêu cầu", &html! { (rounds(page)) }))
            (typed("Lý do", &reason(page, events)))
            (typed("Căn cứ", &basis(page, &asked)))
        }
        h2 { "Giấy tờ cần nộp" }
        (papers(page, &asked))
        h2 { "Thời hạn" }
        dl {
            @for ask in &asked { (fact("Hạn nộp", &until(ask.thing))) }
            (typed("Thời hạn giải quyết", &clock(page, &asked)))
            (typed("Nơi nộp", "tại Bộ phận Một cửa hoặc qua dịch vụ bưu chính công ích; đem theo phiếu này"))
        }
        div.keep {
            (tracking(page, None))
            (signatures(&["Người nhận phiếu", "Người hướng dẫn"]))
        }
    }
}

fn asked(event: &Event) -> Option<Asked<'_>> {
    let asked = match event {
        Event::IntakeSupplementRequested { awaited, .. } => Asked { thing: awaited, legal_basis: "" },
        Event::ClockPaused { awaited, legal_basis, .. } | Event::AwaitedAdded { awaited, legal_basis } => {
            Asked { thing: awaited, legal_basis }
        }
        _ => return None,
    };
    Some(asked).filter(|asked| asked.thing.reason.asks_for_papers())
}

/// The number of this request among all that asked for papers.
fn rounds(page: &Page<'_>) -> usize {
    let asks = |event: &Event| asked(event).is_some();
    page.history.iter().filter(|commit| commit.events.iter().any(asks)).count()
}

fn reason(page: &Page<'_>, events: &[Event]) -> String {
    let said = events.iter().find_map(|event| match event {
        Event::SupplementRequested { reason, .. } | Event::IntakeSupplementRequested { reason, .. } => {
            Some(reason.clone())
        }
        _ => None,
    });
    let step = page.dossier.step.as_ref().map(|visit| page.names().step(&visit.name));
    match (said, step) {
        (Some(reason), _) => reason,
        (None, Some(step)) => format!("bước “{step}” cần bản chính, đến nay chưa nhận được"),
        (None, None) => "cần bản chính, đến nay chưa nhận được".to_owned(),
    }
}

fn basis(page: &Page<'_>, asked: &[Asked<'_>]) -> String {
    let mut named: Vec<&str> = Vec::new();
    for ask in asked.iter().filter(|ask| !ask.legal_basis.is_empty()) {
        if !named.contains(&ask.legal_basis) {
            named.push(ask.legal_basis);
        }
    }
    if named.is_empty() { page.edition.cited(page.dossier.clock.is_some()) } else { named.join("; ") }
}

fn papers(page: &Page<'_>, asked: &[Asked<'_>]) -> Markup {
    let rows: Vec<_> = asked.iter().flat_map(|ask| ask.thing.papers.iter().map(|code| (ask.thing, code))).collect();
    html! {
        @if rows.is_empty() { p { "Theo nội dung nêu ở mục lý do." } } @else {
            table.papers {
                thead { tr { th { "TT" } th { "Tên giấy tờ" } th { "Cần nộp" } } }
                tbody { @for (index, (thing, code)) in rows.iter().enumerate() { tr {
                    td.n { (index + 1) }
                    td { bdi { (page.names().paper(code)) } }
                    td { (kind(&thing.reason)) }
                } } }
            }
        }
    }
}

/// Kind of the paper that is asked for.
fn kind(reason: &Reason) -> &'static str {
    match reason {
        Reason::Originals => "bản chính",
        Reason::Supplement | Reason::Fee | Reason::Further(_) => "bản bổ sung",
    }
}

fn until(thing: &Awaited) -> Markup {
    html! {
        @match (thing.wait, thing.gap.is_empty()) {
            (Some(wait), _) => { "đến hết ngày " strong { (vietnam::written(wait.last_day())) } }
            (None, false) => { "sẽ báo khi có lịch nghỉ chính thức của năm tới" }
            (None, true) => { "thủ tục không đặt hạn nộp" }
        }
    }
}

/// Effect on the clock: before acceptance none runs, and after the due date a pause does not move it.
fn clock(page: &Page<'_>, asked: &[Asked<'_>]) -> String {
    if page.dossier.phase() == Phase::Incomplete {
        return "chưa bắt đầu tính; hồ sơ được xem xét tiếp nhận khi nhận đủ".to_owned();
    }
    let since = asked.iter().map(|ask| ask.thing.since).min().map(moment).unwrap_or_default();
    if page.dossier.pause().is_some_and(|pause| pause.overdue) {
        return format!("dừng từ {since}; ngày hẹn trả đã qua nên giữ nguyên");
    }
    match page.dossier.pause().map(|pause| pause.policy) {
        Some(Policy::Restart) => format!("dừng từ {since}; tính lại từ đầu khi nhận đủ"),
        Some(Policy::Resume) | None => format!("dừng từ {since}; tính tiếp khi nhận đủ"),
    }
}
