//! Tries: how often digits may be shown, counted for a dossier and for the address that they come from.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Tries within an hour, for a dossier and for a sender.
pub const IN_AN_HOUR: usize = 5;
/// Wrong tries that a dossier ever takes. After that digits open it no more.
pub const MOST_WRONG: u32 = 20;
/// The hour.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The tries so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// Those of the last hour, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Timestamp>,
    /// Those that were wrong, ever.
    #[serde(default)]
    pub wrong: u32,
    /// Number of changes so far.
    #[serde(default)]
    pub version: u64,
}

/// Limit that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Too many within an hour.
    Hour,
    /// Too many wrong ones ever.
    Ever,
}

impl Tries {
    /// Says whether there may be another try.
    ///
    /// # Errors
    /// [`Limit`].
    pub fn another(&self, now: Timestamp) -> Result<(), Limit> {
        if self.is_locked() {
            Err(Limit::Ever)
        } else if self.lately(now).count() >= IN_AN_HOUR {
            Err(Limit::Hour)
        } else {
            Ok(())
        }
    }

    /// Whether digits open this dossier no more.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.wrong >= MOST_WRONG
    }

    /// Returns them after one more.
    #[must_use]
    pub fn with(&self, now: Timestamp, right: bool) -> Self {
        let at = self.lately(now).chain([now]).collect();
        Self { at, wrong: self.wrong.saturating_add(u32::from(!right)), version: self.version + 1 }
    }

    /// Returns them after one more that does not count as a wrong one for ever: a sender is forgotten after an hour.
    #[must_use]
    pub fn with_sender_s(&self, now: Timestamp) -> Self {
        Self { wrong: 0, ..self.with(now, true) }
    }

    /// Returns those of the last hour. One of a clock that is ahead counts too.
    fn lately(&self, now: Timestamp) -> impl Iterator<Item = Timestamp> {
        self.at.iter().copied().filter(move |at| *at + HOUR > now)
    }
}
