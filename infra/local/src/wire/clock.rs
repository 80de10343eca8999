//! One virtual clock for a test: the SDK's sleeps, its idea of now, and the database's stamps.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use jiff::Timestamp;

/// Scheduler rounds a sleeper lets pass before time may jump to it, so that every task that can work has worked.
const ROUNDS_BEFORE_JUMP: u32 = 16;

/// A clock that moves only when it is told to, or when a sleeper is the next thing that can happen.
///
/// Sleeps never take real time. Of several sleepers the one with the earliest deadline wakes first, and sleeps that
/// run at the same time overlap as they would on a real clock.
#[derive(Clone)]
pub struct VirtualClock {
    state: Arc<Mutex<State>>,
}

struct State {
    since_epoch: Duration,
    sleepers: BTreeSet<(Duration, u64)>,
    next_sleeper: u64,
}

impl VirtualClock {
    /// Makes a clock that shows `now`; an instant before 1970 counts as 1970.
    pub fn new(now: Timestamp) -> Self {
        let state = State { since_epoch: since_epoch(now), sleepers: BTreeSet::new(), next_sleeper: 0 };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// Returns the time it shows.
    pub fn now(&self) -> Timestamp {
        Timestamp::try_from(self.system_now()).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock on by `by`.
    pub fn advance(&self, by: Duration) {
        self.lock().since_epoch += by;
    }

    /// Moves the clock to `now`, never backwards.
    pub fn advance_to(&self, now: Timestamp) {
        let mut state = self.lock();
        state.since_epoch = state.since_epoch.max(since_epoch(now));
    }

    fn system_now(&self) -> SystemTime {
        UNIX_EPOCH + self.lock().since_epoch
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn since_epoch(now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(Timestamp::UNIX_EPOCH)).unwrap_or_default()
}

/// Leaves the queue of sleepers even when the sleeping task is cancelled.
struct Sleeper {
    clock: VirtualClock,
    deadline: Duration,
    number: u64,
}

impl Sleeper {
    fn new(clock: &VirtualClock, duration: Duration) -> Self {
        let mut state = clock.lock();
        let (deadline, number) = (state.since_epoch + duration, state.next_sleeper);
        state.next_sleeper += 1;
        state.sleepers.insert((deadline, number));
        Self { clock: clock.clone(), deadline, number }
    }

    fn is_over(&self, rounds: u32) -> bool {
        let mut state = self.clock.lock();
        let next = state.sleepers.first() == Some(&(self.deadline, self.number));
        if next && rounds >= ROUNDS_BEFORE_JUMP {
            state.since_epoch = state.since_epoch.max(self.deadline);
        }
        state.since_epoch >= self.deadline
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.lock().sleepers.remove(&(self.deadline, self.number));
    }
}

impl AsyncSleep for VirtualClock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let sleeper = Sleeper::new(self, duration);
        Sleep::new(async move {
            let mut rounds = 0;
            while !sleeper.is_over(rounds) {
                rounds += 1;
                tokio::task::yield_now().await;
            }
        })
    }
}

impl TimeSource for VirtualClock {
    fn now(&self) -> SystemTime {
        self.system_now()
    }
}

impl dynoxide::storage_backend::Clock for VirtualClock {
    fn now_unix_secs(&self) -> u64 {
        self.lock().since_epoch.as_secs()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.lock().since_epoch.as_secs_f64()
    }
}

impl std::fmt::Debug for VirtualClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VirtualClock({})", VirtualClock::now(self))
    }
}
