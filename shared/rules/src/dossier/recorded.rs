//! A commit's events as stored, and the due date they carry.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Actor, Command, Event};
use crate::catalogue::ProcedureRef;
use crate::clock::{ClockError, Due, Limit, Office, end_of_day, local};

/// A due date and its instant: close of office on that day, or the exact instant of an hour limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDate {
    /// The day.
    pub on: Date,
    /// The instant printed on the appointment slip.
    pub at: Timestamp,
}

impl DueDate {
    /// Returns the first instant that is late: 00:00 of the next day, or the due instant itself if office hours are
    /// counted. A promise is a day, however the procedure counts.
    pub(crate) fn late_from(self, promised: bool, limit: &Limit) -> Result<Option<Timestamp>, ClockError> {
        if promised { end_of_day(self.on).map(Some) } else { limit.late_from(&Due::On { date: self.on, at: self.at }) }
    }

    /// Returns the working days that have begun since the day; `None` if a year has no holiday table.
    pub(crate) fn working_days_over(self, at: Timestamp, office: &Office) -> Option<u32> {
        let days = office.calendar.working_days_between(self.on, local(at).date()).ok()?;
        u32::try_from(days).ok()
    }
}

/// All events of one commit, as stored: one item per version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The version these events made.
    pub version: u64,
    /// Time at which it happened in law.
    pub at: Timestamp,
    /// Time at which it was recorded.
    pub recorded_at: Timestamp,
    /// Person or system that acted.
    pub actor: Actor,
    /// Name by which people call the dossier after these events.
    pub called: String,
    /// The procedure version the events were decided under.
    pub procedure: ProcedureRef,
    /// The events, in order.
    pub events: Vec<Event>,
}

impl Recorded {
    /// Files the events of a command under the version that they make.
    #[must_use]
    pub fn new(command: &Command, after: &super::Dossier, events: Vec<Event>) -> Self {
        Self {
            version: after.version,
            at: command.held(Some(after)),
            recorded_at: command.now,
            actor: command.actor.clone(),
            called: after.called().to_owned(),
            procedure: after.procedure.clone(),
            events,
        }
    }
}
