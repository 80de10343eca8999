//! The line that a list shows of one dossier, without a word of personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{ProcedureRef, Reason};
use crate::dossier::{Awaited, Dossier, DueDate, Filing, Phase, Stage};
use crate::id::DossierId;

/// One line of a work list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The dossier.
    pub id: DossierId,
    /// The version it shows.
    pub version: u64,
    /// The official code, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The procedure version it lives under.
    pub procedure: ProcedureRef,
    /// Its phase.
    pub phase: Phase,
    /// The way it was filed.
    pub filing: Filing,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// The time limit of acceptance; `None` while the applicant supplements, and after a person was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_until: Option<Timestamp>,
    /// The date that holds; `None` while the clock is stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DueDate>,
    /// The date that was counted before, while no date holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<DueDate>,
    /// The date promised with an apology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<DueDate>,
    /// Whether a date is open because a year has no holiday table.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gap: bool,
    /// Since when the clock is stopped, or has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// The reasons of the things awaited, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<Reason>,
    /// The first end of a wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<Timestamp>,
    /// The step the work is at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The account that holds it; `None` means the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// When the result left the office, by hand or by post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Timestamp>,
}

impl Row {
    /// Makes the line of a dossier, without [`Self::returned_at`], which comes from its history.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let clock = dossier.clock.as_ref();
        let awaited = awaited(dossier);
        let mut reasons: Vec<Reason> = Vec::new();
        for thing in awaited {
            if !reasons.contains(&thing.reason) {
                reasons.push(thing.reason.clone());
            }
        }
        let paused_since = match &dossier.stage {
            Stage::Paused(pause) => Some(pause.since),
            _ => None,
        };
        Self {
            id: dossier.id,
            version: dossier.version,
            code: dossier.code.clone(),
            procedure: dossier.procedure.clone(),
            phase: dossier.phase(),
            filing: dossier.filing,
            submitted_at: dossier.submitted_at,
            accept_until: dossier.accept_until,
            due: dossier.due(),
            due_before: clock.and_then(|clock| clock.promised.or(clock.due)).filter(|_| dossier.due().is_none()),
            promised: clock.and_then(|clock| clock.promised),
            gap: dossier.has_gap(),
            since: paused_since.or(clock.and_then(|clock| clock.ended_at)),
            awaited: reasons,
            wait_until: awaited.iter().filter_map(|thing| thing.wait).map(|wait| wait.until).min(),
            step: dossier.step.as_ref().map(|visit| visit.name.clone()),
            holder: dossier.assignee.clone(),
            returned_at: None,
        }
    }

    /// Returns the name that people use: the code, or the id until there is one.
    #[must_use]
    pub fn called(&self) -> &str {
        self.code.as_deref().unwrap_or(self.id.as_str())
    }
}

/// Returns the things that the applicant still has to bring.
pub(super) fn awaited(dossier: &Dossier) -> &[Awaited] {
    match &dossier.stage {
        Stage::Paused(pause) => &pause.awaited,
        Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
        _ => &[],
    }
}
