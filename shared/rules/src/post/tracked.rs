//! One event of an operator.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Source, State, To, Why};

/// One event of an operator, as it is kept: with the operator's own code and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// The operator's own code.
    pub code: String,
    /// Its meaning; `None` if nobody knows the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Time by the operator's clock.
    pub at: Timestamp,
    /// Time at which we heard of it first.
    pub heard_at: Timestamp,
    /// The post office, as the operator names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The attempt, counted from 1, if the operator counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u8>,
    /// Reason why it was not delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Taker of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
    /// The source.
    pub source: Source,
}

/// Content of an event: two of the same content are one event, whatever delivery brought them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity<'a> {
    at: Timestamp,
    state: Option<State>,
    code: &'a str,
    attempt: Option<u8>,
    why: Option<Why>,
    place: Option<&'a str>,
    to: Option<To>,
}

impl Tracked {
    /// The longest code and place that are kept, in characters.
    pub const LONGEST: usize = 60;

    /// Returns its content.
    #[must_use]
    pub fn identity(&self) -> Identity<'_> {
        let Self { at, state, code, attempt, why, place, to, .. } = self;
        Identity { at: *at, state: *state, code, attempt: *attempt, why: *why, place: place.as_deref(), to: *to }
    }

    /// Whether its time had not come when we heard of it.
    #[must_use]
    pub fn is_of_the_future(&self) -> bool {
        self.at > self.heard_at
    }

    /// Returns the time that counts. A time that had not come counts as that of the arrival, or a wrong clock would have
    /// the last word for days.
    #[must_use]
    pub fn counts_at(&self) -> Timestamp {
        self.at.min(self.heard_at)
    }

    /// Whether it may end a parcel: the word of a sender who cannot sign does not.
    #[must_use]
    pub fn is_believed(&self) -> bool {
        self.source != Source::Unsigned || !self.state.is_some_and(State::is_terminal)
    }

    /// Merges a repeat of the same content: the first arrival, and the source that is believed most.
    #[must_use]
    pub(super) fn merged(&self, repeat: &Self) -> Self {
        let heard_at = self.heard_at.min(repeat.heard_at);
        Self { heard_at, source: self.source.max(repeat.source), ..self.clone() }
    }
}
