//! Where a dossier stands, and the row of the table that is.

use serde::{Deserialize, Serialize};

use super::{Awaited, Pause, ResultKind};
use crate::catalogue::Reason;

/// Where a dossier stands, with what only that place has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// (1) Arrived, not yet accepted.
    Submitted,
    /// (5) A supplement was asked before acceptance.
    Incomplete(Awaited),
    /// The clock runs: (2) accepted, or (4) in progress.
    Running(Running),
    /// (5) or (6) The clock stands.
    Paused(Pause),
    /// (9) The result is there.
    Done {
        /// How it turned out.
        result: ResultKind,
    },
    /// (9) The result is with the post.
    InPost {
        /// How it turned out.
        result: ResultKind,
    },
    /// (10) The result is with the applicant.
    Returned {
        /// How it turned out.
        result: ResultKind,
    },
    /// (3) Not accepted at intake.
    NotAccepted,
    /// (7) Taken back by the applicant.
    Withdrawn,
    /// (8) Closed by the office; what it was before, for a reopening.
    Closed(Box<Stage>),
}

/// The two faces of a running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Running {
    /// (2)
    Accepted,
    /// (4)
    InProgress,
}

/// The row of the table a dossier is in; `New` is no dossier yet.
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
            Self::Paused(pause) if pause.awaited.iter().all(|a| a.reason == Reason::Fee) => 6,
            Self::Incomplete(_) | Self::Paused(_) => 5,
            Self::Withdrawn => 7,
            Self::Closed(_) => 8,
            Self::Done { .. } | Self::InPost { .. } => 9,
            Self::Returned { .. } => 10,
        }
    }
}
