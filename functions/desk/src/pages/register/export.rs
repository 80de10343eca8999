//! The register as a file, made in portions. Each request reads the next one and keeps it, so that no request takes
//! long, progress is seen, and a broken-off export continues where it was.
//!
//! The portions hold people's data, so they lie under the account that makes them and expire after a day.

use maud::{Markup, html};
use motcua::store::{Export, ExportOf, Portion, Way};
use rules::http::{Reply, Response, respond};
use rules::vietnam;
use rules::vnd::grouped;
use rules::worklist::Asked;

use super::line::{self, Line};
use super::{Desk, Part, ROOT, file, page};
use crate::pages::period::Wrong;
use crate::pages::problem::Problem;
use crate::pages::reports::xlsx;
use ::pages::form::Form;

/// The most dossiers of one file.
const MOST_ROWS: u64 = 10_000;
/// The most bytes kept of one export: a file is made of them in one request.
pub(super) const MOST_BYTES: u64 = 12_000_000;
/// The most bytes of a file: an answer of Lambda holds 6 MB, and a file goes into it as base64.
pub(super) const LARGEST_FILE: usize = 4_400_000;
/// Dossiers read at once: as many people as one batch returns.
const AT_ONCE: usize = 100;
/// Batches read for one request.
const A_REQUEST: u32 = 2;

/// Begins an export. One that is on its way continues, unless it is to be made anew.
pub(super) async fn begin(desk: &Desk<'_>, sent: &Form) -> Result<Response, Problem> {
    let (store, of, now) = (desk.visit.site.recorder.store(), of(desk), desk.visit.frame.now);
    let was = store.export(&of).await?;
    let on_its_way = was.as_ref().is_some_and(|was| !was.is_done && !was.is_over(now));
    if !on_its_way || sent.get("anew").is_some() {
        // The list is counted, not the totals of the reports: those go by the day of recording, and a dossier that was
        // taken over, or came late, was received before that day.
        let total = store.count_rows(of.agency, &desk.period.asked(), MOST_ROWS).await?;
        let why = match total {
            0 => Some(["Không có hồ sơ nào nhận trong kỳ này.", "No dossier was received in these days."]),
            1..=MOST_ROWS => None,
            _ => Some(TOO_MANY),
        };
        if let Some(why) = why {
            let typed =
                Form::of_pairs(&[("from", desk.period.from.to_string()), ("until", desk.period.until.to_string())]);
            return Ok(page::refused(desk.visit.frame, &typed, &Wrong::new("until", why)));
        }
        // If another request has just started this export, continue that one.
        store.begin_export(&of, was.as_ref(), total, now).await?;
    }
    Ok(respond::see_other(here(desk)))
}

const TOO_MANY: [&str; 2] = [
    "Kỳ này có hơn 10.000 hồ sơ, một tệp không chứa hết. Hãy chọn kỳ ngắn hơn.",
    "More than 10,000 dossiers were received in these days, more than a file holds. Choose fewer days.",
];
const TOO_LARGE: [&str; 2] = [
    "Dữ liệu của kỳ này lớn hơn một tệp chứa được. Hãy chọn kỳ ngắn hơn.",
    "What was received in these days is larger than a file may be. Choose fewer days.",
];

/// Makes the next portion of an export that is on its way, and shows how far it is.
pub(super) async fn go_on(desk: &Desk<'_>) -> Result<Response, Problem> {
    let store = desk.visit.site.recorder.store();
    let Some(mut export) = live(desk).await? else { return Ok(gone(desk)) };
    if !export.is_done && export.bytes <= MOST_BYTES {
        let portion = portion(desk, &export).await?;
        export = match store.go_on_with_export(&of(desk), &export, &portion).await? {
            Some(export) => export,
            // Another window of the same person made it.
            None => live(desk).await?.unwrap_or(export),
        };
    }
    let content = content(desk, &export);
    let shown = desk.page(200, &content);
    // As a header, because a page's frame has no place for it; people in no hurry follow the link.
    let goes_on = !export.is_done && export.bytes <= MOST_BYTES;
    Ok(if goes_on { shown.with_header("refresh", format!("1; url={}", here(desk))) } else { shown })
}

/// The file of an export that is done; the audit notes that people were shown.
pub(super) async fn file(desk: &Desk<'_>, part: Part) -> Result<Response, Problem> {
    let (store, frame) = (desk.visit.site.recorder.store(), desk.visit.frame);
    let Some(export) = live(desk).await? else { return Ok(gone(desk)) };
    if !export.is_done || export.bytes > MOST_BYTES {
        return Ok(respond::see_other(here(desk)));
    }
    let (of, entry) = (of(desk), desk.shown(export.done, Way::File));
    let (parts, audited) = tokio::join!(store.export_parts(&of, &export), store.audit(of.agency, &entry));
    audited?;
    let parts = parts?;
    if live(desk).await?.as_ref() != Some(&export) {
        // Another window of the same person begins it anew, over the parts that were being read.
        return Ok(respond::see_other(here(desk)));
    }
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        lines.extend(line::lines(&part).map_err(|error| Problem::Later(unread(&error)))?);
    }
    let name = format!("so-theo-doi-{}-{}", desk.period.from, desk.period.until);
    let (kind, name, made) = if part == Part::Csv {
        ("text/csv; charset=utf-8", format!("{name}.csv"), file::csv(&lines, frame.lang))
    } else {
        let about = format!("{}. {}", desk.period.told(frame), begun(desk, &export));
        let made =
            file::xlsx(&lines, &about, frame.lang, frame.now).map_err(|error| Problem::Later(error.to_string()))?;
        (xlsx::CONTENT_TYPE, format!("{name}.xlsx"), made)
    };
    if made.len() > LARGEST_FILE {
        return Ok(desk.page(400, &html! { (notice(frame.lang.pick(TOO_LARGE))) (files(desk)) }));
    }
    Ok(respond::file(kind, &name, made))
}

fn of<'a>(desk: &Desk<'a>) -> ExportOf<'a> {
    let (agency, who) = (&desk.visit.staff.agency, desk.visit.staff.subject.as_str());
    ExportOf { agency, who, from: desk.period.from, until: desk.period.until }
}

/// The export, unless there is none or it has expired.
async fn live(desk: &Desk<'_>) -> Result<Option<Export>, Problem> {
    let export = desk.visit.site.recorder.store().export(&of(desk)).await?;
    Ok(export.filter(|export| !export.is_over(desk.visit.frame.now)))
}

async fn portion(desk: &Desk<'_>, export: &Export) -> Result<Portion, Problem> {
    let (store, agency) = (desk.visit.site.recorder.store(), &desk.visit.staff.agency);
    let mut portion = Portion { next: export.after(), ..Portion::default() };
    for _ in 0..A_REQUEST {
        let asked = Asked { after: portion.next.take(), ..desk.period.asked() };
        let (rows, next) = store.rows_of(agency, &asked, AT_ONCE).await?;
        let procedures = desk.procedures(rows.iter()).await?;
        let listed = store.with_people(agency, rows).await?;
        let lines: Vec<_> = listed.iter().map(|listed| Line::of(listed, &procedures)).collect();
        portion.parts.extend(line::parts(&lines).map_err(|error| Problem::Later(unread(&error)))?);
        portion.rows += lines.len() as u64;
        portion.next = next;
        if portion.next.is_none() {
            break;
        }
    }
    Ok(portion)
}

/// The kind of fault and its place, never the text around it.
fn unread(error: &serde_json::Error) -> String {
    format!("a part of an export: {:?} at column {}", error.classify(), error.column())
}

fn here(desk: &Desk<'_>) -> String {
    format!("{ROOT}/export?{}", desk.period.query())
}

fn begun(desk: &Desk<'_>, export: &Export) -> String {
    format!("{} {}", desk.visit.frame.say("Lập từ lúc", "Begun at"), vietnam::date_time(export.begun_at))
}

fn content(desk: &Desk<'_>, export: &Export) -> Markup {
    let (frame, period) = (desk.visit.frame, &desk.period);
    let number = |number| grouped(number, frame.say(".", ",").chars().next().unwrap_or('.'));
    // Dossiers that came in since it was begun are in it too.
    let total = export.total.max(export.done);
    let too_large = export.bytes > MOST_BYTES;
    html! {
        p { strong { (period.told(frame)) } }
        p.hint { (begun(desk, export)) }
        p {
            progress id="progress" value=(export.done) max=(total) aria-label=(frame.say("Tiến độ lập tệp", "Progress of the export")) {}
            " " span role="status" { (number(export.done)) " / " (number(total)) " " (frame.say("hồ sơ", "dossiers")) }
        }
        @if too_large { (notice(frame.lang.pick(TOO_LARGE))) }
        @else if export.is_done { (files(desk)) }
        @else {
            p { a.button href=(here(desk)) { (frame.say("Tiếp tục", "Go on")) } }
            p.hint { (frame.say(
                "Trang tự tiếp tục. Đóng trang thì việc lập tệp dừng lại; mở lại trang này trong 24 giờ để làm tiếp.",
                "The page goes on by itself. Once it is closed the export stops; open it again within 24 hours to go on.",
            )) }
        }
        (page::begin(frame, period, frame.say("Lập lại từ đầu", "Begin again"), true))
        p { a href={ (ROOT) "?" (period.query()) } { (frame.say("Về sổ", "Back to the register")) } }
    }
}

fn files(desk: &Desk<'_>) -> Markup {
    let (frame, query) = (desk.visit.frame, desk.period.query());
    html! {
        ul.actions {
            li { a.button href={ (ROOT) "/export.xlsx?" (query) } { (frame.say("Tải tệp Excel", "Download for Excel")) } }
            li { a.button href={ (ROOT) "/export.csv?" (query) } { (frame.say("Tải tệp CSV", "Download CSV")) } }
        }
    }
}

fn notice(text: &str) -> Markup {
    html! { div.notice.bad role="alert" { p { (text) } } }
}

/// Page for an export that does not exist, or has expired.
fn gone(desk: &Desk<'_>) -> Response {
    let frame = desk.visit.frame;
    let told = frame.say(
        "Chưa lập tệp cho kỳ này, hoặc tệp đã quá 24 giờ và không còn giữ.",
        "No file was made for these days, or it is older than 24 hours and not kept any more.",
    );
    let content = html! {
        (notice(told))
        (page::begin(frame, &desk.period, frame.say("Lập tệp", "Make the file"), false))
    };
    desk.page(404, &content)
}
