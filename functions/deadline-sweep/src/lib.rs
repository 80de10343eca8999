#![doc = include_str!("../README.md")]

mod report;
mod tasks;

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::sms::{Sender, Sms};
use motcua::store::SHARDS;
pub use report::Report;
use rules::id::AgencyCode;

/// How long a claim on a message holds, from the begin of the run: longer than this function's limit of 240 seconds,
/// and not longer than the five minutes to the next run, which takes up what this one left.
pub const LEASE: SignedDuration = SignedDuration::from_secs(299);

/// Time between two runs; by it each run begins at another shard.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Issues one command for everything that is due at `now`, as far as `time_left` allows; asked before each of them.
///
/// A failing task gets a later instant, so that it neither stops a run nor stands first in the next one, and after
/// ten failures it is a person's.
pub async fn handle(site: &Site, sms: &Sms, now: Timestamp, time_left: &(dyn Fn() -> bool + Send + Sync)) -> Report {
    let sender = Sender::new(site, sms, LEASE, now);
    let mut sweep = Sweep { site, sender, now, time_left, report: Report::default() };
    let agencies: Vec<_> = site.recorder.agencies().collect();
    let shards = agencies.iter().flat_map(|agency| (0..SHARDS).map(move |shard| (*agency, shard)));
    let mut shards: Vec<_> = shards.collect();
    // Where time ends before the work does, each run leaves out other shards.
    let run = now.as_second().unsigned_abs() / EVERY.as_secs().unsigned_abs();
    let first = usize::try_from(run % (shards.len().max(1) as u64)).unwrap_or(0);
    shards.rotate_left(first);
    for (agency, shard) in shards {
        if sweep.shard(agency, shard).await.is_break() {
            sweep.report.unfinished = true;
            break;
        }
    }
    tracing::info!(report = ?sweep.report, "swept");
    sweep.report
}

/// One run.
struct Sweep<'a> {
    site: &'a Site,
    sender: Sender<'a>,
    now: Timestamp,
    time_left: &'a (dyn Fn() -> bool + Send + Sync),
    report: Report,
}

impl Sweep<'_> {
    /// Everything due in one shard of an agency. Breaks when time is up.
    async fn shard(&mut self, agency: &AgencyCode, shard: u32) -> ControlFlow<()> {
        let mut from = None;
        loop {
            self.go_on()?;
            let page = match self.site.recorder.store().due(agency, shard, self.now, from).await {
                Ok(page) => page,
                Err(error) => {
                    tracing::error!(shard, %error, "what is due was not found");
                    self.report.failed += 1;
                    self.report.unfinished = true;
                    break;
                }
            };
            for task in &page.items {
                self.go_on()?;
                Box::pin(self.look_at(agency, task)).await;
            }
            match page.next {
                Some(next) => from = Some(next),
                None => break,
            }
        }
        ControlFlow::Continue(())
    }

    fn go_on(&self) -> ControlFlow<()> {
        if (self.time_left)() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
