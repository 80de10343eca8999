//! How a dossier stands, at one look: whose it is, its state, its due date with what is left, and what was missed.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::{Decision, Dossier, HeldBy, Overdue, Punctuality, ResultKind, Stage, decision};
use rules::vietnam;
use rules::vnd::Vnd;

use crate::pages::dossier::opened::Opened;
use crate::pages::dossier::{deadline, waited};
use crate::pages::layout::Frame;
use crate::words;
use ::pages::part::notice::Notice;
use ::pages::part::phone;
use ::pages::part::tag::tag;

/// Shows the head of the page. `beside` stands under the due date.
pub(super) fn shown(frame: &Frame, opened: &Opened, beside: &Markup) -> Markup {
    let dossier = opened.dossier();
    html! {
        div.case {
            div {
                (whose(frame, opened))
                p { (procedure(frame, opened)) }
                p {
                    (tag(words::tone(dossier.phase()), frame.lang.pick(words::status(&dossier.stage)))) " "
                    (doing(frame, opened).unwrap_or_default())
                }
                (facts(frame, opened))
            }
            div { (deadline::shown(frame, opened, opened.overdue(frame.now).as_ref())) (beside) }
        }
    }
}

/// Notices of what was missed.
pub(super) fn missed(frame: &Frame, opened: &Opened) -> Markup {
    html! {
        (to_decide(frame, opened))
        (locked(frame, opened))
        (to_apologise(frame, opened, opened.overdue(frame.now).as_ref()))
    }
}

/// Says that digits open the dossier no more, so that whoever asks gets a link or looks at it here.
fn locked(frame: &Frame, opened: &Opened) -> Markup {
    html! { @if opened.whole.tries.is_locked() {
        div.notice { p { (frame.say(
            "Đã nhập sai số quá nhiều lần: người dân không mở được hồ sơ bằng số nữa, chỉ bằng liên kết trong tin nhắn hoặc tại quầy.",
            "Wrong digits were shown too often: people open this dossier by the link of a message or at the desk only.",
        )) } }
    } }
}

/// The applicant's name, and the number to call.
fn whose(frame: &Frame, opened: &Opened) -> Markup {
    let person = opened.whole.person.as_ref();
    html! {
        p.whose { @match person {
            Some(person) => {
                strong { bdi { (person.applicant.name) } }
                @if let Some(number) = &person.applicant.phone { " " span.nowrap { (phone::shown(number)) } }
            }
            None => { (frame.say("Không còn lưu thông tin cá nhân.", "No personal data is kept any more.")) }
        } }
    }
}

/// Work of the office, or the thing it waits for, beside the state that citizens read.
fn doing(frame: &Frame, opened: &Opened) -> Option<String> {
    let dossier = opened.dossier();
    let since = |since: Timestamp| waited(frame, since);
    Some(match &dossier.stage {
        Stage::Incomplete(awaited) => {
            format!("{}, {}", frame.lang.pick(words::phase(dossier.phase())), since(awaited.since))
        }
        Stage::Paused(pause) => {
            let reasons: Vec<_> = pause.awaited.iter().map(|thing| words::reason(&thing.reason, frame.lang)).collect();
            let (paused, what) = (frame.lang.pick(words::phase(dossier.phase())), reasons.join(", "));
            let stopped = frame.say("chờ", "awaiting");
            format!("{paused}, {stopped} {what}{}; {}", owed(dossier), since(pause.since))
        }
        Stage::Done { result } => {
            let of = match result {
                ResultKind::Positive => frame.say("Có kết quả", "Result ready"),
                ResultKind::Negative => frame.say("Không đủ điều kiện giải quyết", "Not eligible"),
            };
            let waits = match (dossier.owes(), dossier.returns_by_post) {
                (true, _) => format!("{}{}", frame.say("chờ nộp phí, lệ phí", "awaiting the fee"), owed(dossier)),
                (false, Some(true)) => frame.say("chờ gửi bưu điện", "to be posted").to_owned(),
                (false, Some(false) | None) => frame.say("chờ trả tại quầy", "to be handed out").to_owned(),
            };
            let ended = dossier.clock.as_ref().and_then(|clock| clock.ended_at);
            format!("{of}, {waits}{}", ended.map(|at| format!("; {}", since(at))).unwrap_or_default())
        }
        Stage::InPost { .. } => frame.lang.pick(words::phase(dossier.phase())).to_owned(),
        Stage::Submitted
        | Stage::Running(_)
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => return None,
    })
}

/// The amount that is still to be paid, after a space.
fn owed(dossier: &Dossier) -> String {
    let missing = Vnd::sum(dossier.debts().map(|debt| debt.missing_vnd())).filter(|sum| *sum > Vnd::ZERO);
    missing.map(|sum| format!(" {sum}")).unwrap_or_default()
}

/// Its holder, and the step that the work is at.
fn facts(frame: &Frame, opened: &Opened) -> Markup {
    let dossier = opened.dossier();
    html! {
        p.small {
            span.soft { (frame.say("Người đang xử lý", "Handled by")) ": " } strong { (holder(frame, opened)) }
            @if let Some(step) = &dossier.step {
                " · " span.soft { (frame.say("Bước", "Step")) ": " } (opened.names(frame.lang).step(&step.name))
            }
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
    Notice::Warning.of(&html! { p { strong { (told) } } })
}

/// A notice that the date is over and nobody has apologised.
fn to_apologise(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> Markup {
    let is_open = overdue.is_some_and(|it| it.punctuality.is_late() && it.ended_at.is_none());
    if !is_open || !opened.unpromised() {
        return html! {};
    }
    Notice::Warning.of(&html! { p { strong { (frame.say(
        "Quá ngày hẹn trả mà chưa xin lỗi và hẹn lại.",
        "The due date is over, with no apology and no new date.",
    )) } } })
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

fn holder(frame: &Frame, opened: &Opened) -> Markup {
    let dossier = opened.dossier();
    let held = dossier.assignee.clone().map_or_else(|| HeldBy::Desk(dossier.agency.clone()), HeldBy::Staff);
    html! {
        @match held {
            HeldBy::Staff(who) => (opened.names(frame.lang).account(&who)),
            HeldBy::Desk(_) => (frame.say("bộ phận một cửa", "the one-stop desk")),
        }
    }
}

/// Whether the date that holds is over or near, while the dossier is open.
pub(super) fn presses(overdue: Option<&Overdue>) -> bool {
    overdue.is_some_and(|it| {
        it.ended_at.is_none() && matches!(it.punctuality, Punctuality::Late { .. } | Punctuality::DueSoon)
    })
}
