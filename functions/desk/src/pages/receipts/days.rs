//! The tables of the days: seen, taken as a file, and noted as reported by a named person.

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{Did, ReceiptDay, Reported};
use rules::http::{Response, respond};
use rules::receipt::Row;
use rules::vietnam;
use rules::vnd::grouped;

use super::{DAYS, file as written, page};
use crate::pages::problem::Problem;
use crate::pages::reports::xlsx;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words::named;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::notice::Notice;
use ::pages::part::pager::pager;
use ::pages::part::tag::{Tone, tag};

/// Rows shown on the page; the files have all.
const SHOWN: usize = 200;

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let asked = visit.asked();
    let before = asked.get("before").map(|day| day.parse().map_err(|_| Problem::NotFound)).transpose()?;
    let list = site.recorder.store().receipt_days(&staff.agency, before).await?;
    let next = list.next.map(|day| format!("{DAYS}?before={day}"));
    let [day, rows, total, state] = [
        frame.say("Ngày", "Day"),
        frame.say("Số dòng", "Rows"),
        frame.say("Tổng", "Total"),
        frame.say("Tình trạng", "State"),
    ];
    let content = html! {
        p { (frame.say("Bảng tổng hợp dữ liệu biên lai điện tử theo mẫu 01/TH-BLĐT, nộp cơ quan thuế trong ngày (điều 29 NĐ 254/2026). Ngày không lập biên lai thì không có bảng.", "The table of receipts by form 01/TH-BLĐT goes to the tax office on the same day (Decree 254/2026, art. 29). A day without receipts has none.")) }
        @if list.days.is_empty() { p { (frame.say("Chưa có bảng nào.", "There is no table yet.")) } }
        @else { div.list { table.rows {
            thead { tr { th scope="col" { (day) } th.n scope="col" { (rows) } th.n scope="col" { (total) } th scope="col" { (state) } } }
            tbody { @for it in &list.days { tr {
                td data-name=(day) { a href={ (DAYS) "/" (it.day) } { (vietnam::written(it.day)) } }
                td.n data-name=(rows) { (it.rows) }
                td.n data-name=(total) { (signed(it.total_vnd)) }
                td data-name=(state) { (told(visit, it)) }
            } } }
        } } }
        (pager(frame.lang, asked.get("before").map(|_| DAYS), next.as_deref()))
    };
    let title = frame.say("Bảng tổng hợp biên lai điện tử", "Tables of electronic receipts");
    Ok(page(visit, 200, (DAYS, title), &content))
}

fn told(visit: &Visit<'_>, day: &ReceiptDay) -> Markup {
    let frame = visit.frame;
    match (day.unreported(), visit.now >= day.remind_at()) {
        (0, _) => tag(Tone::Green, frame.say("đã nộp", "reported")),
        (_, true) => tag(Tone::Red, frame.say("chưa nộp đủ", "not reported")),
        (_, false) => tag(Tone::Blue, frame.say("đang trong ngày", "of today")),
    }
}

async fn read(visit: &Visit<'_>, day: &str) -> Result<(ReceiptDay, Vec<Row>), Problem> {
    let Visit { site, staff, .. } = *visit;
    let day: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let store = site.recorder.store();
    let table = store.receipt_day(&staff.agency, day).await?.ok_or(Problem::NotFound)?;
    let rows = store.receipt_rows(&staff.agency, day).await?;
    let mut rows = rows.ok_or_else(|| Problem::Later("a table of more rows than are read".to_owned()))?;
    // A row may have come between the two.
    rows.truncate(usize::try_from(table.rows).unwrap_or(usize::MAX));
    Ok((table, rows))
}

pub(super) async fn one(visit: &Visit<'_>, day: &str) -> Result<Response, Problem> {
    whole(visit, day, 200, &Mistakes::default()).await
}

async fn whole(visit: &Visit<'_>, day: &str, status: u16, mistakes: &Mistakes) -> Result<Response, Problem> {
    let Visit { staff, frame, .. } = *visit;
    let ((table, rows), people) = (read(visit, day).await?, visit.people().await?);
    let here = format!("{DAYS}/{}", table.day);
    let known = table.rows - table.unreported();
    let heads = written::heads(frame.lang);
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        @if visit.asked().get("done").is_some() { (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi nhận là đã nộp.", "Noted as reported.")) } } })) }
        p { (told(visit, &table)) " " (table.rows) " " (frame.say("dòng, tổng", "rows, in all")) " " strong { (signed(table.total_vnd)) } }
        nav.buttons aria-label=(frame.say("Tải bảng", "Files")) {
            a.button href={ (here) "/xlsx" } { "XLSX" } a.button href={ (here) "/csv" } { "CSV" }
        }
        p.soft { (frame.say("Chưa có tệp XML: không nhà cung cấp nào công bố mẫu XML của bảng này.", "There is no XML: no provider publishes its form.")) }
        @if !table.reported.is_empty() { ul { @for it in &table.reported { li {
            (frame.say("Đã nộp đến dòng", "Reported up to row")) " " (it.rows) ": " (named(&it.by, &people, frame.lang)) ", " (vietnam::date_time(it.at))
        } } } }
        @if table.unreported() > 0 && staff.needs(Permission::Handle).is_ok() {
            form method="post" novalidate action=(here) {
                (frame.csrf_field())
                input type="hidden" name="rows" value=(table.rows);
                button.main { (frame.say("Ghi nhận đã nộp", "Note as reported")) " " (table.unreported()) " " (frame.say("dòng mới", "new rows")) }
            }
        }
        div.list { table.rows {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody { @for (place, row) in rows.iter().enumerate().skip(rows.len().saturating_sub(SHOWN)) { tr {
                @for (head, cell) in heads.iter().zip(written::cells(place, row)) {
                    td data-name=[(!cell.is_empty()).then_some(head)] { (cell) }
                }
            } } }
        } }
        @if known > 0 && table.unreported() > 0 { p { (frame.say("Các dòng từ", "Rows from")) " " (known + 1) " " (frame.say("chưa nộp.", "on are not reported.")) } }
    };
    let title = format!(
        "{} {}",
        frame.say("Bảng tổng hợp biên lai điện tử ngày", "Table of electronic receipts,"),
        vietnam::written(table.day)
    );
    Ok(page(visit, status, ("", &title), &content))
}

/// The table as a file. Whoever takes it is named in the audit.
pub(super) async fn file(visit: &Visit<'_>, day: &str, format: &str) -> Result<Response, Problem> {
    let (table, rows) = read(visit, day).await?;
    visit.needs(Permission::Handle)?;
    visit.audits(Did::TookReceipts { day: table.day, rows: table.rows }).await?;
    let Visit { site, staff, now, .. } = *visit;
    let provider = site.config.receipts_of(&staff.agency, table.day);
    let head = written::Head { day: table.day, provider, now };
    let name = format!("bang-tong-hop-bien-lai-{}", table.day);
    Ok(match format {
        "csv" => respond::file("text/csv; charset=utf-8", &format!("{name}.csv"), written::csv(&head, &rows)),
        _ => {
            let made = written::xlsx(&head, &rows).map_err(|error| Problem::Later(error.to_string()))?;
            respond::file(xlsx::CONTENT_TYPE, &format!("{name}.xlsx"), made)
        }
    })
}

/// Notes that the rows that were seen are reported.
pub(super) async fn reported(visit: &Visit<'_>, day: &str, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    visit.needs(Permission::Handle)?;
    let date: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let rows: u64 = sent.get("rows").and_then(|it| it.parse().ok()).ok_or(Problem::Form(NotAForm::Malformed))?;
    let reported = Reported { rows, by: staff.subject.clone(), at: now };
    let audited = visit.entry(Did::ReportedReceipts { day: date, rows }).claim(&staff.agency);
    let store = site.recorder.store();
    store.forget_receipts_to_do(&staff.agency);
    match store.note_reported(&staff.agency, date, &reported, &audited).await? {
        true => Ok(respond::see_other(format!("{DAYS}/{date}?done=1"))),
        false => {
            let why = frame.say(
                "Các dòng này đã được ghi nhận. Xem lại bên dưới.",
                "These rows were noted already. Look again below.",
            );
            whole(visit, day, 409, &Mistakes::of_all(why)).await
        }
    }
}

/// An amount that may be below zero.
fn signed(dong: i64) -> String {
    format!("{}{} ₫", if dong < 0 { "−" } else { "" }, grouped(dong.unsigned_abs(), '.'))
}
