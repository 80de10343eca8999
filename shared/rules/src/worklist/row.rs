//! The line that a list shows of one dossier, without a word of personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Procedure, ProcedureRef, Reason};
use crate::clock::{Limit, Office, Unit};
use crate::dossier::{Decision, Dossier, DueDate, Filing, Phase, Stage, decision};
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
    /// Whether a wait was missed, and a person decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missed: bool,
    /// Whether its dates are in doubt, and a person decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_doubt: bool,
    /// Whether the applicant said where the result goes, or was asked. Rows of before there was such a question lack it, and
    /// nobody was asked then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked: bool,
    /// When the result left the office, by hand or by post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<Timestamp>,
}

impl Row {
    /// Makes the line of a dossier, without [`Self::returned_at`], which comes from its history.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let clock = dossier.clock.as_ref();
        let awaited = dossier.awaited();
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
            missed: matches!(decision(dossier), Some(Decision::MissedWait { .. })),
            in_doubt: decision(dossier) == Some(Decision::Dates),
            asked: dossier.address_asked_at.is_some() || dossier.knows_its_way_home(),
            returned_at: None,
        }
    }

    /// Whether it was not accepted in time, or its limit could not be counted.
    #[must_use]
    pub fn acceptance_is_open(&self) -> bool {
        self.phase == Phase::Submitted && self.accept_until.is_none()
    }

    /// Returns when its clock ended; `None` while it is open, and if its clock never started.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Done | Phase::InPost | Phase::Returned | Phase::NotAccepted | Phase::Withdrawn | Phase::Closed => {
                self.since
            }
            Phase::New | Phase::Submitted | Phase::Incomplete | Phase::Accepted | Phase::InProgress | Phase::Paused => {
                None
            }
        }
    }

    /// Returns the working days by which its date is over: at its end if it is over, else now. The outer `None` means
    /// in time, or that no date holds; the inner one that a year has no holiday table.
    #[must_use]
    pub fn late_by(&self, procedure: Option<&Procedure>, office: &Office, now: Timestamp) -> Option<Option<u32>> {
        let (due, at) = (self.due?, self.ended_at().unwrap_or(now));
        // A date of a procedure that the catalogue has lost holds until the end of its day.
        let a_day = Limit::civil_code(0, Unit::WorkingDays);
        let limit = procedure.map_or(&a_day, |procedure| &procedure.limit);
        let late_from = due.late_from(self.promised.is_some(), limit).ok()??;
        (late_from <= at).then(|| due.working_days_over(at, office))
    }

    /// Returns the name that people use: the code, or the id until there is one.
    #[must_use]
    pub fn called(&self) -> &str {
        self.code.as_deref().unwrap_or(self.id.as_str())
    }
}
