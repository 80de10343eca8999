//! Receipts that a person must look at, and tables that nobody reported.

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::receipts::MakingUp;
use motcua::store::lawful_key;
use rules::http::{Response, query};
use rules::receipt::{Lawful, MakeUp, Standing};
use rules::vietnam;

use super::{DAYS, ROOT, page, said};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::named;
use ::pages::part::notice::Notice;
use ::pages::part::pager::pager;
use ::pages::part::tag::{Tone, tag};

/// Receipts that are shown of those that wait for their provider.
const WAITING: usize = 50;

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let (store, asked) = (site.recorder.store(), visit.asked());
    let list = store.receipts_for_a_person(&staff.agency, asked.get("after")).await?.ok_or(Problem::NotFound)?;
    let days = store.unreported_days(&staff.agency, now).await?;
    let (making_up, people) = (MakingUp::of(site, &staff.agency).await?, visit.people().await?);
    let tasks: Vec<_> = store.receipt_tasks(&staff.agency, now, WAITING).await?.into_iter().map(|it| it.key).collect();
    let unissued = |it: &Lawful| matches!(it.standing(), Standing::ToIssue | Standing::ToLookUp);
    let waiting: Vec<_> = store.lawful_at(&tasks).await?.into_iter().filter(unissued).collect();
    let next = list.next.as_ref().map(|after| format!("{ROOT}?after={}", query::encode(after.as_bytes())));
    let provider = site.config.receipts_of(&staff.agency, vietnam::day(now));
    let [paid, amount, why, dossier] = [
        frame.say("Ngày thu", "Collected"),
        frame.say("Số tiền", "Amount"),
        frame.say("Vì sao chờ", "Why it waits"),
        frame.say("Hồ sơ", "Dossier"),
    ];
    let content = html! {
        @match provider {
            Some(provider) => p { (frame.say("Nhà cung cấp", "Provider")) ": " (provider.called()) " · " (frame.say("ký hiệu", "symbol")) " " span.code { (provider.form) " " (provider.symbol(vietnam::day(now).year())) } },
            None => (Notice::Warning.of(&html! { p { strong { (frame.say("Cơ quan chưa có nhà cung cấp biên lai điện tử.", "The office has no provider of electronic receipts.")) } " "
                (frame.say("Từ ngày 01/01/2027 không còn biên lai giấy (điều 44 NĐ 254/2026): mỗi khoản thu được ghi ở đây cho đến khi có biên lai.", "From 01/01/2027 there is no paper (Decree 254/2026, art. 44): each payment stands here until it has a receipt.")) } })),
        }
        h2 { (frame.say("Biên lai cần xử lý", "Receipts to look at")) }
        @if list.receipts.is_empty() { p { (frame.say("Không có biên lai nào chờ xử lý.", "No receipt waits.")) } }
        @else { div.list { table.rows {
            thead { tr { th scope="col" { (paid) } th.n scope="col" { (amount) } th scope="col" { (why) } th scope="col" { (dossier) } th {} } }
            tbody { @for it in &list.receipts { tr {
                td data-name=(paid) { (vietnam::date_time(it.paid_at)) }
                td.n data-name=(amount) { strong { (it.last().amount_vnd) } }
                td.wide data-name=(why) { (said::waits(frame, it)) (last_day(frame, &making_up, it, now)) }
                td.code data-name=(dossier) { a href={ "/desk/dossiers/" (it.dossier) } { (it.dossier) } }
                td { a href={ (ROOT) "/" (it.dossier) "/" (lawful_key(&staff.agency, it).receipt_name().unwrap_or_default()) } { (frame.say("Xử lý", "Decide")) } }
            } } }
        } } (pager(frame.lang, asked.get("after").map(|_| ROOT), next.as_deref())) }
        (still_waiting(frame, &making_up, &waiting, now))
        h2 { (frame.say("Bảng tổng hợp chưa nộp cơ quan thuế", "Tables not reported to the tax office")) }
        @if let Some(provider) = provider { p { @match provider.reporter.as_deref() {
            Some(account) => { (frame.say("Người nộp", "Reported by")) ": " strong { (named(account, &people, frame.lang)) } @if account == staff.subject { " (" (frame.say("là bạn", "you")) ")" } },
            None => (frame.say("Chưa chỉ định người nộp: ai được xử lý hồ sơ đều ghi nhận được.", "Nobody is named to report them: whoever handles dossiers may.")),
        } } }
        @if days.is_empty() { p { (frame.say("Không có bảng nào chưa nộp.", "Every table is reported.")) } }
        @else { ul { @for day in &days { li {
            a href={ (DAYS) "/" (day.day) } { (vietnam::written(day.day)) } ": " (day.unreported()) " " (frame.say("dòng chưa nộp", "rows"))
            @let late = day.days_late(now);
            @if late > 0 { " · " span.late { (frame.say("trễ", "late by")) " " (late) " " (frame.say("ngày", "days")) } }
            @else { " · " (frame.say("nộp trong hôm nay", "to be reported today")) }
        } } } }
    };
    let title = frame.say("Biên lai điện tử", "Electronic receipts");
    Ok(page(visit, 200, (ROOT, title), &content))
}

/// The receipts that their provider is to issue, with the last day of each; nothing if there are none.
fn still_waiting(frame: &Frame, making_up: &MakingUp, waiting: &[Lawful], now: Timestamp) -> Markup {
    let [paid, amount, until, dossier] = [
        frame.say("Ngày thu", "Collected"),
        frame.say("Số tiền", "Amount"),
        frame.say("Thời hạn", "Time left"),
        frame.say("Hồ sơ", "Dossier"),
    ];
    html! { @if !waiting.is_empty() {
        h2 { (frame.say("Biên lai chờ nhà cung cấp", "Receipts that wait for their provider")) }
        p { (frame.say("Hệ thống tự lập và tra cứu theo thứ tự thu tiền. Chỉ cần theo dõi thời hạn.", "They are issued and looked up by themselves, in the order in which the money came. Only their last day needs an eye.")) }
        div.list { table.rows {
            thead { tr { th scope="col" { (paid) } th.n scope="col" { (amount) } th scope="col" { (until) } th scope="col" { (dossier) } } }
            tbody { @for it in waiting { tr {
                td data-name=(paid) { (vietnam::date_time(it.paid_at)) }
                td.n data-name=(amount) { strong { (it.last().amount_vnd) } }
                td.wide data-name=(until) { (said::state(frame, it.last())) (last_day(frame, making_up, it, now)) }
                td.code data-name=(dossier) { a href={ "/desk/dossiers/" (it.dossier) } { (it.dossier) } }
            } } }
        } }
        @if waiting.len() == WAITING { p { (frame.say("Chỉ hiện các biên lai chờ lâu nhất.", "Only those that wait longest are shown.")) } }
    } }
}

/// The last day of a receipt that was never issued, with whether it is over; a line of its own.
fn last_day(frame: &Frame, making_up: &MakingUp, lawful: &Lawful, now: Timestamp) -> Markup {
    html! { @match making_up.left(lawful) {
        Some(MakeUp::By(day)) => {
            br; @if making_up.is_over(lawful, now) { (tag(Tone::Red, frame.say("quá hạn", "over"))) " " }
            (frame.say("chậm nhất", "at the latest")) " " (vietnam::written(day)) " (" (frame.say("Điều 27", "art. 27")) ")"
        },
        Some(MakeUp::AfterOutage) => {
            br; (frame.say("nhà cung cấp đang gián đoạn: thời hạn tính từ khi hết gián đoạn (Điều 27)", "the provider is down: the days run from the end of it (art. 27)"))
        },
        None => {},
    } }
}
