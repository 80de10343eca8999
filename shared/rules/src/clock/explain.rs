//! Explanation of the count to a citizen, in one sentence.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Asides, Count, DaysOff, Due, Measure, Policy, PutOff, Segment, SegmentKind, Unit, local};

/// The words of one language.
struct Words {
    unit: fn(u32, Measure) -> String,
    /// "5 working days from ..., ..."
    opening: fn(&Count, String) -> String,
    /// A pause that ended: its times and reason, and what followed. The text is what a restart annulled, if anything.
    paused: fn(&str, Option<String>, Policy) -> String,
    /// The start and the end.
    between: fn(&str, &str) -> String,
    /// An open pause: its start and reason, and what is left.
    standing: fn(&str, &str, Policy) -> String,
    /// A pause that was open to the end, and what was left.
    stood: fn(&str, &str) -> String,
    /// A count that began on a later day, that day, and whether a payment started it.
    put_off: fn(PutOff, &str, bool) -> String,
    /// Days that were not counted, or that the last day fell on (`true`), with their notice.
    off: fn(&str, &str, bool) -> String,
    /// Weekend days that were counted.
    worked: fn(&str) -> String,
    due: fn(&str) -> String,
    gap: fn(&str) -> String,
    instant: &'static str,
}

/// Explains the count in Vietnamese: what is allowed from when, each pause, and the due date.
pub fn explain_vi(count: &Count) -> String {
    explain_vi_with(count, &Asides::default())
}

/// Explains the same with what is told beside it.
pub fn explain_vi_with(count: &Count, asides: &Asides) -> String {
    sentence(count, asides, &VIETNAMESE)
}

/// Explains the count in English: what is allowed from when, each pause, and the due date.
pub fn explain_en(count: &Count) -> String {
    explain_en_with(count, &Asides::default())
}

/// Explains the same with what is told beside it.
pub fn explain_en_with(count: &Count, asides: &Asides) -> String {
    sentence(count, asides, &ENGLISH)
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
    paused: |stood, annulled, policy| match (policy, annulled) {
        (Policy::Resume, _) => format!("dừng tính {stood} rồi tính tiếp"),
        (Policy::Restart, None) => format!("dừng tính {stood} rồi tính lại từ đầu"),
        (Policy::Restart, Some(annulled)) => {
            format!("dừng tính {stood} rồi tính lại từ đầu, không kể {annulled} đã qua")
        }
    },
    between: |from, to| format!("từ {from} đến {to}"),
    standing: |since, left, policy| match policy {
        Policy::Resume => format!("đang dừng tính từ {since}, còn {left}, tính tiếp khi nhận đủ"),
        Policy::Restart => format!("đang dừng tính từ {since}, tính lại từ đầu {left} khi nhận đủ"),
    },
    stood: |stood, left| format!("dừng tính {stood}, khi đó còn {left}"),
    put_off: |why, day, by_payment| {
        let came = if by_payment { "nộp phí" } else { "nhận" };
        let why = match why {
            PutOff::After(cutoff) => cutoff.strftime("sau %H:%M").to_string(),
            PutOff::AfterClose => "sau giờ làm việc".to_owned(),
            PutOff::DayOff => "vào ngày nghỉ".to_owned(),
        };
        format!("{came} {why} nên tính là {came} ngày {day}")
    },
    off: |days, notice, last| match last {
        false => format!("không tính ngày nghỉ {days} ({notice})"),
        true => format!("ngày cuối là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo: nghỉ {days} ({notice})"),
    },
    worked: |days| format!("có tính ngày làm bù {days}"),
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
    paused: |stood, annulled, policy| match (policy, annulled) {
        (Policy::Resume, _) => format!("paused {stood}, then continued"),
        (Policy::Restart, None) => format!("paused {stood}, then begun afresh"),
        (Policy::Restart, Some(annulled)) => {
            format!("paused {stood}, then begun afresh without the {annulled} that had passed")
        }
    },
    between: |from, to| format!("from {from} to {to}"),
    standing: |since, left, policy| match policy {
        Policy::Resume => format!("paused since {since} with {left} left, to continue when everything is in"),
        Policy::Restart => format!("paused since {since}, {left} to begin afresh when everything is in"),
    },
    stood: |stood, left| format!("paused {stood} with {left} left"),
    put_off: |why, day, by_payment| {
        let came = if by_payment { "paid" } else { "received" };
        let why = match why {
            PutOff::After(cutoff) => cutoff.strftime("after %H:%M").to_string(),
            PutOff::AfterClose => "after the close of office".to_owned(),
            PutOff::DayOff => "on a day off".to_owned(),
        };
        format!("{came} {why}, so counted as {came} on {day}")
    },
    off: |days, notice, last| match last {
        false => format!("not counting the days off {days} ({notice})"),
        true => format!("the last day is a day off, so the next working day holds: off {days} ({notice})"),
    },
    worked: |days| format!("counting {days}, worked in exchange"),
    due: |due| format!("due {due}"),
    gap: |years| format!("the official days off of {years} are not known yet, so no due date can be given"),
    instant: "%H:%M on %d/%m/%Y",
};

/// Wording of the beginning of a count.
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

fn sentence(count: &Count, asides: &Asides, words: &Words) -> String {
    let measure = match count.allowance.unit {
        Unit::WorkingDays => Measure::WorkingDays,
        Unit::CalendarDays => Measure::CalendarDays,
        Unit::Months => Measure::Months,
        Unit::WorkingHours => Measure::WorkingHours,
    };
    let mut parts = vec![(words.opening)(count, (words.unit)(count.allowance.n, measure))];
    let put_off = asides.put_off.map(|why| (words.put_off)(why, &day(count.starts_on), asides.by_payment));
    parts.extend(put_off);
    let mut annulled = 0;
    for (at, segment) in count.segments.iter().enumerate() {
        let reason = asides.reasons.get(at).map(String::as_str).filter(|reason| !reason.is_empty());
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        // A pause without an end in the count is explained with what is left; it is the last of the segments.
        let last = at + 1 == count.segments.len();
        match (segment.kind, &count.due) {
            (SegmentKind::Running, _) => {}
            (SegmentKind::Annulled, _) => annulled += segment.counted,
            (SegmentKind::Paused, Due::Standing { left, unit, .. }) if last => {
                parts.push(standing(segment, &(words.unit)(*left, *unit), &reason, words));
            }
            (SegmentKind::Paused, _) => parts.extend(pause(count, segment, &reason, &mut annulled, words)),
        }
    }
    parts.extend(asides.days_off.iter().flat_map(|table| days_off(count, table, words)).flatten());
    parts.extend(ending(count, words));
    parts.join("; ") + "."
}

/// Returns the start, the end and the reason of a pause; `None` for a pause without an end.
fn stood(segment: &Segment, reason: &str, words: &Words) -> Option<String> {
    let (from, to) = (moment(segment.from, words.instant), moment(segment.to?, words.instant));
    Some((words.between)(&from, &to) + reason)
}

/// Words a pause that ended.
fn pause(count: &Count, segment: &Segment, reason: &str, annulled: &mut u32, words: &Words) -> Option<String> {
    let stood = stood(segment, reason, words)?;
    let policy = segment.policy.unwrap_or(Policy::Resume);
    let without = match policy {
        Policy::Restart => std::mem::take(annulled),
        Policy::Resume => 0,
    };
    let without = (without > 0).then(|| (words.unit)(without, count.counted_in));
    Some((words.paused)(&stood, without, policy))
}

/// Words an open pause; given an end, one that was open when the dossier ended.
fn standing(segment: &Segment, left: &str, reason: &str, words: &Words) -> String {
    match stood(segment, reason, words) {
        Some(stood) => (words.stood)(&stood, left),
        None => {
            let since = moment(segment.from, words.instant) + reason;
            (words.standing)(&since, left, segment.policy.unwrap_or(Policy::Resume))
        }
    }
}

/// Words the days of a table that moved the due date.
fn days_off(count: &Count, table: &DaysOff, words: &Words) -> [Option<String>; 2] {
    let listed = |days: &[Date]| days.iter().map(|date| day(*date)).collect::<Vec<_>>().join(", ");
    let last = matches!(count.allowance.unit, Unit::CalendarDays | Unit::Months);
    let off = (!table.off.is_empty()).then(|| (words.off)(&listed(&table.off), &table.notice, last));
    [off, (!table.worked.is_empty()).then(|| (words.worked)(&listed(&table.worked)))]
}

/// Words the due date, or the years in its way; an open pause has already said everything.
fn ending(count: &Count, words: &Words) -> Option<String> {
    match &count.due {
        Due::On { at, .. } if count.by_office_hours => Some((words.due)(&moment(*at, words.instant))),
        Due::On { date, .. } => Some((words.due)(&day(*date))),
        Due::Standing { .. } => None,
        Due::Gap { years } => {
            let years: Vec<String> = years.iter().map(i16::to_string).collect();
            Some((words.gap)(&years.join(", ")))
        }
    }
}

fn moment(at: Timestamp, format: &str) -> String {
    local(at).strftime(format).to_string()
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
