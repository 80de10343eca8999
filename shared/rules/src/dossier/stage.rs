//! Stage of a dossier, and its row of the table.

use serde::{Deserialize, Serialize};

use super::{Awaited, Pause, ResultKind};
use crate::catalogue::Reason;

/// Stage of a dossier, with the data that only this stage has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// (1) Arrived, not yet accepted.
    Submitted,
    /// (5) A supplement was asked for before acceptance.
    Incomplete(Awaited),
    /// The clock runs: (2) accepted, or (4) in progress.
    Running(Running),
    /// (5) or (6) The clock is stopped.
    Paused(Pause),
    /// (9) The result is ready.
    Done {
        /// Kind of the result.
        result: ResultKind,
    },
    /// (9) The result is with the post.
    InPost {
        /// Kind of the result.
        result: ResultKind,
    },
    /// (10) The result is with the applicant.
    Returned {
        /// Kind of the result.
        result: ResultKind,
    },
    /// (3) Not accepted at intake.
    NotAccepted,
    /// (7) Taken back by the applicant.
    Withdrawn,
    /// (8) Closed by the office; holds the stage before, for a reopening.
    Closed(Box<Stage>),
}

/// The two stages of a running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Running {
    /// (2)
    Accepted,
    /// (4)
    InProgress,
}

/// The row of the table that a dossier is in; `New` means no dossier yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Whether something of a dossier is still to come: its settlement, or its result.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        match self {
            Self::Submitted
            | Self::Incomplete
            | Self::Accepted
            | Self::InProgress
            | Self::Paused
            | Self::Done
            | Self::InPost => true,
            Self::New | Self::Returned | Self::NotAccepted | Self::Withdrawn | Self::Closed => false,
        }
    }

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
    /// Returns the row of the table.
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

    /// Returns `TrangThaiHoSo` of the portal. A pause that awaits only a fee is 6.
    #[must_use]
    pub fn portal_status(&self) -> u8 {
        match self {
            Self::Submitted => 1,
            Self::Running(Running::Accepted) => 2,
            Self::NotAccepted => 3,
            Self::Running(Running::InProgress) => 4,
            Self::Paused(pause) if pause.awaited.iter().all(|a| a.reason == Reason::Fee) => 6,
            Self::Incomplete(_) | Self::Paused(_) => 5,
            Self::Withdrawn => 7,
            Self::Closed(_) => 8,
            Self::Done { .. } | Self::InPost { .. } => 9,
            Self::Returned { .. } => 10,
        }
    }
}
