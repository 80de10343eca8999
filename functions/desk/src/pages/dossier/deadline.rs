//! The date that presses: the due date with what is left, or before it counts, the end of what comes first.

use jiff::civil::Date;
use maud::{Markup, html};
use rules::clock::Office;
use rules::dossier::{Overdue, Punctuality, Stage};
use rules::language::Language;
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
    let last = last_awaited(opened);
    Large {
        above: frame.say("Người nộp bổ sung đến hết ngày", "The applicant's last day"),
        date: last.map_or_else(|| frame.say("không đặt hạn", "none set").to_owned(), vietnam::written),
        tone: if opened.missed_a_wait() { Tone::Red } else { Tone::Amber },
        below: html! {},
    }
}

/// The last day of what a stopped clock waits for.
fn last_day(frame: &Frame, opened: &Opened) -> Markup {
    let last = last_awaited(opened);
    html! { @if let Some(last) = last {
        (frame.say("chờ đến hết ngày", "awaited until the end of")) " " strong { (vietnam::written(last)) }
    } }
}

/// The first last day of what is awaited.
fn last_awaited(opened: &Opened) -> Option<Date> {
    opened.dossier().awaited().iter().filter_map(|thing| thing.wait).map(|wait| wait.last_day()).min()
}

/// Time that is left, as a tag, and its colour.
fn left(frame: &Frame, opened: &Opened, overdue: Option<&Overdue>) -> (Tone, Markup) {
    let Some(overdue) = overdue else { return (Tone::Neutral, html! {}) };
    let to_go = || opened.dossier().due().map(|due| to_go(frame, &opened.office, due.on)).unwrap_or_default();
    let (tone, told) = match &overdue.punctuality {
        Punctuality::Late { working_days } if overdue.ended_at.is_some() => {
            (Tone::Amber, ended(frame, Some(*working_days)))
        }
        Punctuality::InTime if overdue.ended_at.is_some() => (Tone::Green, ended(frame, None)),
        Punctuality::Late { working_days } => (Tone::Red, late(frame, *working_days)),
        Punctuality::DueSoon => (Tone::Amber, format!("{}, {}", frame.say("sắp đến hạn", "due soon"), to_go())),
        Punctuality::InTime => (Tone::Blue, to_go()),
        Punctuality::NotCounted { years } => (Tone::Red, no_table(frame, years)),
        Punctuality::NotStarted => {
            (Tone::Neutral, frame.say("chưa tính thời hạn", "the clock has not started").to_owned())
        }
        Punctuality::Paused => {
            (Tone::Neutral, frame.say("kết thúc khi đang dừng tính", "ended while the clock stood").to_owned())
        }
    };
    (tone, tag(tone, &told))
}

/// Working days that are left until a due date.
pub(crate) fn to_go(frame: &Frame, office: &Office, due: Date) -> String {
    match (office.calendar.working_days_between(vietnam::day(frame.now), due), frame.lang) {
        (Ok(0), _) => frame.say("hạn là hôm nay", "due today").to_owned(),
        (Ok(days), Language::Vi) => format!("còn {days} ngày làm việc"),
        (Ok(1), Language::En) => "1 working day left".to_owned(),
        (Ok(days), Language::En) => format!("{days} working days left"),
        (Err(_), _) => frame.say("chưa có lịch nghỉ chính thức", "no official holidays yet").to_owned(),
    }
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
