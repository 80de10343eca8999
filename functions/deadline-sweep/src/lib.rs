#![doc = include_str!("../README.md")]

mod report;
mod tasks;

use jiff::{SignedDuration, Timestamp};
use motcua::due::{Due, Queue};
use motcua::site::Site;
use motcua::tell::{Outlets, Sender};
pub use report::Report;

/// Time that a claim on a message holds, from the start of the run. It is longer than this function's limit of 240
/// seconds, and not longer than the five minutes to the next run, which takes up what this one left.
pub const LEASE: SignedDuration = SignedDuration::from_secs(299);

/// Issues one command for everything that is due at `now`. Before each of them it asks whether there is `time_left`.
///
/// A failing task gets a later instant, so that it neither stops a run nor comes first in the next one. After ten
/// failures it goes to a person.
pub async fn handle(
    site: &Site,
    outlets: &Outlets,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Report {
    let mut due = Due::new(&site.recorder, Queue::Wake, now, time_left);
    let sender = Sender::new(site, outlets, LEASE, now);
    let mut sweep = Sweep { site, sender, now, report: Report::default() };
    while let Some((agency, task)) = due.next().await {
        Box::pin(sweep.look_at(agency, &task)).await;
    }
    if looks_at_tables(now) {
        for agency in site.recorder.agencies() {
            Box::pin(sweep.recount(agency, time_left)).await;
        }
    }
    sweep.report.failed += due.failed;
    sweep.report.unfinished |= due.unfinished;
    tracing::info!(report = ?sweep.report, "swept");
    sweep.report
}

/// Whether this run looks for tables of days off that changed: once an hour, after half past, when offices open. It
/// costs a read an agency, which the other eleven runs do without.
fn looks_at_tables(now: Timestamp) -> bool {
    now.as_second().rem_euclid(3600) / 300 == 6
}

/// One run.
struct Sweep<'a> {
    site: &'a Site,
    sender: Sender<'a>,
    now: Timestamp,
    report: Report,
}
