#![doc = include_str!("../README.md")]

mod orders;
mod report;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::store::SHARDS;
pub use report::Report;
use rules::id::AgencyCode;

/// Time between two runs; by it each run begins at another shard.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Asks about everything that is due at `now`, as far as `time_left` allows; asked before each question.
///
/// A gateway that does not answer is left alone for the rest of the run. An order that stays without an answer is
/// asked about again after 2, 4, 8, … minutes, and after ten tries it is a person's.
pub async fn handle(site: &Site, now: Timestamp, time_left: &(dyn Fn() -> bool + Send + Sync)) -> Report {
    let mut run = Run { site, now, time_left, silent: BTreeSet::new(), report: Report::default() };
    let agencies: Vec<_> = site.recorder.agencies().collect();
    let shards = agencies.iter().flat_map(|agency| (0..SHARDS).map(move |shard| (*agency, shard)));
    let mut shards: Vec<_> = shards.collect();
    // Where time ends before the work does, each run leaves out other shards.
    let number = now.as_second().unsigned_abs() / EVERY.as_secs().unsigned_abs();
    let first = usize::try_from(number % (shards.len().max(1) as u64)).unwrap_or(0);
    shards.rotate_left(first);
    for (agency, shard) in shards {
        if run.shard(agency, shard).await.is_break() {
            run.report.unfinished = true;
            break;
        }
    }
    tracing::info!(report = ?run.report, "reconciled");
    run.report
}

/// One run.
struct Run<'a> {
    site: &'a Site,
    now: Timestamp,
    time_left: &'a (dyn Fn() -> bool + Send + Sync),
    /// Channels whose gateway did not answer in this run.
    silent: BTreeSet<String>,
    report: Report,
}

impl Run<'_> {
    /// Everything due in one shard of an agency. Breaks when time is up.
    async fn shard(&mut self, agency: &AgencyCode, shard: u32) -> ControlFlow<()> {
        let mut from = None;
        loop {
            self.go_on()?;
            let page = match self.site.recorder.store().due_to_ask(agency, shard, self.now, from).await {
                Ok(page) => page,
                Err(error) => {
                    tracing::error!(shard, %error, "what is to be asked was not found");
                    self.report.errors += 1;
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
