//! The time a report is about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Case;

/// The time from one instant to another; cases received or still open in between are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its beginning: a case received before and not ended is carried over.
    pub from: Timestamp,
    /// The reporting instant: a case that had not ended by then is judged as of then.
    pub as_of: Timestamp,
}

impl Period {
    /// Whether the case is counted: received by the end, and not over before the beginning.
    #[must_use]
    pub fn holds(&self, case: &Case) -> bool {
        case.received_at <= self.as_of && case.ended.is_none_or(|(_, at)| at >= self.from)
    }

    /// Whether it was received before the beginning.
    #[must_use]
    pub fn carries_over(&self, case: &Case) -> bool {
        case.received_at < self.from
    }
}
