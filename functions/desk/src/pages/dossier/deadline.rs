//! The date that presses: the due date with what is left, or before it counts, the end of what comes first.

use maud::{Markup, html};
use rules::dossier::{Overdue, Punctuality, Stage, spoken};
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::dossier::waited;
use crate::pages::layout::Frame;
use crate::words;
use ::pages::part::tag::{Tone, tag};

/// The date in large figures, with words above and below it.
struct Large {
    above: &'static str,
    date: String,
    tone: Tone,
    below: Markup,
}

/// Shows the date.
pub(super) fn shown(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> Markup {
    let Large { above, date, tone, below } = large(frame, opened, overdue);
    html! {
        div class={ "deadline " (tone.class()) } {
            p { (above) }
            p { strong.due { (date) } }
            p { (below) (others(frame, opened, overdue)) }
        }
    }
}

fn large(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> Large {
    let dossier = opened.dossier();
    if let Some(due) = dossier.due() {
        let (tone, below) = left(frame, opened, overdue);
        return Large { above: frame.say("Hẹn trả", "Due"), date: vietnam::written(due.on), tone, below };
    }
    match &dossier.stage {
        Stage::Submitted => acceptance(frame, opened),
        Stage::Incomplete(_) => supplement(frame, opened),
        Stage::Paused(_) => Large {
            above: frame.say("Hẹn trả", "Due"),
            date: frame.say("đang dừng tính", "the clock stands").to_owned(),
            tone: Tone::Amber,
            below: last_day(frame, opened),
        },
        Stage::Running(_)
        | Stage::Done { .. }
        | Stage::InPost { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => {
            let (tone, below) = left(frame, opened, overdue);
            Large {
                above: frame.say("Hẹn trả", "Due"), date: frame.say("không có", "none").to_owned(), tone, below
            }
        }
    }
}

/// The end of the limit of acceptance; if it is over, since when the dossier has waited.
fn acceptance(frame: &Frame, opened: &Opened) -> Large {
    let dossier = opened.dossier();
    let above = frame.say("Phải tiếp nhận trước", "To be accepted before");
    let waited = html! { (waited(frame, dossier.submitted_at)) };
    match dossier.accept_until {
        Some(until) if until > frame.now => {
            Large { above, date: words::moment(until, frame.lang), tone: Tone::Blue, below: waited }
        }
        Some(until) => Large { above, date: words::moment(until, frame.lang), tone: Tone::Red, below: waited },
        None => Large {
            above: frame.say("Tiếp nhận", "Acceptance"),
            date: frame.say("hết hạn", "too late").to_owned(),
            tone: Tone::Red,
            below: waited,
        },
    }
}

/// The applicant's last day for a supplement before acceptance.
fn supplement(frame: &Frame, opened: &Opened) -> Large {
    let last = opened.dossier().last_day_awaited();
    Large {
        above: frame.say("Người nộp bổ sung đến hết ngày", "The applicant's last day"),
        date: last.map_or_else(|| frame.say("không đặt hạn", "none set").to_owned(), vietnam::written),
        tone: if opened.missed_a_wait() { Tone::Red } else { Tone::Amber },
        below: html! {},
    }
}

/// The last day of what a stopped clock waits for.
fn last_day(frame: &Frame, opened: &Opened) -> Markup {
    let last = opened.dossier().last_day_awaited();
    html! { @if let Some(last) = last {
        (frame.say("chờ đến hết ngày", "awaited until the end of")) " " strong { (vietnam::written(last)) }
    } }
}

/// Time that is left, as a tag, and its colour.
fn left(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> (Tone, Markup) {
    let Some(overdue) = overdue else { return (Tone::Neutral, html! {}) };
    let is_over = overdue.ended_at.is_some();
    let tone = match &overdue.punctuality {
        Punctuality::Late { .. } if is_over => Tone::Amber,
        Punctuality::InTime if is_over => Tone::Green,
        Punctuality::Late { .. } | Punctuality::NotCounted { .. } => Tone::Red,
        Punctuality::DueSoon => Tone::Amber,
        Punctuality::InTime => Tone::Blue,
        Punctuality::NotStarted | Punctuality::Paused => Tone::Neutral,
    };
    let told = spoken::left(opened.dossier(), overdue, &opened.office.calendar, frame.now, frame.lang);
    (tone, tag(tone, &told))
}

/// The other dates, where they differ from the one that holds.
fn others(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> Markup {
    let Some(overdue) = overdue else { return html! {} };
    let holds = opened.dossier().due();
    let others = [
        (["hẹn lần đầu", "first"], overdue.original),
        (["tính được", "counted"], overdue.counted),
        (["hẹn lại", "promised"], overdue.promised),
    ];
    let mut told = Vec::new();
    for (name, due) in others {
        if let Some(due) = due.filter(|_| due != holds && !told.iter().any(|(_, other)| Some(*other) == due)) {
            told.push((name, due));
        }
    }
    html! { @for (name, due) in told { " " small.nowrap { (frame.lang.pick(name)) " " (vietnam::written(due.on)) } } }
}
