//! Refusal, apology and closing: an answer to the applicant with its reason.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::{DueDate, Event, Filing};
use rules::vietnam;

use super::frame::{BLANK, moment, signatures, tracking, typed, whose};
use super::{Page, papers};

/// Phiếu từ chối tiếp nhận giải quyết hồ sơ: at intake, or if the result is negative.
pub(super) fn refusal(page: &Page<'_>) -> Markup {
    let accepted = page.dossier.clock.is_some();
    let reason = found(page, |event| match event {
        Event::IntakeRefused { reason } => Some(reason.as_str()),
        Event::ResultReady { reason, .. } => reason.as_deref(),
        _ => None,
    });
    let said = if accepted {
        "không đủ điều kiện để giải quyết"
    } else {
        "không được tiếp nhận giải quyết"
    };
    html! {
        (addressed(page))
        p { (page.sheet.agency_name) " đã xem xét hồ sơ dưới đây; hồ sơ " strong { (said) } "." }
        dl {
            (whose(page))
            (typed("Nộp lúc", &moment(page.dossier.submitted_at)))
            (typed("Lý do", reason.unwrap_or(BLANK)))
            (typed("Căn cứ", &page.edition.cited(accepted)))
        }
        (given_back(page))
        div.keep {
            (tracking(page, None))
            @if accepted { (signatures(&["Người nhận phiếu", "Thủ trưởng cơ quan"])) }
            @else { (signatures(&["Người nộp hồ sơ", "Người tiếp nhận hồ sơ"])) }
        }
    }
}

/// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
pub(super) fn apology(page: &Page<'_>) -> Markup {
    let told = found(page, |event| match event {
        Event::Apologised { reason, was, promised, .. } => Some((reason.as_str(), *was, *promised)),
        _ => None,
    });
    let Some((reason, was, promised)) = told else { return html! {} };
    let was = was.map(|due: DueDate| vietnam::written(due.on));
    html! {
        (addressed(page))
        p {
            "Hồ sơ dưới đây "
            @if let Some(was) = &was { "được hẹn trả kết quả ngày " strong { (was) } " nhưng " }
            "không giải quyết xong trong thời hạn. " (page.sheet.agency_name) " xin lỗi vì sự chậm trễ này."
        }
        dl {
            (whose(page))
            @if let Some(clock) = &page.dossier.clock { (typed("Tiếp nhận lúc", &moment(clock.accepted_at))) }
            (typed("Lý do", reason))
            @if let Some(was) = &was { (typed("Ngày hẹn trước", was)) }
            div { dt { "Hẹn trả lại lúc:" } dd { strong { (moment(promised.at)) } } }
            (typed("Căn cứ", &page.edition.cited(true)))
        }
        div.keep { (tracking(page, None)) (signatures(&["Thủ trưởng cơ quan"])) }
    }
}

/// Thông báo dừng giải quyết hồ sơ.
pub(super) fn closing(page: &Page<'_>) -> Markup {
    let told = found(page, |event| match event {
        Event::Closed { reason, article, at } => Some((reason.as_str(), article.as_str(), *at)),
        _ => None,
    });
    let Some((reason, article, at)): Option<(&str, &str, Timestamp)> = told else { return html! {} };
    html! {
        (addressed(page))
        p { (page.sheet.agency_name) " thông báo dừng giải quyết hồ sơ dưới đây từ " strong { (moment(at)) } "." }
        dl {
            (whose(page))
            (typed("Nộp lúc", &moment(page.dossier.submitted_at)))
            (typed("Lý do", reason))
            (typed("Căn cứ", article))
        }
        (given_back(page))
        div.keep { (tracking(page, None)) (signatures(&["Thủ trưởng cơ quan"])) }
    }
}

fn found<'p, T>(page: &Page<'p>, told: impl Fn(&'p Event) -> Option<T>) -> Option<T> {
    page.cause?.events.iter().find_map(told)
}

fn addressed(page: &Page<'_>) -> Markup {
    let name = page.person.as_ref().map(|person| person.applicant.name.as_str()).filter(|name| !name.is_empty());
    html! { p.to { "Kính gửi: " bdi { (name.unwrap_or(BLANK)) } } }
}

/// Papers that the applicant takes back. On a dossier filed on paper, a person adds those that nobody declared.
fn given_back(page: &Page<'_>) -> Markup {
    let held = papers::held(page);
    let lines = if page.dossier.filing == Filing::Online { held.len() } else { held.len().max(papers::BLANK_ROWS) };
    html! {
        h2 { "Giấy tờ trả lại" }
        @if lines == 0 { p { "Hồ sơ nộp trực tuyến, cơ quan không giữ giấy tờ nào bằng giấy." } } @else {
            table.papers {
                thead { tr { th { "TT" } th { "Tên giấy tờ" } th { "Đã nhận lại" } } }
                tbody { @for index in 0..lines { tr.blank[index >= held.len()] {
                    td.n { (index + 1) }
                    td { bdi { (held.get(index).map(String::as_str).unwrap_or_default()) } }
                    td {}
                } } }
            }
        }
    }
}
