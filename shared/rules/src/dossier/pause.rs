//! One pause of the clock, and the set of things it awaits.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Running;
use crate::catalogue::Reason;
use crate::clock::{Policy, Stop, last_day, local};

/// One pause of the clock, holding the set of awaited things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Start of the pause: never earlier than it was recorded. It is later if the thing that stopped the clock first
    /// turned out to have been handed over before.
    pub since: Timestamp,
    /// Things awaited; never empty between two commits.
    pub awaited: Vec<Awaited>,
    /// Stage that the dossier goes back to.
    pub back: Running,
    /// Time for which each thing that came in had stopped the clock; no entry for one handed over before it was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<ClosedPause>,
    /// Number of the papers awaited that came in so far.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub received: usize,
    /// Effect on the clock at the end: it restarts if any thing awaited says so.
    pub policy: Policy,
    /// Whether it began after the due date, which then does not move.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
    /// Whether something came in after its wait had ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_late: bool,
}

/// One awaited thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// Reason for which it is awaited.
    pub reason: Reason,
    /// Time from which it is awaited.
    pub since: Timestamp,
    /// Beginning of the applicant's wait if it is not [`Self::since`]; `None` in older dossiers too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_since: Option<Timestamp>,
    /// Number of papers asked for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub asked: usize,
    /// Papers still outstanding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// The fee awaited, by its first attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u8>,
    /// Whether the clock resumes or restarts after it.
    pub policy: Policy,
    /// The applicant's deadline, and what was done about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Deadline>,
    /// Time at which the applicant is reminded of a thing that has no wait; `None` once that was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    /// Years without an official holiday table that the wait or the reminder needs: nobody is told until there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gap: Vec<i16>,
    /// The latest hand-over or waiver among its papers that came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_in: Option<Timestamp>,
}

impl Awaited {
    /// Returns the beginning of the applicant's wait.
    #[must_use]
    pub fn waits_from(&self) -> Timestamp {
        self.wait_since.unwrap_or(self.since)
    }

    /// Returns the next instant at which somebody is told about it, if any.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        self.wait.map_or(self.remind_at, |wait| wait.next)
    }
}

/// The deadline of a wait: its end, the reminder before it, and what has been done. The applicant's last day ends at
/// 24:00; what follows from a miss is recorded and told at the next opening of office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The end of the wait: 24:00 of its last day. In older dossiers it is the close of office on that day, which counts
    /// to its end all the same; [`Self::last_day`] returns it for both.
    pub until: Timestamp,
    /// The next instant at which somebody is told: first the reminder, then a miss, then `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
    /// The opening of office at which a miss is recorded; `None` in older dossiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_at: Option<Timestamp>,
}

impl Deadline {
    /// Returns the last day of the wait.
    #[must_use]
    pub fn last_day(&self) -> Date {
        last_day(self.until)
    }

    /// Whether its last day is over.
    #[must_use]
    pub fn is_over(&self, at: Timestamp) -> bool {
        local(at).date() > self.last_day()
    }

    /// Whether its end has been marked as missed.
    #[must_use]
    pub fn missed(&self) -> bool {
        self.next.is_none()
    }
}

/// A pause that ended, or the part of one that a single thing caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPause {
    /// Its start.
    pub since: Timestamp,
    /// Its end: the instant of the last fact awaited. It may be the instant of its start, if that fact was recorded after.
    pub until: Timestamp,
    /// Effect on the clock then.
    pub policy: Policy,
}

impl ClosedPause {
    /// Returns the pause as counting sees it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop { from: self.since, to: Some(self.until), policy: self.policy }
    }
}

impl Pause {
    /// Returns the parts that are over, without overlaps and in order. Things awaited at one time are one pause, which
    /// restarts the clock if any of them does. Between two that never met the clock ran.
    pub(super) fn ended(&self) -> Vec<ClosedPause> {
        let mut parts = self.over.clone();
        parts.sort_by_key(|part| part.since);
        let mut ended: Vec<ClosedPause> = Vec::new();
        for part in parts {
            match ended.last_mut().filter(|last| part.since <= last.until) {
                Some(last) => {
                    last.until = last.until.max(part.until);
                    last.policy = stricter(last.policy, part.policy);
                }
                None => ended.push(part),
            }
        }
        ended
    }

    /// Returns the pause as counting sees it while it is open: what is over, and what still stops the clock.
    pub(super) fn stops(&self) -> impl Iterator<Item = Stop> + '_ {
        let standing = |thing: &Awaited| Stop { from: thing.since, to: None, policy: thing.policy };
        self.over.iter().map(ClosedPause::stop).chain(self.awaited.iter().map(standing))
    }
}

/// Returns the stricter policy: restarting wins if one of several awaited things says so.
pub(super) fn stricter(one: Policy, other: Policy) -> Policy {
    if one == Policy::Restart { one } else { other }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
