//! Dates counted anew because tables of days off or office hours changed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Deadline, DueDate};
use crate::catalogue::Reason;

/// Dates counted anew because the tables or hours changed. Only what moved is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recounted {
    /// Texts that the changed tables rest on; none if only the office hours changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// The date that held before, if another holds now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<DueDate>,
    /// The counted due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DueDate>,
    /// The date promised with an apology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<DueDate>,
    /// The end of the acceptance limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_until: Option<Timestamp>,
    /// The end of grace for originals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Timestamp>,
    /// The applicant's waits and reminders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<RecountedWait>,
}

/// A wait that moved, or a reminder where there is no wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecountedWait {
    /// The reason for which something is awaited.
    pub reason: Reason,
    /// Time since which it is awaited.
    pub since: Timestamp,
    /// The wait, with what is told next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Deadline>,
    /// The reminder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
}

impl Recounted {
    /// Whether nothing moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { notices: _, was: _, due, promised, accept_until, grace_until, waits } = self;
        let moved = due.is_some() || promised.is_some() || accept_until.is_some() || grace_until.is_some();
        !moved && waits.is_empty()
    }
}
