//! The clock as a picture, with the same in a table.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::dossier::{Explanation, Stretch, StretchKind};
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::words;

/// The picture's width in its own units.
const WIDTH: i64 = 1000;

/// Draws the clock; nothing before it starts.
pub(super) fn clock(frame: &Frame, opened: &Opened) -> Markup {
    let Some(explained) = opened.explained().filter(|told| !told.segments.is_empty()) else { return html! {} };
    html! {
        h2 { (frame.say("Thời hạn", "The clock")) }
        (picture(frame, opened, &explained))
        ul.key {
            @for (class, name) in [
                ("running", ["chạy", "running"]),
                ("paused", ["dừng tính", "paused"]),
                ("annulled", ["không kể nữa", "annulled"]),
                ("void", ["bỏ lần dừng", "void pause"]),
                ("overdue", ["quá hạn", "late"]),
            ] { li { span class=(class) {} (frame.lang.pick(name)) } }
        }
        details { summary { (frame.say("Từng đoạn thời gian", "Each stretch")) } (table(frame, &explained.segments)) }
    }
}

/// Time span of the picture, so that a place is an instant's share of it.
struct Scale {
    from: i64,
    span: i64,
}

impl Scale {
    fn of(opened: &Opened, segments: &[Stretch], now: Timestamp) -> Self {
        let ended = opened.dossier().clock.as_ref().and_then(|clock| clock.ended_at);
        let from = segments.iter().map(|stretch| stretch.from).min().unwrap_or(now);
        let due = opened.dossier().due().map(|due| due.at);
        let ends = segments.iter().filter_map(|stretch| stretch.to).chain(due).chain([ended.unwrap_or(now)]);
        let to = ends.max().unwrap_or(now);
        Self { from: from.as_second(), span: (to.as_second() - from.as_second()).max(1) }
    }

    fn place(&self, at: Timestamp) -> i64 {
        ((at.as_second() - self.from) * WIDTH / self.span).clamp(0, WIDTH)
    }
}

fn picture(frame: &Frame, opened: &Opened, explained: &Explanation) -> Markup {
    let scale = Scale::of(opened, &explained.segments, frame.now);
    let ended = opened.dossier().clock.as_ref().and_then(|clock| clock.ended_at);
    let until = ended.unwrap_or(frame.now);
    let late = opened.overdue(frame.now).is_some_and(|overdue| overdue.punctuality.is_late());
    html! {
        svg.bar viewBox="0 0 1000 34" preserveAspectRatio="none" role="img" aria-label=(frame.lang.pick([&explained.vi, &explained.en])) {
            @for stretch in &explained.segments {
                @let from = scale.place(stretch.from);
                @let to = scale.place(stretch.to.unwrap_or(until));
                rect class=(class(stretch.kind)) x=(from) y="0" width=((to - from).max(2)) height="34" {
                    title { (vietnam::date_time(stretch.from)) " " (frame.lang.pick(words::stretch(stretch.kind))) }
                }
            }
            @if let Some(due) = opened.dossier().due().filter(|due| late && due.at < until) {
                @let from = scale.place(due.at);
                rect.overdue x=(from) y="0" width=(scale.place(until) - from) height="34" { title { (frame.say("Quá hạn", "Late")) } }
            }
            @if let Some(due) = opened.dossier().due() {
                @let at = scale.place(due.at);
                rect.duemark x=((at - 3).max(0)) y="0" width="3" height="34" { title { (frame.say("Ngày hẹn trả", "Due date")) } }
            }
            @if ended.is_none() {
                @let at = scale.place(frame.now);
                rect.today x=((at - 2).max(0)) y="0" width="2" height="34" { title { (frame.say("Bây giờ", "Now")) } }
            }
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

fn table(frame: &Frame, segments: &[Stretch]) -> Markup {
    let heads = [
        ["Từ", "From"],
        ["Đến", "To"],
        ["Đồng hồ", "The clock"],
        ["Tính được", "Counted"],
        ["Vì sao", "Why"],
        ["Căn cứ", "Legal basis"],
        ["Ai", "Through"],
    ];
    html! {
        div.list { table {
            thead { tr { @for head in heads { th scope="col" { (frame.lang.pick(head)) } } } }
            tbody { @for stretch in segments { tr {
                td { (vietnam::date_time(stretch.from)) }
                td { @if let Some(to) = stretch.to { (vietnam::date_time(to)) } @else { "…" } }
                td { (frame.lang.pick(words::stretch(stretch.kind))) @if let Some(policy) = stretch.policy { ", " (frame.lang.pick(words::policy(policy))) } }
                td { @if stretch.counted > 0 { (stretch.counted) " " (frame.lang.pick(words::unit(stretch.unit))) } @else { "–" } }
                td {
                    @for cause in &stretch.causes { div { (frame.lang.pick([&cause.vi, &cause.en])) } }
                    @if let Some(voided) = &stretch.voided { div { (frame.say("Bỏ vì:", "Void:")) " " (voided.because) } }
                }
                td { @for cause in &stretch.causes { div { (cause.legal_basis) } } }
                td { @for cause in &stretch.causes { div { @match &cause.actor {
                    Some(actor) => { (words::actor(actor, frame.lang)) }
                    None => { "?" }
                } } } }
            } } }
        } }
    }
}
