//! The lines of a work list, or of a search.

use maud::{Markup, html};
use motcua::recorder::Procedures;
use motcua::store::{Listed, People};
use rules::catalogue::Procedure;
use rules::clock::{Office, last_day};
use rules::dossier::{Kind, Phase, spoken};
use rules::vietnam;
use rules::worklist::Row;

use crate::pages::dossier::waited;
use crate::pages::layout::Frame;
use crate::permission::Staff;
use crate::words::{self, named, phase, reason, tone};
use ::pages::part::tag::tag;

/// The lines of a list, or of a search.
pub(crate) fn rows(
    staff: &Staff,
    frame: &Frame,
    office: &Office,
    listed: &[Listed],
    (procedures, people): (&Procedures, &People),
) -> Markup {
    let chooses = staff.may(Kind::Accept).is_ok();
    html! { div.list { table.rows {
        thead { tr {
            @if chooses { th scope="col" { (frame.say("Chọn", "Choose")) } }
            @for head in [["Mã hồ sơ", "Code"], ["Thủ tục", "Procedure"], ["Chủ hồ sơ", "Applicant"], ["Hẹn trả", "Due"],
                ["Còn lại", "Left"], ["Tình trạng", "State"], ["Người đang xử lý", "Held by"]] { th scope="col" { (frame.lang.pick(head)) } }
        } }
        tbody { @for it in listed { (line(chooses, frame, office, it, (procedures, people))) } }
    } } }
}

fn line(
    chooses: bool,
    frame: &Frame,
    office: &Office,
    listed: &Listed,
    (procedures, people): (&Procedures, &People),
) -> Markup {
    let row = &listed.row;
    let procedure = procedures.get(&row.procedure).and_then(Option::as_deref);
    let name = procedure.map_or(row.procedure.code.as_str(), |it| frame.lang.pick([&it.name_vi, &it.name_en]));
    let applicant = listed.person.as_ref().map_or("–", |person| person.applicant.name.as_str());
    html! { tr {
        @if chooses { td { input type="checkbox" name="id" value=(row.id) aria-label={ (frame.say("Chọn", "Choose")) " " (row.called()) }; } }
        td.code data-name=(frame.say("Mã hồ sơ", "Code")) { a href={ "/desk/dossiers/" (row.id) } { (row.called()) } }
        td.wide data-name=(frame.say("Thủ tục", "Procedure")) { (name) }
        td.wide data-name=(frame.say("Chủ hồ sơ", "Applicant")) { (applicant) }
        td data-name=(frame.say("Hẹn trả", "Due")) { (due(frame, row)) }
        td data-name=(frame.say("Còn lại", "Left")) { (left(frame, office, row, procedure)) }
        td data-name=(frame.say("Tình trạng", "State")) { (state(frame, row)) }
        td data-name=(frame.say("Người đang xử lý", "Held by")) { (row.holder.as_deref().map_or_else(|| frame.say("một cửa", "the desk"), |who| named(who, people, frame.lang))) }
    } }
}

fn due(frame: &Frame, row: &Row) -> Markup {
    html! {
        @match (row.due, row.accept_until) {
            (Some(due), _) => { (vietnam::written(due.on)) @if row.promised.is_some() { " " small { (frame.say("hẹn lại", "promised")) } } }
            (None, Some(until)) => { small { (frame.say("phải tiếp nhận trước", "accept before")) } " " (words::moment(until, frame.lang)) }
            (None, None) if row.gap => span.late { (frame.say("chưa có lịch nghỉ", "no holiday table")) },
            (None, None) => "–",
        }
    }
}

/// Working days to the due date, or since it; how long the clock has been stopped, or the result has been ready. A dossier
/// that is over is not late any more: what it was at its end is said.
fn left(frame: &Frame, office: &Office, row: &Row, procedure: Option<&Procedure>) -> Markup {
    let late_by = row.late_by(procedure, office, frame.now);
    let waiting = matches!(row.phase, Phase::Done | Phase::InPost);
    let since = row.since.filter(|_| waiting || row.ended_at().is_none());
    match (row.due, row.ended_at(), since) {
        (due, Some(_), since) => html! {
            @if let Some(since) = since { (waited(frame, since)) }
            @if since.is_some() && due.is_some() { br; }
            @match (due, since) {
                (Some(_), _) => { small { (spoken::ended(late_by, frame.lang)) } }
                (None, Some(_)) => {}
                (None, None) => { "–" }
            }
        },
        (Some(_), None, _) if late_by.is_some() => {
            html! { span.late { (spoken::late(late_by.flatten(), frame.lang)) } }
        }
        (Some(due), None, _) => {
            let is_soon =
                office.calendar.working_days_between(vietnam::day(frame.now), due.on).is_ok_and(|days| days <= 1);
            html! { span.soon[is_soon] { (spoken::to_go(due.on, &office.calendar, frame.now, frame.lang)) } }
        }
        (None, None, Some(since)) => html! { (waited(frame, since)) },
        (None, None, None) if row.acceptance_is_open() => html! { (waited(frame, row.submitted_at)) },
        (None, None, None) => html! { "–" },
    }
}

/// The state, what it waits for, and until when.
fn state(frame: &Frame, row: &Row) -> Markup {
    // Before acceptance the words of the state say already what is awaited.
    let awaited = row.awaited.iter().filter(|_| row.phase != Phase::Incomplete);
    let awaited: Vec<_> = awaited.map(|name| reason(name, frame.lang)).collect();
    html! {
        (tag(tone(row.phase), frame.lang.pick(phase(row.phase))))
        @if !awaited.is_empty() { " " small { (frame.say("chờ", "awaits")) " " (awaited.join(", ")) } }
        @if row.acceptance_is_open() { " " span.late { (frame.say("chưa tiếp nhận, đã hết hạn", "not accepted in time")) } }
        @if row.in_doubt { " " span.late { (frame.say("ngày hẹn cần xem lại", "dates in doubt")) } }
        @if let Some(until) = row.wait_until {
            " "
            @if row.missed { span.late { (frame.say("quá hạn, chỉ chờ đến hết", "missed, awaited until the end of")) } }
            @else { small { (frame.say("đến hết", "by the end of")) } }
            " " small { (vietnam::written(last_day(until))) }
        }
    }
}
