//! Receipts that a person must look at, and tables that nobody reported.

use maud::html;
use motcua::store::lawful_key;
use rules::http::{Response, query};
use rules::vietnam;

use super::{DAYS, ROOT, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::part::notice::Notice;
use ::pages::part::pager::pager;

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let (store, asked) = (site.recorder.store(), visit.asked());
    let list = store.receipts_for_a_person(&staff.agency, asked.get("after")).await?.ok_or(Problem::NotFound)?;
    let days = store.unreported_days(&staff.agency, now).await?;
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
                td.wide data-name=(why) { (said::waits(frame, it)) }
                td.code data-name=(dossier) { a href={ "/desk/dossiers/" (it.dossier) } { (it.dossier) } }
                td { a href={ (ROOT) "/" (it.dossier) "/" (lawful_key(&staff.agency, it).receipt_name().unwrap_or_default()) } { (frame.say("Xử lý", "Decide")) } }
            } } }
        } } (pager(frame.lang, asked.get("after").map(|_| ROOT), next.as_deref())) }
        h2 { (frame.say("Bảng tổng hợp chưa nộp cơ quan thuế", "Tables not reported to the tax office")) }
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
