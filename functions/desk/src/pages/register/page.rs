//! The register on the screen.

use maud::{Markup, html};
use motcua::store::{Listed, Way};
use rules::dossier::DueDate;
use rules::http::Response;
use rules::vietnam;
use rules::worklist::Asked;

use super::{Desk, ROOT, after};
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::period::Period;
use crate::pages::period::Wrong;
use crate::pages::problem::Problem;
use crate::words::phase;
use ::pages::form::Form;
use motcua::recorder::Procedures;

/// Rows of a page.
const ROWS: usize = 20;

/// Shows a page of it: two rounds to the store, the audit beside the second.
pub(super) async fn show(desk: &Desk<'_>, asked: &Form) -> Result<Response, Problem> {
    let (frame, period) = (desk.visit.frame, &desk.period);
    let wanted = Asked { after: after(asked)?, ..period.asked() };
    let (rows, next) = desk.visit.site.recorder.store().rows_of(&desk.visit.staff.agency, &wanted, ROWS).await?;
    let listed = desk.listed(rows, Way::Page).await?;
    let procedures = desk.procedures(listed.iter().map(|listed| &listed.row)).await?;
    let content = html! {
        (asking(frame, &period.from.to_string(), &period.until.to_string(), None))
        p { strong { (period.told(frame)) } }
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

/// The form again, with the mistake; what was filled in stays.
pub(super) fn refused(frame: &Frame, form: &Form, wrong: &Wrong) -> Response {
    let typed = |field: &str| form.get(field).unwrap_or_default().to_owned();
    let content = html! {
        div.notice.bad role="alert" { p { a href={ "#" (wrong.field) } { (frame.lang.pick(wrong.why)) } } }
        (asking(frame, &typed("from"), &typed("until"), Some(wrong)))
    };
    framed(400, frame, Place::Work, super::title(frame), &content)
}

fn asking(frame: &Frame, from: &str, until: &str, wrong: Option<&Wrong>) -> Markup {
    let is_wrong = |field: &str| wrong.is_some_and(|wrong| wrong.field == field);
    html! {
        form.filter method="get" action=(ROOT) {
            @for (name, told, value) in [("from", ["Nhận từ ngày", "Received from"], from), ("until", ["Đến ngày", "To"], until)] {
                div class=[is_wrong(name).then_some("bad-field")] {
                    label for=(name) { (frame.lang.pick(told)) }
                    input type="date" id=(name) name=(name) value=(value) aria-invalid=[is_wrong(name).then_some("true")];
                }
            }
            button.main { (frame.say("Xem", "Show")) }
        }
    }
}

/// Buttons to print it, and to begin an export.
fn taken_away(frame: &Frame, period: &Period) -> Markup {
    html! {
        div.actions {
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
