//! A commit's events as stored, and the due date they carry.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Actor, Command, Event};
use crate::catalogue::ProcedureRef;

/// A due date and its instant: close of office on that day, or the exact instant of an hour limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDate {
    /// The day.
    pub on: Date,
    /// The instant printed on the appointment slip.
    pub at: Timestamp,
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
