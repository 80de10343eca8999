//! Counts of cases.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Case, Ending, Limits, Period, SecondRequest, Settings, UnansweredSupplement};
use crate::dossier::Filing;

/// The state of a case at the reporting instant. Every case is in exactly one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Finished on a day before the due date.
    Early,
    /// Finished on the due date.
    OnTime,
    /// Finished after it.
    Late,
    /// Not finished, and the date is not over.
    RunningInTime,
    /// Not finished, and the date is over.
    RunningLate,
    /// The clock is stopped, or was when the dossier was finished: no date holds.
    Paused,
    /// The clock waits for the fee.
    NotStarted,
    /// No date, because a year has no official holiday table.
    NoTable,
    /// Taken back by the applicant.
    Withdrawn,
    /// Closed by the office.
    Closed,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::RunningInTime,
        Self::RunningLate,
        Self::Paused,
        Self::NotStarted,
        Self::NoTable,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// Returns the class of a case at the reporting instant; later events have not happened yet.
    #[must_use]
    pub fn of(case: &Case, as_of: Timestamp, settings: Settings) -> Self {
        let ended = case.ended.filter(|(_, at)| *at <= as_of);
        match (ended, case.due(settings.due_basis)) {
            (Some((Ending::Withdrawn, _)), _) => Self::Withdrawn,
            (Some((Ending::Closed, _)), _) => Self::Closed,
            _ if case.stands_since.is_some_and(|since| since <= as_of) => Self::Paused,
            _ if case.no_table => Self::NoTable,
            (_, None) => Self::NotStarted,
            (Some((Ending::Finished, at)), Some(due)) => Self::finished(at, due),
            (None, Some(due)) if due.late_from <= as_of => Self::RunningLate,
            (None, Some(_)) => Self::RunningInTime,
        }
    }

    fn finished(at: Timestamp, due: Limits) -> Self {
        match at {
            at if at >= due.late_from => Self::Late,
            at if at < due.day_begins => Self::Early,
            _ => Self::OnTime,
        }
    }

    /// Returns the name it is kept under.
    fn name(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::RunningInTime => "running_in_time",
            Self::RunningLate => "running_late",
            Self::Paused => "paused",
            Self::NotStarted => "not_started",
            Self::NoTable => "no_table",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    /// Returns the name of the class for people, in Vietnamese and in English.
    #[must_use]
    pub fn named(self) -> [&'static str; 2] {
        match self {
            Self::Early => ["trước hạn", "finished early"],
            Self::OnTime => ["đúng hạn", "finished on time"],
            Self::Late => ["quá hạn", "finished late"],
            Self::RunningInTime => ["đang giải quyết, trong hạn", "running in time"],
            Self::RunningLate => ["đang giải quyết, quá hạn", "running late"],
            Self::Paused => ["dừng tính", "paused"],
            Self::NotStarted => ["chưa tính thời hạn", "clock not started"],
            Self::NoTable => ["chưa có lịch nghỉ chính thức", "no official holiday table"],
            Self::Withdrawn => ["đã rút", "withdrawn"],
            Self::Closed => ["dừng xử lý", "closed"],
        }
    }
}

/// The number of cases of each kind. Two tallies of different cases add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    classes: [u64; Class::ALL.len()],
    /// Received before the period and not over then.
    pub carried_over: u64,
    /// Received in the period online, at the desk and by post.
    pub received: [u64; 3],
    /// Cases for which a fee was asked.
    pub fee_asked: u64,
    /// Cases for which a fee was asked and one was paid through a payment channel, and nothing in cash.
    pub paid_online: u64,
    /// In time by index 766.
    pub in_time_766: u64,
    /// Overdue by index 766.
    pub overdue_766: u64,
    /// Points for the time taken, 0 to 2 for a finished dossier with a date (TT 01/2018/TT-VPCP art. 13).
    pub points_for_time: u64,
    /// Points for the supplements asked, 0 to 2 for a finished dossier with a date (TT 01/2018/TT-VPCP art. 13).
    pub points_for_supplements: u64,
}

impl Tally {
    /// Counts one case, if the period holds it.
    pub fn add(&mut self, case: &Case, period: Period, settings: Settings) {
        if !period.holds(case) {
            return;
        }
        let class = Class::of(case, period.as_of, settings);
        self.classes[class as usize] += 1;
        if period.carries_over(case) {
            self.carried_over += 1;
        } else {
            self.received[place(case.channel)] += 1;
        }
        self.fee_asked += u64::from(case.fee_asked);
        self.paid_online += u64::from(case.fee_asked && case.paid_online);
        match in_time_766(case, period.as_of, settings) {
            Some(true) => self.in_time_766 += 1,
            Some(false) => self.overdue_766 += 1,
            None => {}
        }
        if let Some(points) = points_for_time(class) {
            self.points_for_time += points;
            self.points_for_supplements += u64::from(2_u8.saturating_sub(case.supplement_requests));
        }
    }

    /// Merges this tally with another, of other cases.
    #[must_use]
    pub fn merged(mut self, other: &Self) -> Self {
        let pairs = self.classes.iter_mut().zip(&other.classes);
        pairs.chain(self.received.iter_mut().zip(&other.received)).for_each(|(mine, theirs)| *mine += theirs);
        self.carried_over += other.carried_over;
        self.fee_asked += other.fee_asked;
        self.paid_online += other.paid_online;
        self.in_time_766 += other.in_time_766;
        self.overdue_766 += other.overdue_766;
        self.points_for_time += other.points_for_time;
        self.points_for_supplements += other.points_for_supplements;
        self
    }

    /// Returns its numbers by the names they are kept under, except those that depend on when the period begins.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let classes = Class::ALL.map(|class| (class.name(), self.of(class)));
        let others = [
            ("fee_asked", self.fee_asked),
            ("paid_online", self.paid_online),
            ("in_time_766", self.in_time_766),
            ("overdue_766", self.overdue_766),
            ("points_for_time", self.points_for_time),
            ("points_for_supplements", self.points_for_supplements),
        ];
        classes.into_iter().chain(others)
    }

    /// Sets the number that was kept under a name.
    pub(super) fn set(&mut self, name: &str, number: u64) {
        let class = Class::ALL.into_iter().find(|class| class.name() == name);
        let place = match (name, class) {
            (_, Some(class)) => &mut self.classes[class as usize],
            ("fee_asked", _) => &mut self.fee_asked,
            ("paid_online", _) => &mut self.paid_online,
            ("in_time_766", _) => &mut self.in_time_766,
            ("overdue_766", _) => &mut self.overdue_766,
            ("points_for_time", _) => &mut self.points_for_time,
            ("points_for_supplements", _) => &mut self.points_for_supplements,
            _ => return,
        };
        *place = number;
    }

    /// Sets the number received through a channel.
    pub(super) fn set_received(&mut self, channel: Filing, number: u64) {
        self.received[place(channel)] = number;
    }

    /// Returns the number of cases of a class.
    #[must_use]
    pub fn of(&self, class: Class) -> u64 {
        self.classes[class as usize]
    }

    /// Returns the number of all cases: received in the period or carried over.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.classes.iter().sum()
    }

    /// Returns the number received in the period, through every channel.
    #[must_use]
    pub fn received_in_period(&self) -> u64 {
        self.received.iter().sum()
    }

    /// Returns the number received in the period through this channel.
    #[must_use]
    pub fn received_through(&self, channel: Filing) -> u64 {
        self.received[place(channel)]
    }
}

fn place(channel: Filing) -> usize {
    match channel {
        Filing::Online => 0,
        Filing::Desk => 1,
        Filing::Post => 2,
    }
}

/// Whether index 766 counts the case as in time; `None` if there is no date to judge it by. The time a supplement took
/// is off already: every pause has moved the counted date.
fn in_time_766(case: &Case, as_of: Timestamp, settings: Settings) -> Option<bool> {
    if case.supplement_requests > 1 && settings.second_request == SecondRequest::IsOverdue {
        return Some(false);
    }
    let due = case.due(settings.due_basis)?;
    let ended = case.ended.map(|(_, at)| at).filter(|at| *at <= as_of);
    let unanswered = case.supplement_asked_at.filter(|at| *at <= as_of);
    let end = match (ended, unanswered, settings.unanswered_supplement) {
        (_, Some(asked_at), UnansweredSupplement::EndsAtTheRequest) => asked_at,
        (Some(at), _, _) => at,
        // A stopped clock has no date to judge the case by.
        (None, _, _) if case.stands_since.is_some_and(|since| since <= as_of) => return None,
        (None, _, _) => as_of,
    };
    Some(end < due.late_from)
}

/// Gives points by TT 01/2018/TT-VPCP art. 13: 2 for less than the limit, 1 for the limit, 0 for more; else `None`.
fn points_for_time(class: Class) -> Option<u64> {
    match class {
        Class::Early => Some(2),
        Class::OnTime => Some(1),
        Class::Late => Some(0),
        Class::RunningInTime
        | Class::RunningLate
        | Class::Paused
        | Class::NotStarted
        | Class::NoTable
        | Class::Withdrawn
        | Class::Closed => None,
    }
}
