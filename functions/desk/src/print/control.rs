//! Phiếu kiểm soát quá trình giải quyết hồ sơ: who handed the dossier to whom, when, and whether it is in time.

use maud::{Markup, html};
use rules::dossier::{Event, HeldBy, Overdue, Punctuality, Recipient, Recorded, overdue};
use rules::language::Language;
use rules::vietnam;

use super::Page;
use super::frame::{moment, tracking, typed, whose};
use crate::words::{self, narrated};

/// Rows left empty for notes by hand.
const BLANK_ROWS: usize = 3;

pub(super) fn body(page: &Page<'_>) -> Markup {
    let dossier = &page.dossier;
    html! {
        dl {
            (whose(page))
            (typed("Tình trạng", words::phase(dossier.phase())[0]))
            @if let Some(clock) = &dossier.clock { (typed("Tiếp nhận lúc", &moment(clock.accepted_at))) }
            (dates(page))
        }
        h2 { "Quá trình giao nhận và giải quyết" }
        table.handed {
            thead { tr {
                th { "TT" } th { "Thời điểm" } th { "Người giao" } th { "Người nhận" } th { "Nội dung" } th { "Ký nhận" }
            } }
            tbody {
                @for (index, (commit, event)) in moves(page).enumerate() { tr {
                    td.n { (index + 1) }
                    td { (vietnam::date_time(commit.at)) }
                    td { bdi { (page.names().actor(&commit.actor)) } }
                    td { bdi { (receiver(page, event)) } }
                    td { bdi { (narrated(event, page.names())) } }
                    td {}
                } }
                @for _ in 0..BLANK_ROWS { tr.blank { td {} td {} td {} td {} td {} td {} } }
            }
        }
        (tracking(page, None))
    }
}

/// Events that moved the work or the clock, without those that only informed somebody.
fn moves<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (&'p Recorded, &'p Event)> {
    let all = page.history.iter().flat_map(|commit| commit.events.iter().map(move |event| (commit, event)));
    all.filter(|(_, event)| {
        !matches!(
            event,
            Event::GapMet { .. }
                | Event::WaitCounted { .. }
                | Event::StillAwaited { .. }
                | Event::WaitReminded { .. }
                | Event::OriginalsAnnounced { .. }
                | Event::FilesAnnounced { .. }
                | Event::PaymentFailed { .. }
                | Event::PaymentSetAside { .. }
        )
    })
}

fn receiver<'p>(page: &Page<'p>, event: &'p Event) -> &'p str {
    match event {
        Event::Forwarded { to } | Event::PutToLeader { to } => words::named(to, page.sheet.people, Language::Vi),
        Event::ReturnedToDesk => "Bộ phận Một cửa",
        Event::HandedOut { to, .. } | Event::PartHandedOut { to, .. } => match to {
            Some(Recipient::Filer) => "người nộp",
            Some(Recipient::Proxy) => "người được ủy quyền",
            Some(Recipient::Applicant) | None => "chủ hồ sơ",
        },
        Event::ResultPosted { .. } => "bưu điện",
        _ => "",
    }
}

fn dates(page: &Page<'_>) -> Markup {
    // Beyond the years that can be expressed, no date is shown.
    let Ok(Overdue { punctuality, original, counted, promised, held_by, .. }) =
        overdue(&page.dossier, page.terms(), page.sheet.now)
    else {
        return html! {};
    };
    let named = [("Hẹn trả lần đầu", original), ("Hẹn trả đang tính", counted), ("Hẹn lại", promised)];
    html! {
        @for (name, due) in named { @if let Some(due) = due { (typed(name, &moment(due.at))) } }
        (typed("So với hạn", &standing(&punctuality)))
        (typed("Đang giữ", match &held_by { HeldBy::Staff(who) => words::named(who, page.sheet.people, Language::Vi), HeldBy::Desk(_) => "Bộ phận Một cửa" }))
    }
}

fn standing(punctuality: &Punctuality) -> String {
    match punctuality {
        Punctuality::NotStarted => "chưa bắt đầu tính".into(),
        Punctuality::Paused => "đang dừng tính".into(),
        Punctuality::NotCounted { .. } => "chưa tính được".into(),
        Punctuality::InTime => "trong hạn".into(),
        Punctuality::DueSoon => "sắp đến hạn".into(),
        Punctuality::Late { working_days: Some(days @ 1..) } => format!("quá hạn {days} ngày làm việc"),
        Punctuality::Late { .. } => "quá hạn".into(),
    }
}
