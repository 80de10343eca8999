//! The register on the screen.

use maud::{Markup, html};
use motcua::store::{GuidedCount, Listed, Way};
use rules::dossier::DueDate;
use rules::http::Response;
use rules::vietnam;
use rules::worklist::Asked;

use super::{Desk, ROOT, after};
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::period::{Period, Wrong, day_fields};
use crate::pages::problem::Problem;
use crate::words::phase;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use motcua::recorder::Procedures;

/// Rows of a page.
const ROWS: usize = 20;

/// Shows a page of it: two rounds to the store, the audit beside the second.
pub(super) async fn show(desk: &Desk<'_>, asked: &Form) -> Result<Response, Problem> {
    let (frame, period) = (desk.visit.frame, &desk.period);
    let wanted = Asked { after: after(asked)?, ..period.asked() };
    let (store, agency) = (desk.visit.site.recorder.store(), &desk.visit.staff.agency);
    // The figures stand above the first page, and are counted while its rows are read.
    let guided = async {
        let is_first = wanted.after.is_none();
        if is_first { store.guided(agency, period.from, period.until).await.map(Some) } else { Ok(None) }
    };
    let (rows, guided) = tokio::join!(store.rows_of(agency, &wanted, ROWS), guided);
    let ((rows, next), guided) = (rows?, guided?);
    let listed = desk.listed(rows, Way::Page).await?;
    let procedures = desk.procedures(listed.iter().map(|listed| &listed.row)).await?;
    let content = html! {
        (asking(frame, asked, Some(period), &Mistakes::default()))
        p { strong { (period.told(frame)) } }
        @if let Some(guided) = guided { p { (told(frame, guided)) } }
        @if listed.is_empty() {
            p role="status" { (frame.say("Không có hồ sơ nào.", "No dossier.")) }
        } @else {
            (table(frame, &listed, &procedures))
        }
        @if let Some(next) = &next {
            p { a.button rel="next" href={ (ROOT) "?" (period.query()) "&after=" (next) } { (frame.say("Trang sau", "Next page")) } }
        }
        @if !listed.is_empty() { (taken_away(frame, period)) }
    };
    Ok(desk.page(200, &content))
}

/// Those who were told how to file online in these days.
fn told(frame: &Frame, guided: GuidedCount) -> String {
    let GuidedCount { desk, phone, filed } = guided;
    let all = desk + phone;
    let vi = format!(
        "Đã hướng dẫn nộp trực tuyến: {all} người ({desk} tại quầy, {phone} qua điện thoại); {filed} người sau đó nộp trực tuyến"
    );
    let en = format!(
        "Told how to file online: {all} people ({desk} at the desk, {phone} on the phone); {filed} of them filed online next"
    );
    frame.lang.pick([&vi, &en]).to_owned()
}

/// The form again, with the mistake; what was filled in stays.
pub(super) fn refused(frame: &Frame, form: &Form, wrong: &Wrong) -> Response {
    let mistakes = wrong.mistakes(frame.lang);
    let content = html! {
        (mistakes.summary(frame.lang, NOT_SHOWN))
        (asking(frame, form, None, &mistakes))
    };
    framed(400, frame, Place::Work, super::title(frame), &content)
}

fn asking(frame: &Frame, asked: &Form, period: Option<&Period>, mistakes: &Mistakes) -> Markup {
    let days = [
        ("from", ["Nhận từ ngày", "Received from"], period.map(|period| period.from)),
        ("until", ["Đến ngày", "To"], period.map(|period| period.until)),
    ];
    html! {
        form.filter method="get" action=(ROOT) novalidate {
            (day_fields(frame.lang, asked, &days, mistakes))
            button.main { (frame.say("Xem", "Show")) }
        }
    }
}

/// Buttons to print it, and to begin an export.
fn taken_away(frame: &Frame, period: &Period) -> Markup {
    html! {
        div.buttons {
            a.button href={ (ROOT) "/print?" (period.query()) } { (frame.say("In sổ", "Print")) }
            (begin(frame, period, frame.say("Xuất Excel, CSV", "Export for Excel, as CSV"), false))
        }
    }
}

/// The button that begins an export of these days, or begins it again.
pub(super) fn begin(frame: &Frame, period: &Period, named: &str, anew: bool) -> Markup {
    html! {
        form method="post" action={ (ROOT) "/export" } {
            (frame.csrf_field())
            input type="hidden" name="from" value=(period.from);
            input type="hidden" name="until" value=(period.until);
            @if anew { input type="hidden" name="anew" value="1"; }
            button { (named) }
        }
    }
}

fn table(frame: &Frame, listed: &[Listed], procedures: &Procedures) -> Markup {
    html! { div.list { table.rows {
        thead { tr { @for head in HEADS { th scope="col" { (frame.lang.pick(head)) } } } }
        tbody { @for it in listed { (line(frame, it, procedures)) } }
    } } }
}

const HEADS: [[&str; 2]; 7] = [
    ["Nhận", "Received"],
    ["Mã hồ sơ", "Code"],
    ["Thủ tục", "Procedure"],
    ["Chủ hồ sơ", "Applicant"],
    ["Hẹn trả", "Due"],
    ["Trả kết quả", "Returned"],
    ["Tình trạng", "State"],
];

fn line(frame: &Frame, listed: &Listed, procedures: &Procedures) -> Markup {
    let row = &listed.row;
    let procedure = procedures.get(&row.procedure).and_then(Option::as_deref);
    let name = procedure.map_or(row.procedure.code.as_str(), |it| frame.lang.pick([&it.name_vi, &it.name_en]));
    let applicant = listed.person.as_ref().map_or("–", |person| person.applicant.name.as_str());
    let [received, code, of, whose, due, returned, state] = HEADS.map(|head| frame.lang.pick(head));
    let day = |due: DueDate| vietnam::written(due.on);
    html! { tr {
        td data-name=(received) { (vietnam::date_time(row.submitted_at)) }
        td.code data-name=(code) { a href={ "/desk/dossiers/" (row.id) } { (row.called()) } }
        td.wide data-name=(of) { bdi { (name) } }
        td.wide data-name=(whose) { bdi { (applicant) } }
        td data-name=(due) { (row.due.or(row.due_before).map_or_else(|| "–".to_owned(), day)) }
        td data-name=(returned) { (row.returned_at.map_or_else(|| "–".to_owned(), vietnam::date_time)) }
        td data-name=(state) { (frame.lang.pick(phase(row.phase))) }
    } }
}
