//! State of a dossier: small enough to be written whole at each commit.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Awaited, ClosedPause, DueDate, Fee, Filing, Pause, Phase, Source, Stage};
use crate::catalogue::ProcedureRef;
use crate::clock::{ClockError, CountedBy, Limit, Stop};
use crate::id::{AgencyCode, DossierId};
use crate::notice::Granted;

/// A dossier (hồ sơ). Holds no name, phone number or address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Internal id.
    pub id: DossierId,
    /// The agency that owns it.
    pub agency: AgencyCode,
    /// Number of commits so far.
    pub version: u64,
    /// The procedure version it lives under.
    pub procedure: ProcedureRef,
    /// The origin.
    pub source: Source,
    /// The way of filing.
    pub filing: Filing,
    /// `MaHoSo`, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Time of submission.
    pub submitted_at: Timestamp,
    /// End of the acceptance limit; `None` while the applicant supplements, and once the delay was reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_until: Option<Timestamp>,
    /// Beginning of that limit, unless it is the submission; `None` in older dossiers too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_from: Option<Timestamp>,
    /// Its stage.
    pub stage: Stage,
    /// The step the work is at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Visit>,
    /// Person who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Papers whose originals are in, or waived.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub papers: BTreeMap<String, PaperState>,
    /// Whether the result is to come by post; `None` if nobody chose yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns_by_post: Option<bool>,
    /// The notice by which the postage of the result was promised to be free, with the choice or with the question about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_postage: Option<Granted>,
    /// Whether the address that the result is posted to was confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub address_confirmed: bool,
    /// Time at which the applicant was asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_asked_at: Option<Timestamp>,
    /// Whether the desk was chosen before the applicant was asked, and nothing was said since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub desk_in_question: bool,
    /// The number of the parcel that holds the result, until the result leaves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    /// How often the post failed to deliver it since it was posted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_attempts: u8,
    /// Fees owed and asked for, one per attempt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Whether any of a fee was paid in cash, for the statistics.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paid_in_cash: bool,
    /// The clock, once it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// Number of supplements asked for so far.
    #[serde(default)]
    pub rounds: u8,
    /// The supplement that was awaited when the dossier was not accepted, kept for a reopening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_while: Option<Awaited>,
    /// Time at which dates that lack a holiday table are looked at next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_at: Option<Timestamp>,
    /// The tables and hours that its dates were counted by; `None` if they were counted before this was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_by: Option<CountedBy>,
    /// Whether the tables of today gave other dates when that was not noted, and nobody has decided about it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dates_differ: bool,
    /// Generation of the slip: how often a lost one was replaced.
    #[serde(default, skip_serializing_if = "has_first")]
    pub slip: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn has_first(generation: &u32) -> bool {
    *generation == 0
}

impl Dossier {
    /// Returns the instant of its receipt: of its acceptance, or before that of its submission.
    #[must_use]
    pub fn received_at(&self) -> Timestamp {
        self.clock.as_ref().map_or(self.submitted_at, |clock| clock.accepted_at)
    }

    /// Returns the row of the table that this dossier is in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.stage.phase()
    }

    /// Returns the name that people use: the code, or the id until there is one.
    #[must_use]
    pub fn called(&self) -> &str {
        self.code.as_deref().unwrap_or(self.id.as_str())
    }

    /// Returns the date that holds: the promised one after an apology, else the counted one. `None` while the clock is
    /// stopped, unless the dossier was late before it stopped.
    #[must_use]
    pub fn due(&self) -> Option<DueDate> {
        let clock = self.clock.as_ref()?;
        match self.pause() {
            Some(pause) if !pause.overdue => None,
            Some(_) | None => clock.promised.or(clock.due),
        }
    }

    /// Whether it is known that the result comes by post, and to which address.
    #[must_use]
    pub fn knows_its_way_home(&self) -> bool {
        self.parcel.is_some() || (self.returns_by_post == Some(true) && self.address_confirmed)
    }

    /// Returns everything that is awaited of somebody now: while the clock is stopped, and before acceptance.
    #[must_use]
    pub fn awaited(&self) -> &[Awaited] {
        match &self.stage {
            Stage::Paused(pause) => &pause.awaited,
            Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
            Stage::Submitted
            | Stage::Running(_)
            | Stage::Done { .. }
            | Stage::InPost { .. }
            | Stage::Returned { .. }
            | Stage::NotAccepted
            | Stage::Withdrawn
            | Stage::Closed(_) => &[],
        }
    }

    /// Returns the first last day of what is awaited; `None` if nothing awaited has a wait.
    #[must_use]
    pub fn last_day_awaited(&self) -> Option<Date> {
        self.awaited().iter().filter_map(|thing| thing.wait).map(|wait| wait.last_day()).min()
    }

    /// Returns the open pause, or the one that was open when the dossier was closed.
    #[must_use]
    pub fn pause(&self) -> Option<&Pause> {
        let stage = if let Stage::Closed(before) = &self.stage { before } else { &self.stage };
        if let Stage::Paused(pause) = stage { Some(pause) } else { None }
    }

    /// Returns the first instant at which the dossier is late: 00:00 of the day after the date that holds, or the due
    /// instant itself if office hours are counted. `None` while no date holds.
    ///
    /// # Errors
    /// [`ClockError::OutOfRange`] beyond the years that can be expressed.
    pub fn late_from(&self, limit: &Limit) -> Result<Option<Timestamp>, ClockError> {
        let promised = self.clock.as_ref().is_some_and(|clock| clock.promised.is_some());
        self.due().map_or(Ok(None), |due| due.late_from(promised, limit))
    }

    /// Returns everything that stopped the clock so far, as counting sees it: the pauses that ended and the open one.
    #[must_use]
    pub fn stops(&self) -> Vec<Stop> {
        let ended = self.clock.iter().flat_map(|clock| &clock.pauses).map(ClosedPause::stop);
        ended.chain(self.pause().into_iter().flat_map(Pause::stops)).collect()
    }

    /// Whether a date of this dossier is open because a holiday table is missing: the due date of a clock that runs, or
    /// the end of a wait.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        let clock = || self.clock.as_ref().is_some_and(|clock| !clock.gap.is_empty());
        let waits = self.awaited().iter().any(|thing| !thing.gap.is_empty());
        waits || (matches!(self.stage, Stage::Running(_)) && clock())
    }

    /// Whether the original of that paper is neither received nor waived.
    #[must_use]
    pub fn lacks(&self, paper: &str) -> bool {
        !self.papers.contains_key(paper)
    }
}

/// The step the work is at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The step's name.
    pub name: String,
    /// Originals it needs that are neither received nor waived.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// End of grace for them; `None` if the dossier did not come online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Timestamp>,
    /// Time at which it was entered; `None` if that was not noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_at: Option<Timestamp>,
}

/// Outcome of a paper's original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Handed over.
    Received,
    /// Not needed after all.
    Waived,
}

/// The clock of an accepted dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Time at which the dossier was accepted (NgayTiepNhan).
    pub accepted_at: Timestamp,
    /// Time at which it started; `None` while the procedure waits for the fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Pauses that ended, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<ClosedPause>,
    /// The due date as counted when the clock last ran; `None` if a year has no holiday table, or if the dossier ended
    /// while its clock was stopped. [`Dossier::due`] returns the date that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DueDate>,
    /// The first due date ever counted, for the statistics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<DueDate>,
    /// Years without an official holiday table that the count met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gap: Vec<i16>,
    /// The date promised with an apology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<DueDate>,
    /// Time at which it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}
