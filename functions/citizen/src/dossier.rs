//! The page of one dossier, open to whoever has its address: its state, its date and why, and what to do. Nothing personal,
//! and nothing that somebody typed.

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::facts;
use pages::part::notice::Notice;
use rules::dossier::{Punctuality, Stage, explanation, spoken};
use rules::http::Response;
use rules::vietnam;

use crate::advice;
use crate::frame::Frame;
use crate::opened::Opened;
use crate::path;
use crate::problem::Problem;

/// Shows the page. A text that is no id is looked for like any other.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>, text: &str) -> Result<Response, Problem> {
    let (opened, ()) = tokio::join!(Opened::read(site, frame, text), frame.learn(site));
    let opened = opened?.ok_or(Problem::NotFound)?;
    let dossier = &opened.dossier;
    let status = frame.say(spoken::status(&dossier.stage));
    let content = html! {
        h1 { (status) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (dossier.called()) } }
        (deadline(frame, &opened))
        h2 { (frame.say(["Việc cần làm", "What to do now"])) }
        (Notice::Told.of(&advice::now(frame, &opened)))
        (why(frame, &opened))
        (about(frame, &opened))
        p { a.button href=(frame.way(&path::of_call_back(dossier.id))) { (frame.say(["Gọi lại cho tôi", "Call me back"])) } }
        p.small.soft {
            (frame.say(["Thông tin lúc ", "As of "])) (vietnam::date_time(frame.now)) ". "
            (frame.say([
                "Trang này không có thông tin cá nhân.",
                "There is no personal information on this page.",
            ]))
        }
    };
    Ok(frame.page(200, &format!("{status} – {}", dossier.called()), &content))
}

/// The dossier's procedure, the office that works on it, and the step that it is at.
fn about(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    let mut known = Vec::new();
    if let Some(procedure) = opened.procedure.as_deref() {
        let name = frame.say([&procedure.name_vi, &procedure.name_en]);
        known.push((frame.say(["Thủ tục", "Procedure"]), html! { (name) }));
    }
    known.push((frame.say(["Nơi giải quyết", "Handled by"]), html! { span lang="vi" { (frame.agency.name) } }));
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
fn deadline(frame: &Frame<'_>, opened: &Opened) -> Markup {
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

/// The sentence that explains the date. It is made of the state alone: the words that staff typed stay in the history.
fn why(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let Some(told) = explanation(&opened.dossier, &[], opened.terms()) else { return html! {} };
    html! {
        h2 { (frame.say(["Thời hạn được tính như sau", "How the time is counted"])) }
        p { (frame.say([&told.vi, &told.en])) }
    }
}
