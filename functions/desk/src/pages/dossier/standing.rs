//! How a dossier stands: its state, its due date and the reasons, what wants a decision, and who holds it.

use maud::{Markup, html};
use rules::dossier::{Decision, Dossier, HeldBy, Punctuality, decision};
use rules::language::Language;
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::words;

pub(super) fn shown(frame: &Frame, opened: &Opened) -> Markup {
    let dossier = opened.dossier();
    let explained = opened.explained();
    html! {
        p {
            span.state { (frame.lang.pick(words::phase(dossier.phase()))) " [" (dossier.stage.portal_status()) "]" }
            " · " (procedure(frame, opened))
        }
        (to_decide(frame, opened))
        (due(frame, opened))
        @match &explained {
            Some(told) => p.wide { (frame.lang.pick([&told.vi, &told.en])) },
            None => p.soft { (frame.say("Chưa tính thời hạn giải quyết.", "The clock has not started.")) },
        }
        @if let Some(until) = dossier.accept_until {
            p { (frame.say("Phải tiếp nhận hoặc từ chối trước", "To be accepted or not before")) " " strong { (vietnam::date_time(until)) } }
        }
        dl.facts {
            dt { (frame.say("Người giữ", "Held by")) } dd { (holder(frame, dossier)) }
            @if let Some(step) = &dossier.step {
                dt { (frame.say("Bước", "Step")) } dd { (opened.names(frame.lang).step(&step.name)) }
            }
            dt { (frame.say("Nộp", "Filed")) }
            dd { (vietnam::date_time(dossier.submitted_at)) ", " (frame.lang.pick(words::filing(dossier.filing))) }
            dt { (frame.say("Mã nội bộ", "Internal id")) } dd.code { (dossier.id) }
        }
    }
}

/// A notice that a limit ended and that somebody has to decide.
fn to_decide(frame: &Frame, opened: &Opened) -> Markup {
    let told = match decision(opened.dossier()) {
        None => return html! {},
        Some(Decision::Acceptance) => frame
            .say(
                "Hết hạn tiếp nhận mà hồ sơ chưa được tiếp nhận: cần tiếp nhận, yêu cầu bổ sung hoặc từ chối.",
                "The limit of acceptance is over: accept the dossier, ask for a supplement, or refuse it.",
            )
            .to_owned(),
        Some(Decision::Dates) => frame
            .say(
                "Không rõ các ngày đã hẹn tính theo lịch nghỉ nào; lịch hiện hành cho ngày khác: cần quyết định tính lại hay giữ nguyên.",
                "It is not known which table of days off gave these dates, and today's gives others: count them anew, or keep them.",
            )
            .to_owned(),
        Some(Decision::MissedWait { reasons, last_day }) => {
            let what: Vec<_> = reasons.iter().map(|it| words::reason(it, frame.lang)).collect();
            let (what, on) = (what.join(", "), vietnam::written(last_day));
            frame
                .lang
                .pick([
                    &format!("Đã chờ {what} đến hết ngày {on} mà không có: cần quyết định dừng xử lý, ghi kết quả từ chối, hoặc chờ thêm."),
                    &format!("Awaited until the end of {on} and not in: {what}. Decide on closing, on a negative result, or wait on."),
                ])
                .to_owned()
        }
    };
    html! { div.notice.warn { p { strong { (told) } } } }
}

/// The procedure's name, or its code if the catalogue has none.
fn procedure(frame: &Frame, opened: &Opened) -> Markup {
    let code = &opened.dossier().procedure.code;
    html! {
        @match opened.procedure.as_deref() {
            Some(procedure) => { (frame.lang.pick([&procedure.name_vi, &procedure.name_en])) " " span.code { "(" (code) ")" } }
            None => { span.code { (code) } " " span.late { (frame.say("chưa có trong danh mục", "not in the catalogue")) } }
        }
    }
}

/// The due date that applies, and the others beside it.
fn due(frame: &Frame, opened: &Opened) -> Markup {
    let Some(overdue) = opened.overdue(frame.now) else { return html! {} };
    let holds = opened.dossier().due();
    let others = [
        (["lần đầu", "first"], overdue.original),
        (["tính được", "counted"], overdue.counted),
        (["hẹn lại", "promised"], overdue.promised),
    ];
    let others: Vec<_> = others.iter().filter(|(_, due)| due.is_some() && *due != holds).collect();
    html! {
        p {
            (frame.say("Ngày hẹn trả", "Due")) ": "
            strong { (holds.map_or_else(|| "–".to_owned(), |due| vietnam::written(due.on))) }
            @match &overdue.punctuality {
                Punctuality::Late { working_days } if overdue.ended_at.is_some() => { " " strong { (ended(frame, Some(*working_days))) } }
                Punctuality::InTime if overdue.ended_at.is_some() => { " " (ended(frame, None)) }
                Punctuality::Late { working_days } => { " " span.late { (late(frame, *working_days)) } }
                Punctuality::DueSoon => { " " span.soon { (frame.say("sắp đến hạn", "due soon")) } }
                Punctuality::NotCounted { years } => { " " span.late { (no_table(frame, years)) } }
                Punctuality::NotStarted | Punctuality::Paused | Punctuality::InTime => {}
            }
            @for (name, due) in others { " · " small { (frame.lang.pick(*name)) " " (due.map(|due| vietnam::written(due.on)).unwrap_or_default()) } }
        }
    }
}

/// Text that it is late, and by how much.
pub(crate) fn late(frame: &Frame, working_days: Option<u32>) -> String {
    match working_days.filter(|days| *days > 0) {
        None => frame.say("quá hạn", "late").to_owned(),
        Some(days) if frame.lang == Language::En => format!("late by {days} working days"),
        Some(days) => format!("quá hạn {days} ngày làm việc"),
    }
}

/// Text for a dossier that is over: whether it was on time at its end, or by how many working days it was not.
pub(crate) fn ended(frame: &Frame, late_by: Option<Option<u32>>) -> String {
    match late_by.map(|days| days.filter(|days| *days > 0)) {
        None => frame.say("kết thúc đúng hạn", "ended on time").to_owned(),
        Some(None) => frame.say("kết thúc trễ hạn", "ended late").to_owned(),
        Some(Some(days)) if frame.lang == Language::En => format!("ended late by {days} working days"),
        Some(Some(days)) => format!("kết thúc trễ {days} ngày làm việc"),
    }
}

fn no_table(frame: &Frame, years: &[i16]) -> String {
    let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    format!("{} {years}", frame.say("chưa có lịch nghỉ chính thức năm", "no official holidays of"))
}

fn holder(frame: &Frame, dossier: &Dossier) -> Markup {
    let held = dossier.assignee.clone().map_or_else(|| HeldBy::Desk(dossier.agency.clone()), HeldBy::Staff);
    html! {
        @match held {
            HeldBy::Staff(who) => (words::account(&who, frame.lang)),
            HeldBy::Desk(_) => (frame.say("bộ phận một cửa", "the one-stop desk")),
        }
    }
}
