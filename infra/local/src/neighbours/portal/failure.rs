//! Failures that a test or a person lets happen.

use jiff::{SignedDuration, Timestamp};

/// How far a clock is off that is.
const OFF: SignedDuration = SignedDuration::from_hours(1);
/// The same of one that nobody looks after.
const FAR_OFF: SignedDuration = SignedDuration::from_hours(72);

/// Failure of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// 503: later.
    Unavailable,
    /// No answer came, and nothing was taken.
    TimeoutNotTaken,
    /// No answer came, but the call was taken.
    TimeoutTaken,
    /// 200 with a page in HTML; nothing was taken.
    Html,
    /// 200 with five megabytes; nothing was taken.
    Huge,
    /// 200 with fields of other types; nothing was taken.
    OtherTypes,
    /// All sessions are over.
    SessionGone,
    /// 200 with an error that says nothing of a field.
    Refused,
    /// Everything that it knew is forgotten.
    Forgets,
}

impl Failure {
    /// Those that pass, and after which everything is told all the same.
    pub const PASSING: [Self; 7] = [
        Self::Unavailable,
        Self::TimeoutNotTaken,
        Self::TimeoutTaken,
        Self::Html,
        Self::Huge,
        Self::OtherTypes,
        Self::SessionGone,
    ];
}

/// Mood of a portal until it is given another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It works.
    #[default]
    Well,
    /// It answers after some seconds.
    Slow,
    /// It answers nobody.
    Down,
    /// It lets nobody log in.
    ShutOut,
    /// It refuses every dossier.
    Refusing,
    /// Its clock is an hour behind.
    Behind,
    /// Its clock is three days behind.
    DaysBehind,
    /// Its clock is an hour ahead.
    Ahead,
}

impl Mood {
    /// Returns the time by its clock.
    pub(super) fn clock(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Behind => now - OFF,
            Self::DaysBehind => now - FAR_OFF,
            Self::Ahead => now + OFF,
            Self::Well | Self::Slow | Self::Down | Self::ShutOut | Self::Refusing => now,
        }
    }
}
