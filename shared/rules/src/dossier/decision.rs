//! Decisions that a person has to make: a limit ended and nobody did anything, or dates are in doubt. Time alone refuses
//! and closes nothing.

use jiff::civil::Date;
use serde::Serialize;

use super::decide::in_doubt;
use super::{Awaited, Deadline, Dossier, Stage};
use crate::catalogue::Reason;

/// A decision that a dossier waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Decision {
    /// The limit of acceptance is over, or could not be counted: to be accepted, supplemented or refused.
    Acceptance,
    /// The applicant did not bring in time what was asked for: to be closed, refused, or waited for longer.
    MissedWait {
        /// The reasons for which the wait was missed, each once.
        reasons: Vec<Reason>,
        /// The first last day that was missed.
        last_day: Date,
    },
    /// It is not known which tables of days off its dates were counted by, and those of today give others: to be counted
    /// anew, or kept.
    Dates,
}

/// Returns the decision that a dossier waits for.
#[must_use]
pub fn decision(dossier: &Dossier) -> Option<Decision> {
    let waits = matches!(dossier.stage, Stage::Submitted) && dossier.accept_until.is_none();
    let ended = if waits { Some(Decision::Acceptance) } else { missed(dossier.awaited()) };
    ended.or(in_doubt(dossier).then_some(Decision::Dates))
}

fn missed(awaited: &[Awaited]) -> Option<Decision> {
    let missed = |thing: &&Awaited| thing.wait.is_some_and(|wait| wait.missed());
    let last_day = awaited.iter().filter(missed).filter_map(|thing| thing.wait).map(|wait: Deadline| wait.last_day());
    let last_day = last_day.min()?;
    let mut reasons: Vec<Reason> = Vec::new();
    for thing in awaited.iter().filter(missed) {
        if !reasons.contains(&thing.reason) {
            reasons.push(thing.reason.clone());
        }
    }
    Some(Decision::MissedWait { reasons, last_day })
}
