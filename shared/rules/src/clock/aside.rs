//! Facts that a sentence tells beside the count: why it began on a later day, and which days off it passed.

use jiff::civil::{Date, Time};

use super::vietnam::{day_after, days_after};
use super::{Count, Due, Limit, Office, Segment, SegmentKind, Unit, local};

/// Facts told beside a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asides {
    /// Reasons of pauses, one text for each segment and empty if there is none.
    pub reasons: Vec<String>,
    /// Why the count began on a later day than the event that started it.
    pub put_off: Option<PutOff>,
    /// Whether a payment started the clock, rather than the receipt of the dossier.
    pub by_payment: bool,
    /// Days off that moved the due date, by the notice they rest on.
    pub days_off: Vec<DaysOff>,
}

/// Reason why a starting event belongs to a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOff {
    /// It came after this time of day.
    After(Time),
    /// It came after the close of office.
    AfterClose,
    /// It came on a day off.
    DayOff,
}

/// Days of one year's table that moved a due date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysOff {
    /// The text that the table rests on.
    pub notice: String,
    /// Weekdays that were not counted, or that the last day fell on.
    pub off: Vec<Date>,
    /// Weekend days that were counted, since they are worked in exchange.
    pub worked: Vec<Date>,
}

impl Office {
    /// Says why a count began on a later day; `None` if it did not.
    #[must_use]
    pub fn put_off(&self, limit: &Limit, count: &Count) -> Option<PutOff> {
        let (date, time) = (local(count.starts_at).date(), local(count.starts_at).time());
        if date == count.starts_on {
            return None;
        }
        let worked = self.calendar.is_working_day(date).unwrap_or(true);
        Some(match limit.cutoff.filter(|cutoff| time > *cutoff) {
            _ if !worked => PutOff::DayOff,
            Some(cutoff) => PutOff::After(cutoff),
            None => PutOff::AfterClose,
        })
    }

    /// Returns the days off that moved the due date of a count, and the weekend days that were counted, by year.
    #[must_use]
    pub fn days_off_within(&self, count: &Count) -> Vec<DaysOff> {
        let Due::On { date, .. } = count.due else { return Vec::new() };
        let passed: Box<dyn Fn(Date) -> bool> = match count.allowance.unit {
            Unit::WorkingDays | Unit::WorkingHours => {
                Box::new(|day| day > count.starts_on && day <= date && ran(count, day))
            }
            Unit::CalendarDays | Unit::Months => {
                let last = nominal(count).unwrap_or(date);
                Box::new(move |day| day >= last && day < date)
            }
        };
        let counts_worked = matches!(count.allowance.unit, Unit::WorkingDays | Unit::WorkingHours);
        let years = (count.starts_on.year()..=date.year()).filter_map(|year| {
            let off: Vec<Date> = self.calendar.days_off(year).filter(|day| passed(*day)).collect();
            let worked =
                self.calendar.days_worked(year).filter(|day| counts_worked && passed(*day)).collect::<Vec<_>>();
            let notice = self.calendar.notice(year)?.to_owned();
            (!off.is_empty() || !worked.is_empty()).then_some(DaysOff { notice, off, worked })
        });
        years.collect()
    }
}

/// Whether the clock ran at the end of that day and nothing annulled it.
fn ran(count: &Count, day: Date) -> bool {
    let within = |segment: &Segment| {
        let after = local(segment.from).date() < day || day_after(local(segment.from).date()).is_err();
        after && segment.to.is_none_or(|to| day <= local(to).date())
    };
    count.segments.iter().any(|segment| segment.kind == SegmentKind::Running && within(segment))
}

/// The day on which the last stretch ends by the calendar alone.
fn nominal(count: &Count) -> Option<Date> {
    let (at, last) = count.segments.iter().enumerate().rfind(|(_, segment)| segment.kind == SegmentKind::Running)?;
    let from = if at == 0 { count.starts_on } else { local(last.from).date() };
    days_after(from, last.counted).ok()
}
