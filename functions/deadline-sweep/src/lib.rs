#![doc = include_str!("../README.md")]

mod report;
mod tasks;

use jiff::{SignedDuration, Timestamp};
use motcua::due::{Due, Queue};
use motcua::site::Site;
use motcua::tell::{Sender, Sms};
pub use report::Report;

/// How long a claim on a message holds, from the begin of the run: longer than this function's limit of 240 seconds,
/// and not longer than the five minutes to the next run, which takes up what this one left.
pub const LEASE: SignedDuration = SignedDuration::from_secs(299);

/// Issues one command for everything that is due at `now`, as far as `time_left` allows; asked before each of them.
///
/// A failing task gets a later instant, so that it neither stops a run nor stands first in the next one, and after
/// ten failures it is a person's.
pub async fn handle(site: &Site, sms: &Sms, now: Timestamp, time_left: &(dyn Fn() -> bool + Send + Sync)) -> Report {
    let mut due = Due::new(&site.recorder, Queue::Wake, now, time_left);
    let sender = Sender::new(site, sms, LEASE, now);
    let mut sweep = Sweep { site, sender, now, report: Report::default() };
    while let Some((agency, task)) = due.next().await {
        Box::pin(sweep.look_at(agency, &task)).await;
    }
    sweep.report.failed += due.failed;
    sweep.report.unfinished |= due.unfinished;
    tracing::info!(report = ?sweep.report, "swept");
    sweep.report
}

/// One run.
struct Sweep<'a> {
    site: &'a Site,
    sender: Sender<'a>,
    now: Timestamp,
    report: Report,
}
