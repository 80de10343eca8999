//! The count told to a citizen in one sentence.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Count, Due, Measure, Policy, Segment, SegmentKind, Unit, local};

/// The words of one language.
struct Words {
    unit: fn(u32, Measure) -> String,
    /// "5 working days from ..., ..."
    opening: fn(&Count, String) -> String,
    /// A pause that ended, and what followed; the text is what a restart annulled, if anything.
    paused: fn(&str, &str, Option<String>, Policy) -> String,
    /// A pause that stands, and what is left.
    standing: fn(&str, &str, Policy) -> String,
    due: fn(&str) -> String,
    gap: fn(&str) -> String,
    instant: &'static str,
}

/// The count in Vietnamese: what is allowed from when, each pause, and the due date.
pub fn explain_vi(count: &Count) -> String {
    sentence(count, &VIETNAMESE)
}

/// The count in English: what is allowed from when, each pause, and the due date.
pub fn explain_en(count: &Count) -> String {
    sentence(count, &ENGLISH)
}

const VIETNAMESE: Words = Words {
    unit: |n, measure| {
        let unit = match measure {
            Measure::WorkingDays => "ngày làm việc",
            Measure::CalendarDays => "ngày",
            Measure::Months => "tháng",
            Measure::WorkingHours => "giờ làm việc",
            Measure::WorkingMinutes => "phút làm việc",
        };
        format!("{n} {unit}")
    },
    opening: |count, allowed| {
        let from = moment(count.starts_at, VIETNAMESE.instant);
        let day = count.starts_on.strftime("%d/%m/%Y");
        match opening(count) {
            Opening::WithinTheDay => format!("Trả kết quả trong ngày {day}, tính từ {from}"),
            Opening::DayNotCounted => format!("{allowed} tính từ {from}, không tính ngày {day}"),
            Opening::Exactly => format!("{allowed} tính từ {from}"),
            Opening::FromOpeningOf => format!("{allowed} tính từ {from}, chuyển sang đầu giờ làm việc ngày {day}"),
        }
    },
    paused: |from, to, annulled, policy| match (policy, annulled) {
        (Policy::Resume, _) => format!("dừng tính từ {from} đến {to} rồi tính tiếp"),
        (Policy::Restart, None) => format!("dừng tính từ {from} đến {to} rồi tính lại từ đầu"),
        (Policy::Restart, Some(annulled)) => {
            format!("dừng tính từ {from} đến {to} rồi tính lại từ đầu, không kể {annulled} đã qua")
        }
    },
    standing: |since, left, policy| match policy {
        Policy::Resume => format!("đang dừng tính từ {since}, còn {left}, tính tiếp khi nhận đủ"),
        Policy::Restart => format!("đang dừng tính từ {since}, tính lại từ đầu {left} khi nhận đủ"),
    },
    due: |due| format!("hẹn trả {due}"),
    gap: |years| format!("chưa có lịch nghỉ chính thức năm {years} nên chưa tính được ngày hẹn trả"),
    instant: "%H:%M ngày %d/%m/%Y",
};

const ENGLISH: Words = Words {
    unit: |n, measure| {
        let unit = match measure {
            Measure::WorkingDays => "working day",
            Measure::CalendarDays => "calendar day",
            Measure::Months => "month",
            Measure::WorkingHours => "working hour",
            Measure::WorkingMinutes => "working minute",
        };
        format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
    },
    opening: |count, allowed| {
        let from = moment(count.starts_at, ENGLISH.instant);
        let day = count.starts_on.strftime("%d/%m/%Y");
        match opening(count) {
            Opening::WithinTheDay => format!("Due within the day {day}, counted from {from}"),
            Opening::DayNotCounted => format!("{allowed} from {from}, not counting {day}"),
            Opening::Exactly => format!("{allowed} from {from}"),
            Opening::FromOpeningOf => format!("{allowed} from {from}, moved to the opening of office on {day}"),
        }
    },
    paused: |from, to, annulled, policy| match (policy, annulled) {
        (Policy::Resume, _) => format!("paused from {from} to {to}, then continued"),
        (Policy::Restart, None) => format!("paused from {from} to {to}, then begun afresh"),
        (Policy::Restart, Some(annulled)) => {
            format!("paused from {from} to {to}, then begun afresh without the {annulled} that had passed")
        }
    },
    standing: |since, left, policy| match policy {
        Policy::Resume => format!("paused since {since} with {left} left, to continue when everything is in"),
        Policy::Restart => format!("paused since {since}, {left} to begin afresh when everything is in"),
    },
    due: |due| format!("due {due}"),
    gap: |years| format!("the official days off of {years} are not known yet, so no due date can be given"),
    instant: "%H:%M on %d/%m/%Y",
};

/// How the beginning of a count is told.
enum Opening {
    WithinTheDay,
    DayNotCounted,
    Exactly,
    FromOpeningOf,
}

fn opening(count: &Count) -> Opening {
    match (count.by_office_hours, count.allowance.n) {
        (false, 0) => Opening::WithinTheDay,
        (false, _) => Opening::DayNotCounted,
        (true, _) if local(count.starts_at).date() == count.starts_on => Opening::Exactly,
        (true, _) => Opening::FromOpeningOf,
    }
}

fn sentence(count: &Count, words: &Words) -> String {
    let measure = match count.allowance.unit {
        Unit::WorkingDays => Measure::WorkingDays,
        Unit::CalendarDays => Measure::CalendarDays,
        Unit::Months => Measure::Months,
        Unit::WorkingHours => Measure::WorkingHours,
    };
    let mut parts = vec![(words.opening)(count, (words.unit)(count.allowance.n, measure))];
    let mut annulled = 0;
    for segment in &count.segments {
        match segment.kind {
            SegmentKind::Running => {}
            SegmentKind::Annulled => annulled += segment.counted,
            SegmentKind::Paused => parts.extend(pause(count, segment, &mut annulled, words)),
        }
    }
    parts.push(ending(count, words));
    parts.join("; ") + "."
}

/// A pause that ended. A standing one is told by the ending.
fn pause(count: &Count, segment: &Segment, annulled: &mut u32, words: &Words) -> Option<String> {
    let to = segment.to?;
    let policy = segment.policy.unwrap_or(Policy::Resume);
    let without = match policy {
        Policy::Restart => std::mem::take(annulled),
        Policy::Resume => 0,
    };
    let without = (without > 0).then(|| (words.unit)(without, count.counted_in));
    Some((words.paused)(&moment(segment.from, words.instant), &moment(to, words.instant), without, policy))
}

fn ending(count: &Count, words: &Words) -> String {
    match &count.due {
        Due::On { at, .. } if count.by_office_hours => (words.due)(&moment(*at, words.instant)),
        Due::On { date, .. } => (words.due)(&day(*date)),
        Due::Standing { paused_since, left, unit } => {
            let policy = count.segments.last().and_then(|segment| segment.policy).unwrap_or(Policy::Resume);
            (words.standing)(&moment(*paused_since, words.instant), &(words.unit)(*left, *unit), policy)
        }
        Due::Gap { years } => {
            let years: Vec<String> = years.iter().map(i16::to_string).collect();
            (words.gap)(&years.join(", "))
        }
    }
}

fn moment(at: Timestamp, format: &str) -> String {
    local(at).strftime(format).to_string()
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
