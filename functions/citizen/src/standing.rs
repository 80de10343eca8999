//! The standing of a dossier: the date that counts now, and what it is about. It is made of the state alone.

use maud::{Markup, html};
use pages::part::facts;
use rules::dossier::{Punctuality, Stage, spoken};
use rules::vietnam;

use crate::frame::Frame;
use crate::opened::Opened;

/// The dossier's procedure, the office that works on it, and the step that it is at.
pub(crate) fn about(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    let mut known = Vec::new();
    if let Some(procedure) = opened.procedure.as_deref() {
        let name = frame.say([&procedure.name_vi, &procedure.name_en]);
        known.push((frame.say(["Thủ tục", "Procedure"]), html! { (name) }));
    }
    known.push((frame.say(["Nơi giải quyết", "Handled by"]), html! { span lang="vi" { (frame.agency.name) } }));
    if let Some(name) = &opened.handled_by {
        known.push((frame.say(["Người giải quyết", "Member of staff"]), html! { bdi lang="vi" { (name) } }));
    }
    let step = dossier.step.as_ref().filter(|_| matches!(dossier.stage, Stage::Running(_) | Stage::Paused(_)));
    let step = step.and_then(|step| opened.procedure.as_deref()?.step(&step.name));
    if let Some(step) = step {
        known.push((frame.say(["Bước đang làm", "Current step"]), html! { span lang="vi" { (step.name_vi) } }));
    }
    html! {
        h2 { (frame.say(["Về hồ sơ này", "About this dossier"])) }
        (facts::summary(&known))
    }
}

/// The date that counts now, in large figures; nothing where none does, and nothing once the dossier is over: then the
/// sentence tells both dates.
pub(crate) fn deadline(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    let overdue = opened.overdue(frame);
    let boxed = |class: &str, above: &str, date: &str, below: &str| {
        html! { div class={ "deadline " (class) } {
            p { (above) }
            p { strong.due { (date) } }
            @if !below.is_empty() { p { (below) } }
        } }
    };
    let is_open = overdue.as_ref().is_none_or(|it| it.ended_at.is_none());
    if let Some(due) = dossier.due().filter(|_| is_open) {
        let left = overdue.as_ref();
        let left = left.map(|it| spoken::left(dossier, it, &opened.office.calendar, frame.now, frame.lang));
        let class = match overdue.as_ref().map(|it| &it.punctuality) {
            Some(Punctuality::Late { .. }) => "red",
            Some(Punctuality::DueSoon) => "amber",
            Some(
                Punctuality::NotStarted | Punctuality::Paused | Punctuality::NotCounted { .. } | Punctuality::InTime,
            )
            | None => "",
        };
        let above = match dossier.returns_by_post {
            Some(true) => ["Có kết quả để gửi bưu điện ngày", "Result goes to the post on"],
            Some(false) | None => ["Hẹn trả kết quả ngày", "Result due on"],
        };
        return boxed(class, frame.say(above), &vietnam::written(due.on), &left.unwrap_or_default());
    }
    let last = dossier.last_day_awaited().map(vietnam::written);
    match &dossier.stage {
        Stage::Submitted => match dossier.accept_until.filter(|until| *until > frame.now) {
            Some(until) => {
                let above = ["Cơ quan trả lời trước", "The office answers before"];
                boxed("", frame.say(above), &spoken::moment(until, frame.lang), "")
            }
            None => html! {},
        },
        Stage::Incomplete(_) => {
            let above = ["Bổ sung đến hết ngày", "To be completed by the end of"];
            let none = frame.say(["không đặt hạn", "no limit set"]);
            boxed("amber", frame.say(above), last.as_deref().unwrap_or(none), "")
        }
        Stage::Paused(_) => {
            let below =
                last.map(|day| format!("{} {day}", frame.say(["chờ đến hết ngày", "awaited until the end of"])));
            let (above, stands) = (["Hẹn trả kết quả", "Result due"], ["tạm dừng tính", "the clock stands"]);
            boxed("amber", frame.say(above), frame.say(stands), &below.unwrap_or_default())
        }
        Stage::Running(_)
        | Stage::Done { .. }
        | Stage::InPost { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => html! {},
    }
}
