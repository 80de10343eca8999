//! The due day: the sentence that explains it, each time that the clock stopped, and each day that it was moved from.

use maud::{Markup, html};
use rules::dossier::{Move, Stretch, StretchKind, explanation, moves};
use rules::vietnam;

use super::All;
use crate::frame::Frame;

/// Writes them; nothing before the clock started.
pub(super) fn shown(frame: &Frame<'_>, all: &All) -> Markup {
    let Some(told) = explanation(&all.opened.dossier, &all.history, all.terms()) else { return html! {} };
    let moved = moves(&all.opened.dossier, &all.history);
    let stops: Vec<_> = told.segments.iter().filter(|it| stopped(it.kind)).collect();
    html! {
        h2 { (frame.say(["Vì sao hẹn ngày này", "Why this date"])) }
        p { (frame.say([&told.vi, &told.en])) }
        @if !stops.is_empty() {
            h3 { (frame.say(["Những lần tạm dừng tính", "When the count stood still"])) }
            ul { @for stop in stops { li { (stop_in_words(frame, stop)) } } }
        }
        @if moved.len() > 1 {
            h3 { (frame.say(["Những lần ngày hẹn thay đổi", "When the date moved"])) }
            ul { @for one in &moved[1..] { li { (move_in_words(frame, one)) } } }
        }
    }
}

fn stopped(kind: StretchKind) -> bool {
    match kind {
        StretchKind::Paused | StretchKind::PausedAfterDue | StretchKind::Void => true,
        StretchKind::Running | StretchKind::Annulled => false,
    }
}

fn stop_in_words(frame: &Frame<'_>, stop: &Stretch) -> Markup {
    let to = stop.to.map(vietnam::date_time);
    html! {
        (vietnam::date_time(stop.from)) " – "
        (to.as_deref().unwrap_or_else(|| frame.say(["đến nay", "until now"]))) ": "
        @for (place, cause) in stop.causes.iter().enumerate() {
            @if place > 0 { "; " }
            bdi { (frame.say([&cause.vi, &cause.en])) }
            " (" span lang="vi" { (cause.legal_basis) } ")"
        }
        @match stop.kind {
            StretchKind::Void => (frame.say(["; đã hủy, không tính là dừng", "; void, it counts as no stop"])),
            StretchKind::PausedAfterDue => (frame.say(["; sau ngày hẹn, không đổi ngày hẹn", "; after the date, which stays"])),
            StretchKind::Running | StretchKind::Annulled | StretchKind::Paused => {}
        }
        "."
    }
}

fn move_in_words(frame: &Frame<'_>, one: &Move) -> Markup {
    let was = one.was.map(vietnam::written).unwrap_or_default();
    html! {
        (vietnam::date(one.at)) ": " (frame.say(["từ ngày ", "from "])) (was)
        (frame.say([" sang ngày ", " to "])) strong.nowrap { (vietnam::written(one.is)) } ", "
        (frame.say(["vì ", "because "])) (frame.say(one.why)) "."
    }
}
