//! One manifest: its parcels, what to print, and the pick-up.

use maud::{Markup, html};
use motcua::post;
use motcua::store::Did;
use rules::http::{Response, respond};
use rules::post::{Manifest, ManifestNo};
use rules::vietnam;

use super::bill::{self, Content};
use super::{Part, ROOT, called, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words::named;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::notice::Notice;
use ::pages::part::tag::tag;

pub(super) async fn show(visit: &Visit<'_>, no: ManifestNo) -> Result<Response, Problem> {
    let done = done(visit, &visit.asked());
    whole(visit, no, (200, &Mistakes::default()), &done).await
}

/// Notice of a step that was just taken.
fn done(visit: &Visit<'_>, asked: &Form) -> Markup {
    let frame = visit.frame;
    let number = |name: &str| asked.get(name).and_then(|number| number.parse::<u32>().ok());
    html! {
        @if asked.get("closed").is_some() {
            (Notice::Done.of(&html! { p { strong { (frame.say("Đã giao cho bưu điện.", "Handed over to the operator.")) } } }))
        }
        @if let Some(put) = number("put") { (Notice::Done.of(&html! {
            p { strong { (frame.say("Đã thêm", "Added")) " " (put) " " (frame.say("bưu gửi.", "parcels.")) } }
            @if let Some(left) = number("left").filter(|left| *left > 0) {
                p { (left) " " (frame.say("kết quả không cho vào được và vẫn ở danh sách chờ.", "results could not go in and still wait.")) }
            }
        })) }
    }
}

async fn whole(
    visit: &Visit<'_>,
    no: ManifestNo,
    (status, mistakes): (u16, &Mistakes),
    done: &Markup,
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let manifest = site.recorder.store().manifest(&staff.agency, no).await?.ok_or(Problem::NotFound)?;
    visit.audits(Did::Post { what: "look".to_owned(), no: no.to_string() }).await?;
    let (content, people) = tokio::join!(bill::content(visit, &manifest), visit.people());
    let (content, people) = (content?, people?);
    let title = format!("{} {no}", frame.say("Bảng kê", "Manifest"));
    let body = html! {
        (done)
        (mistakes.summary(frame.lang, NOT_RECORDED))
        p {
            strong { (called(visit, &manifest.operator)) } ". "
            @match &manifest.closed {
                Some((at, by)) => { (frame.say("Đã giao lúc", "Handed over at")) " " (vietnam::date_time(*at)) ", " (named(by, &people, frame.lang)) "." }
                None => { (frame.say("Đang mở, do", "Open; opened by")) " " (named(&manifest.opened_by, &people, frame.lang)) "." }
            }
        }
        (papers(visit, no))
        (parcels(visit, &manifest, &content))
        (pick_up(visit, &manifest, &content))
    };
    page(visit, status, (Some(Part::Manifests), &title), &body).await
}

fn papers(visit: &Visit<'_>, no: ManifestNo) -> Markup {
    let frame = visit.frame;
    html! { ul.actions {
        @for (paper, words) in [
            ("print", frame.say("In bảng kê A4", "Print the manifest")),
            ("labels", frame.say("In nhãn", "Print the labels")),
            ("xlsx", frame.say("Tệp Excel", "Excel file")),
            ("csv", frame.say("Tệp CSV", "CSV file")),
        ] { li { a.button.quiet href={ (ROOT) "/manifests/" (no) "/" (paper) } { (words) } } }
    } }
}

fn parcels(visit: &Visit<'_>, manifest: &Manifest, content: &Content) -> Markup {
    let frame = visit.frame;
    if content.parcels.is_empty() {
        let none = frame.say(
            "Chưa có bưu gửi nào. Chọn kết quả trong danh sách chờ gửi.",
            "No parcel yet. Choose results in the list.",
        );
        return html! { p { (none) } p { a href=(ROOT) { (frame.say("Kết quả chờ gửi", "Results to post")) } } };
    }
    let [number, to, what, state] = [
        frame.say("Bưu gửi", "Parcel"),
        frame.say("Người nhận", "Receiver"),
        frame.say("Kết quả", "Results"),
        frame.say("Tình trạng", "State"),
    ];
    html! { div.list { table.rows {
        thead { tr { @for head in [number, to, what, state] { th scope="col" { (head) } } } }
        tbody { @for (parcel, row) in content.parcels.iter().zip(&content.rows) { tr {
            td.code data-name=(number) {
                a href={ (ROOT) "/parcels/" (parcel.no) } { (parcel.no) }
                @if let Some(waybill) = &parcel.waybill {
                    br; (waybill)
                    @if let Some(doubt) = said::doubt(waybill) { br; small.soon { (frame.lang.pick(doubt)) } }
                } @else if !manifest.is_closed() { br; a href={ (ROOT) "/parcels/" (parcel.no) "#waybill" } { (frame.say("ghi số hiệu", "write its number")) } }
            }
            td.wide data-name=(to) { bdi { (row.to) } br; @for line in &row.lines { small { bdi { (line) } } br; } }
            td.code data-name=(what) { @for code in &row.dossiers { (code) br; } }
            td data-name=(state) { @let standing = parcel.standing(); (tag(said::tone(standing.state), frame.lang.pick(standing.state.said()))) }
        } } }
    } } }
}

fn pick_up(visit: &Visit<'_>, manifest: &Manifest, content: &Content) -> Markup {
    let frame = visit.frame;
    let may = visit.staff.needs(Permission::Handle).is_ok();
    html! { @if may && !manifest.is_closed() && !content.parcels.is_empty() {
        h2 { (frame.say("Giao cho bưu điện", "Pick-up")) }
        p { (frame.say(
            "Khi nhân viên bưu điện đã nhận và ký bảng kê. Sau đó không lấy kết quả ra được nữa, và người nhận được báo tin.",
            "Once the postman has taken the parcels and signed. Nothing is taken out afterwards, and receivers are told.",
        )) }
        form method="post" action={ (ROOT) "/manifests/" (manifest.no) "/close" } {
            (frame.csrf_field())
            button.main { (frame.say("Bưu điện đã nhận", "The operator has them")) }
        }
    } }
}

/// Closes it. If somebody else was faster, the page says who, and when.
pub(super) async fn close(visit: &Visit<'_>, no: ManifestNo) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    match Box::pin(post::close(site, &staff.agency, no, &staff.subject, now)).await {
        Ok(_) => {
            visit.audits(Did::Post { what: "close".to_owned(), no: no.to_string() }).await?;
            Ok(respond::see_other(format!("{ROOT}/manifests/{no}?closed=1")))
        }
        Err(why) => {
            let why = said::not_done(frame, why, &*visit.people().await?)?;
            whole(visit, no, (409, &Mistakes::of_all(why)), &Markup::default()).await
        }
    }
}
