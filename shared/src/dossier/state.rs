//! What is known of a dossier: small enough to be written whole at each commit.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DueDate, Filing, ResultKind, Source};
use crate::catalogue::ProcedureRef;
use crate::clock::{Policy, Stop};
use crate::id::{AgencyCode, DossierId};
use crate::vnd::Vnd;

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
    /// Where from.
    pub source: Source,
    /// The way in.
    pub filing: Filing,
    /// `MaHoSo`, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// Until when the office accepts or not; none while the applicant supplements, and after it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_until: Option<Timestamp>,
    /// Where it stands.
    pub stage: Stage,
    /// The step the work is at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Visit>,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Papers whose originals are in, or waived.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub papers: BTreeMap<String, PaperState>,
    /// Fees asked, one an attempt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// The clock, once it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// Supplements asked so far.
    #[serde(default)]
    pub rounds: u8,
}

impl Dossier {
    /// The row of the table this dossier is in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.stage.phase()
    }

    /// What people call it: the code, or until there is one the id.
    #[must_use]
    pub fn called(&self) -> &str {
        self.code.as_deref().unwrap_or(self.id.as_str())
    }

    /// The date that holds: the promised one after an apology, else the counted one.
    #[must_use]
    pub fn due(&self) -> Option<DueDate> {
        let clock = self.clock.as_ref()?;
        clock.promised.or(clock.due)
    }

    /// Amount still to be paid: fees asked whose attempt is open.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.fees.iter().any(|fee| fee.state == FeeState::Open)
    }

    /// Whether the original of that paper is neither received nor waived.
    #[must_use]
    pub fn lacks(&self, paper: &str) -> bool {
        !self.papers.contains_key(paper)
    }
}

/// Where a dossier stands, with what only that place has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// [1] Arrived, not yet accepted.
    Submitted,
    /// [5] A supplement was asked before acceptance.
    Incomplete(Awaited),
    /// The clock runs: [2] accepted, or [4] in progress.
    Running(Running),
    /// [5] or [6] The clock stands.
    Paused(Pause),
    /// [9] The result is there.
    Done {
        /// How it turned out.
        result: ResultKind,
    },
    /// [9] The result is with the post.
    InPost {
        /// How it turned out.
        result: ResultKind,
    },
    /// [10] The result is with the applicant.
    Returned {
        /// How it turned out.
        result: ResultKind,
    },
    /// [3] Not accepted at intake.
    NotAccepted,
    /// [7] Taken back by the applicant.
    Withdrawn,
    /// [8] Closed by the office; what it was before, for a reopening.
    Closed(Box<Stage>),
}

/// The two faces of a running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Running {
    /// [2]
    Accepted,
    /// [4]
    InProgress,
}

/// The row of the table a dossier is in; `New` is no dossier yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is documented at the stage of the same name")]
pub enum Phase {
    New,
    Submitted,
    Incomplete,
    Accepted,
    InProgress,
    Paused,
    Done,
    InPost,
    Returned,
    NotAccepted,
    Withdrawn,
    Closed,
}

impl Phase {
    /// All of them, in the order of a dossier's life.
    pub const ALL: [Self; 12] = [
        Self::New,
        Self::Submitted,
        Self::Incomplete,
        Self::Accepted,
        Self::InProgress,
        Self::Paused,
        Self::Done,
        Self::InPost,
        Self::Returned,
        Self::NotAccepted,
        Self::Withdrawn,
        Self::Closed,
    ];
}

impl Stage {
    /// The row of the table.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self {
            Self::Submitted => Phase::Submitted,
            Self::Incomplete(_) => Phase::Incomplete,
            Self::Running(Running::Accepted) => Phase::Accepted,
            Self::Running(Running::InProgress) => Phase::InProgress,
            Self::Paused(_) => Phase::Paused,
            Self::Done { .. } => Phase::Done,
            Self::InPost { .. } => Phase::InPost,
            Self::Returned { .. } => Phase::Returned,
            Self::NotAccepted => Phase::NotAccepted,
            Self::Withdrawn => Phase::Withdrawn,
            Self::Closed(_) => Phase::Closed,
        }
    }

    /// `TrangThaiHoSo` of the portal. A pause that awaits only a fee is 6.
    #[must_use]
    pub fn portal_status(&self) -> u8 {
        match self {
            Self::Submitted => 1,
            Self::Running(Running::Accepted) => 2,
            Self::NotAccepted => 3,
            Self::Running(Running::InProgress) => 4,
            Self::Paused(pause) if pause.awaited.iter().all(|a| a.reason == "fee") => 6,
            Self::Incomplete(_) | Self::Paused(_) => 5,
            Self::Withdrawn => 7,
            Self::Closed(_) => 8,
            Self::Done { .. } | Self::InPost { .. } => 9,
            Self::Returned { .. } => 10,
        }
    }
}

/// One pause of the clock, holding the set of awaited things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it was recorded: a pause never starts earlier.
    pub since: Timestamp,
    /// What is awaited; never empty.
    pub awaited: Vec<Awaited>,
    /// Where the dossier goes back to.
    pub back: Running,
    /// The latest hand-over, payment or waiver among the things that came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_in: Option<Timestamp>,
    /// What the clock does at the end: restarts if any thing awaited says so.
    pub policy: Policy,
}

/// One awaited thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// `supplement`, `originals`, `fee`, or a reason of the procedure's own.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// How many papers were asked for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub asked: usize,
    /// Papers still outstanding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// The attempt awaited, for a fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u8>,
    /// How long the applicant has, and what was done about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Deadline>,
}

/// The deadline of a wait: its end, the reminder before it, and what has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The end of the wait.
    pub until: Timestamp,
    /// The next instant at which somebody is told: first the reminder, then the end, then none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
}

impl Deadline {
    /// Whether its end has been marked as missed.
    #[must_use]
    pub fn missed(&self) -> bool {
        self.next.is_none()
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
    /// When grace for them ends; none where the dossier did not come online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Timestamp>,
}

/// What became of a paper's original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Handed over.
    Received,
    /// Not needed after all.
    Waived,
}

/// One attempt to collect one fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// 1, 2, …; with the id it makes the payment reference.
    pub attempt: u8,
    /// The channel it was asked through; no other channel's message pays it.
    pub channel: String,
    /// The amount.
    pub amount_vnd: Vnd,
    /// What became of it.
    pub state: FeeState,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeState {
    /// Not paid yet; a failure leaves it open, since the payer may try again.
    Open,
    /// Paid.
    Paid,
    /// Not owed any more.
    Waived,
}

/// The clock of an accepted dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// When it started; none while the procedure waits for the fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Pauses that ended, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<ClosedPause>,
    /// The counted due date; none while the clock stands, or where a year has no holiday table.
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
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

/// A pause that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPause {
    /// Its start.
    pub since: Timestamp,
    /// Its end: the instant of the last fact awaited.
    pub until: Timestamp,
    /// What the clock did then.
    pub policy: Policy,
}

impl ClosedPause {
    /// The pause as counting sees it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop { from: self.since, to: Some(self.until), policy: self.policy }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
