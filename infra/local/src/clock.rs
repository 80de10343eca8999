//! The clock of a local start: it runs like the machine's, some way ahead or behind, and goes forward on demand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::folder::FolderError;

/// The file of a data folder that holds how far the clock is off.
const CLOCK_FILE: &str = "clock.json";

/// A clock that is never set back. Clones are one clock.
#[derive(Clone)]
pub struct LocalClock(Arc<Mutex<State>>);

struct State {
    hands: Hands,
    file: Option<PathBuf>,
}

/// Stored state of a clock.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Hands {
    /// Seconds by which it is ahead of the machine's clock.
    ahead_s: i64,
    /// The instant at which it stands still, while it is frozen.
    frozen_at: Option<Timestamp>,
    /// Whether it stands only until an office opens.
    #[serde(default)]
    waits: bool,
}

impl LocalClock {
    /// Opens the clock of a data folder, or of this process alone. `start` sets it, unless a folder's clock is later.
    ///
    /// # Errors
    /// The folder's file cannot be read or written.
    pub fn open(folder: Option<&Path>, start: Option<Timestamp>) -> Result<Self, FolderError> {
        let file = folder.map(|folder| folder.join(CLOCK_FILE));
        Self::of(file.clone(), start).map_err(|error| FolderError::of(file.unwrap_or_default(), error))
    }

    fn of(file: Option<PathBuf>, start: Option<Timestamp>) -> io::Result<Self> {
        let hands = match file.as_deref().map(fs::read) {
            Some(Ok(json)) => serde_json::from_slice(&json)?,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Some(Err(_)) | None => Hands::default(),
        };
        let fresh = file.as_deref().is_none_or(|file| !file.exists());
        let clock = Self(Arc::new(Mutex::new(State { hands, file })));
        if let Some(start) = start.filter(|start| fresh || *start > clock.now()) {
            clock.change(|hands| *hands = Hands::at(start))?;
        }
        Ok(clock)
    }

    /// Returns the time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.lock().hands.now()
    }

    /// Returns how far it is ahead of the machine's clock, and so of senders outside.
    #[must_use]
    pub fn ahead_by(&self) -> SignedDuration {
        SignedDuration::from_secs(self.now().as_second() - machine_now().as_second())
    }

    /// Whether it is frozen.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.lock().hands.frozen_at.is_some()
    }

    /// Goes forward to this instant, or stays where it is if it is past it: a clock that runs may pass any instant at any
    /// moment, and none goes back. A frozen clock stays frozen there.
    ///
    /// # Errors
    /// The folder's file cannot be written.
    pub fn reach(&self, at: Timestamp) -> io::Result<()> {
        self.change(|hands| match hands.frozen_at {
            Some(frozen_at) => hands.frozen_at = Some(frozen_at.max(at)),
            None if at > hands.now() => *hands = Hands::at(at),
            None => {}
        })
    }

    /// Stops the clock, or lets it go on from where it stopped.
    ///
    /// # Errors
    /// The folder's file cannot be written.
    pub fn freeze(&self, frozen: bool) -> io::Result<()> {
        let now = self.now();
        self.change(|hands| match frozen {
            true => *hands = Hands { frozen_at: Some(now), waits: false, ..*hands },
            false => *hands = Hands::at(now),
        })
    }

    /// Stops the clock at this instant, which must not be earlier than where it is, until an office opens.
    ///
    /// # Errors
    /// The folder's file cannot be written.
    pub fn wait_at(&self, at: Timestamp) -> io::Result<()> {
        self.change(|hands| *hands = Hands { frozen_at: Some(at), waits: true, ..*hands })
    }

    /// Lets a clock that waited for an office go on; one that somebody stopped stays as it is.
    ///
    /// # Errors
    /// The folder's file cannot be written.
    pub fn begin(&self) -> io::Result<()> {
        let hands = self.lock().hands;
        match hands.frozen_at.filter(|_| hands.waits) {
            Some(at) => self.change(|hands| *hands = Hands::at(at)),
            None => Ok(()),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Hands)) -> io::Result<()> {
        let mut state = self.lock();
        change(&mut state.hands);
        let Some(file) = &state.file else { return Ok(()) };
        // Whole or not at all: a kill between the two leaves the clock as it was.
        let next = file.with_extension("next");
        fs::write(&next, serde_json::to_vec(&state.hands)?)?;
        fs::rename(next, file)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hands {
    /// A clock that has reached this instant, less than a second ago.
    fn at(now: Timestamp) -> Self {
        let ahead = now.duration_since(machine_now());
        let begun = i64::from(ahead.subsec_nanos() > 0);
        Self { ahead_s: ahead.as_secs() + begun, frozen_at: None, waits: false }
    }

    fn now(&self) -> Timestamp {
        let running = || machine_now().checked_add(SignedDuration::from_secs(self.ahead_s)).unwrap_or(Timestamp::MAX);
        self.frozen_at.unwrap_or_else(running)
    }
}

#[expect(clippy::disallowed_methods, reason = "the edge, where the time enters")]
fn machine_now() -> Timestamp {
    Timestamp::now()
}

impl TimeSource for LocalClock {
    fn now(&self) -> SystemTime {
        let since_epoch = LocalClock::now(self).duration_since(Timestamp::UNIX_EPOCH);
        SystemTime::UNIX_EPOCH + Duration::try_from(since_epoch).unwrap_or_default()
    }
}

impl std::fmt::Debug for LocalClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LocalClock({})", LocalClock::now(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_from_where_it_was_set_and_never_goes_back() {
        let start: Timestamp = "2020-04-15T01:00:00Z".parse().unwrap();
        let clock = LocalClock::open(None, Some(start)).unwrap();
        assert!(clock.now() >= start && clock.now() < start + SignedDuration::from_mins(1));
        let later = start + SignedDuration::from_hours(8);
        clock.reach(later).unwrap();
        assert!(clock.now() >= later);
        clock.reach(start).unwrap();
        assert!(clock.now() >= later);
    }

    /// A clock that was taken to an instant and is found before it would look for what is due there again and again.
    #[test]
    fn it_is_never_a_moment_short_of_where_it_was_taken() {
        let clock = LocalClock::open(None, None).unwrap();
        for nanoseconds in [0, 1, 500_000_000, 999_999_999] {
            let at = clock.now() + SignedDuration::new(3_600, nanoseconds);
            clock.reach(at).unwrap();
            let now = clock.now();
            assert!(now >= at && now < at + SignedDuration::from_secs(30), "{now} {at}");
        }
    }

    #[test]
    fn a_frozen_clock_stands_goes_forward_on_demand_and_runs_again_from_there() {
        let start: Timestamp = "2020-04-15T01:00:00Z".parse().unwrap();
        let clock = LocalClock::open(None, Some(start)).unwrap();
        clock.freeze(true).unwrap();
        let stands_at = clock.now();
        assert_eq!(clock.now(), stands_at);
        let later = stands_at + SignedDuration::from_hours(24);
        clock.reach(later).unwrap();
        assert_eq!(clock.now(), later);
        clock.freeze(false).unwrap();
        assert!(!clock.is_frozen() && clock.now() >= later - SignedDuration::from_secs(1));
    }

    #[test]
    fn a_clock_that_waits_for_an_office_goes_on_with_it_and_one_that_somebody_stopped_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let open = || LocalClock::open(Some(folder.path()), None).unwrap();
        let at = open().now() + SignedDuration::from_hours(1);
        open().wait_at(at).unwrap();
        assert!(open().is_frozen() && open().now() == at);
        open().begin().unwrap();
        assert!(!open().is_frozen() && open().now() >= at);
        open().freeze(true).unwrap();
        open().begin().unwrap();
        assert!(open().is_frozen());
    }

    #[test]
    fn a_folder_keeps_its_clock_over_a_restart_and_an_earlier_start_does_not_turn_it_back() {
        let folder = tempfile::tempdir().unwrap();
        let start: Timestamp = "2020-04-15T01:00:00Z".parse().unwrap();
        let clock = LocalClock::open(Some(folder.path()), Some(start)).unwrap();
        let later = start + SignedDuration::from_hours(240);
        clock.reach(later).unwrap();
        for start in [None, Some(start)] {
            let again = LocalClock::open(Some(folder.path()), start).unwrap();
            assert!(again.now() >= later - SignedDuration::from_secs(1));
        }
    }
}
