//! The time a report is about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Case;

/// From an instant to another; what was received and what was still open in between is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its beginning: what was received before and had not ended is carried over.
    pub from: Timestamp,
    /// The reporting instant: what had not ended by then is judged as of then.
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
