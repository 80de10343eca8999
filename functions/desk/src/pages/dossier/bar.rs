//! The clock: why the due date is what it is, as a bar with its dates, and the same in a table.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::clock::Policy;
use rules::dossier::{Explanation, Stretch, StretchKind};
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::words;
use ::pages::part::dated_bar::{self, DatedBar, Mark};

/// Number of the last pauses whose dates are written below the bar; the table has all of them.
const PAUSES: usize = 2;

/// Tells the reason of the due date in a sentence and a bar.
pub(super) fn clock(frame: &Frame, opened: &Opened) -> Markup {
    let explained = opened.explained();
    html! {
        h2 id="clock" { (frame.say("Thời hạn", "The clock")) }
        @match &explained {
            Some(told) => p.wide.why { (frame.lang.pick([&told.vi, &told.en])) },
            None => p.soft.why { (frame.say("Chưa tính thời hạn giải quyết.", "The clock has not started.")) },
        }
        @if let Some(told) = explained.filter(|told| !told.segments.is_empty()) {
            (bar(frame, opened, &told).shown())
            (key(frame, &told.segments, is_late(frame, opened)))
            details { summary { (frame.say("Từng đoạn thời gian", "Each stretch")) } (table(frame, opened, &told.segments)) }
        }
    }
}

fn is_late(frame: &Frame, opened: &Opened) -> bool {
    opened.overdue(frame.now).is_some_and(|overdue| overdue.punctuality.is_late())
}

fn bar<'a>(frame: &'a Frame, opened: &Opened, explained: &'a Explanation) -> DatedBar<'a> {
    let ended = opened.dossier().clock.as_ref().and_then(|clock| clock.ended_at);
    let until = ended.unwrap_or(frame.now);
    let stretch = |stretch: &Stretch| dated_bar::Stretch {
        from: stretch.from,
        // A count ahead of an end was not needed.
        to: stretch.to.map_or(until, |to| ended.map_or(to, |ended| to.min(ended))).max(stretch.from),
        class: class(stretch.kind),
        title: format!("{} {}", vietnam::date_time(stretch.from), frame.lang.pick(words::stretch(stretch.kind))),
    };
    let late = opened.dossier().due().filter(|due| is_late(frame, opened) && due.at < until);
    let overdue = late.map(|due| dated_bar::Stretch {
        from: due.at,
        to: until,
        class: "overdue",
        title: frame.say("Quá hạn", "Late").to_owned(),
    });
    DatedBar {
        told: frame.lang.pick([&explained.vi, &explained.en]),
        stretches: explained.segments.iter().map(stretch).chain(overdue).collect(),
        marks: marks(frame, opened, &explained.segments, ended),
    }
}

/// The dates that matter: the start, the last pauses, the due date, and today or the end.
fn marks<'a>(frame: &'a Frame, opened: &Opened, segments: &[Stretch], ended: Option<Timestamp>) -> Vec<Mark<'a>> {
    let plain = |at, vi, en| Mark { at, name: frame.say(vi, en), class: None };
    let mut marks = Vec::new();
    marks.extend(segments.first().map(|first| plain(first.from, "bắt đầu", "started")));
    let pauses: Vec<_> = segments.iter().filter(|it| class(it.kind) == "paused").collect();
    for pause in &pauses[pauses.len().saturating_sub(PAUSES)..] {
        marks.push(plain(pause.from, "dừng tính", "stopped"));
        let went_on = pause.to.filter(|to| Some(*to) != ended);
        marks.extend(went_on.map(|to| match pause.policy {
            Some(Policy::Restart) => plain(to, "tính lại", "began anew"),
            Some(Policy::Resume) | None => plain(to, "tính tiếp", "went on"),
        }));
    }
    if let Some(due) = opened.dossier().due() {
        let name =
            if opened.unpromised() { frame.say("hẹn trả", "due") } else { frame.say("hẹn lại", "promised") };
        marks.push(Mark { at: due.at, name, class: Some("duemark") });
    }
    marks.push(match ended {
        Some(at) => plain(at, "kết thúc", "ended"),
        None => Mark { at: frame.now, name: frame.say("hôm nay", "today"), class: Some("today") },
    });
    marks
}

/// The meaning of the colours that are there.
fn key(frame: &Frame, segments: &[Stretch], late: bool) -> Markup {
    let kinds = [
        StretchKind::Running,
        StretchKind::Paused,
        StretchKind::PausedAfterDue,
        StretchKind::Annulled,
        StretchKind::Void,
    ];
    html! {
        ul.key {
            @for kind in kinds.into_iter().filter(|kind| segments.iter().any(|it| it.kind == *kind)) {
                li { span class=(class(kind)) {} (frame.lang.pick(words::stretch(kind))) }
            }
            @if late { li { span.overdue {} (frame.say("quá hạn", "late")) } }
        }
    }
}

fn class(kind: StretchKind) -> &'static str {
    match kind {
        StretchKind::Running => "running",
        StretchKind::Paused | StretchKind::PausedAfterDue => "paused",
        StretchKind::Annulled => "annulled",
        StretchKind::Void => "void",
    }
}

fn table(frame: &Frame, opened: &Opened, segments: &[Stretch]) -> Markup {
    let names = opened.names(frame.lang);
    let heads = [
        ["Từ", "From"],
        ["Đến", "To"],
        ["Cách tính", "The clock"],
        ["Tính được", "Counted"],
        ["Vì sao", "Why"],
        ["Căn cứ", "Legal basis"],
        ["Ai", "Through"],
    ];
    html! {
        div.list tabindex="0" role="region" aria-labelledby="clock" { table {
            thead { tr { @for head in heads { th scope="col" { (frame.lang.pick(head)) } } } }
            tbody { @for stretch in segments { tr {
                td { (vietnam::date_time(stretch.from)) }
                td { @if let Some(to) = stretch.to { (vietnam::date_time(to)) } @else { "…" } }
                td { (frame.lang.pick(words::stretch(stretch.kind))) @if let Some(policy) = stretch.policy { ", " (frame.lang.pick(words::policy(policy))) } }
                td { @if stretch.counted > 0 { (stretch.counted) " " (frame.lang.pick(words::unit(stretch.unit))) } @else { "–" } }
                td {
                    @for cause in &stretch.causes { div { (frame.lang.pick([&cause.vi, &cause.en])) } }
                    @if let Some(voided) = &stretch.voided { div { (frame.say("Hủy vì:", "Void:")) " " (voided.because) } }
                }
                td { @for cause in &stretch.causes { div { (cause.legal_basis) } } }
                td { @for cause in &stretch.causes { div { @match &cause.actor {
                    Some(actor) => { (names.actor(actor)) }
                    None => { "?" }
                } } } }
            } } }
        } }
    }
}
