#![doc = include_str!("../README.md")]

mod answer;
mod calls;
mod file;
mod line;
mod one;
mod report;
mod run;
mod trouble;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use scans::Scans;

pub use report::Report;
use run::Run;

/// Time that a run keeps a provider to itself. It is longer than this function's limit of 60 seconds, so that no two runs ever
/// ask one provider at once; a run that ends leaves it at once.
pub const LEASE: SignedDuration = SignedDuration::from_secs(119);

/// Receipts that one run works off for an agency, at most.
const MOST_TASKS: usize = 300;

/// The age from which waiting receipts are told of: a day, so that two of the three working days are left in which an outage is
/// to be made up for (NĐ 254/2026 art. 27).
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Has every provider issue, replace and cancel what is wanted, in the order in which the money came. Before each receipt it
/// asks whether there is `time_left`.
///
/// A provider that does not answer is left alone for the rest of the run and for a while.
pub async fn handle(
    site: &Site,
    scans: &Scans,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Report {
    let mut report = Report::default();
    for agency in site.recorder.agencies() {
        let own: Vec<_> = site.config.receipt_providers().filter(|it| it.agency == *agency).collect();
        if own.is_empty() {
            continue;
        }
        let tasks = match site.recorder.store().receipt_tasks(agency, now, MOST_TASKS).await {
            Ok(tasks) => tasks,
            Err(error) => {
                report.errors += 1;
                tracing::error!(%agency, %error, "receipts that wait were not found");
                continue;
            }
        };
        report.unfinished |= tasks.len() == MOST_TASKS;
        for provider in own {
            let mut run = Run::new(site, scans, provider, now, time_left, &mut report);
            if let Err(error) = Box::pin(run.work(&tasks)).await {
                run.report.errors += 1;
                tracing::error!(provider = provider.id, %error, "a provider of receipts was not asked");
            }
        }
    }
    // The alarm in infra/template.yaml waits for these words.
    tracing::info!(?report, "asked providers of receipts");
    report
}
