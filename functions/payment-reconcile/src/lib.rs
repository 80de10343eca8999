#![doc = include_str!("../README.md")]

mod orders;
mod report;

use std::collections::BTreeSet;

use jiff::Timestamp;
use motcua::due::{Due, Queue};
use motcua::site::Site;
pub use report::Report;

/// Asks about everything that is due at `now`. Before each question it asks whether there is `time_left`.
///
/// A gateway that does not answer is left alone for the rest of the run. An order that stays without an answer is asked
/// about again after 2, 4, 8, … minutes. After ten tries it goes to a person.
pub async fn handle(site: &Site, now: Timestamp, time_left: &(dyn Fn() -> bool + Send + Sync)) -> Report {
    let mut due = Due::new(&site.recorder, Queue::Ask, now, time_left);
    let mut run = Run { site, now, silent: BTreeSet::new(), report: Report::default() };
    while let Some((agency, task)) = due.next().await {
        Box::pin(run.look_at(agency, &task)).await;
    }
    run.report.errors += due.failed;
    run.report.unfinished |= due.unfinished;
    tracing::info!(report = ?run.report, "reconciled");
    run.report
}

/// One run.
struct Run<'a> {
    site: &'a Site,
    now: Timestamp,
    /// Channels whose gateway did not answer in this run.
    silent: BTreeSet<String>,
    report: Report,
}
