//! Proof that messages leave at least once, whatever fails and whoever dies: events that have news, faults at calls drawn
//! from a seed, and processes that end at calls drawn from a seed.

mod dropped;
mod killed;
mod office;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use motcua_local::wire::mortal::Partings;

/// Events of one office: the stream of a table in memory is read from its beginning for each write.
const AT_ONCE: u64 = 500;

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    events: u64,
    messages: u64,
    /// Messages that the outlets took, copies included.
    sent: u64,
    partings: Partings,
}

impl Told {
    fn copies(&self) -> u64 {
        self.sent - self.messages
    }

    fn add(&mut self, more: &Self) {
        self.events += more.events;
        self.messages += more.messages;
        self.sent += more.sent;
        self.partings.deaths += more.partings.deaths;
        self.partings.unmarked_deaths += more.partings.unmarked_deaths;
        self.partings.lost_answers += more.partings.lost_answers;
        self.partings.lost_marks += more.partings.lost_marks;
    }

    /// Prints the numbers, and fails if more was sent twice than they explain.
    fn print(&self, title: &str) {
        let Self { events, messages, sent, partings } = self;
        let Partings { deaths, unmarked_deaths, lost_answers, lost_marks } = partings;
        println!("{title}: {events} events, {messages} messages, each sent at least once, {sent} in all");
        println!("  deaths {deaths}, of them between message and mark {unmarked_deaths}");
        println!("  answers lost after the message was taken {lost_answers}, marks lost {lost_marks}");
        println!("  copies {}, explained {}", self.copies(), partings.most_copies());
        assert!(self.copies() <= partings.most_copies(), "more copies than deaths and losses");
    }
}

/// Tells so many events with faults and deaths, and then some by the real binary, which is killed so often.
pub async fn prove(events: u64, kills: u64, seed: u64) {
    println!("seed {seed}");
    let all = in_offices(events, seed);
    all.print("futures dropped");
    let Partings { unmarked_deaths, lost_answers, .. } = all.partings;
    assert!(unmarked_deaths > 0 && lost_answers > 0 && all.copies() > 0, "too few events to put anything to the proof");
    let killed = Box::pin(killed::tell(kills, seed)).await;
    assert_eq!(killed.partings.deaths, kills);
    killed.print("processes killed");
}

/// Tells so many events in as many offices as it takes, on every processor. What happens in an office follows from its
/// own seed alone.
fn in_offices(events: u64, seed: u64) -> Told {
    let (next, all) = (AtomicU64::new(0), Mutex::new(Told::default()));
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(left) = events.checked_sub(number * AT_ONCE).filter(|left| *left > 0) else { return };
            let told = runtime.block_on(Box::pin(dropped::tell(left.min(AT_ONCE), seed + number)));
            all.lock().unwrap().add(&told);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    all.into_inner().unwrap()
}
