#![doc = include_str!("../README.md")]

mod answer;
mod calls;
mod file;
mod line;
mod one;
mod remind;
mod report;
mod run;
mod trouble;

use jiff::{SignedDuration, Timestamp};
use motcua::receipts::overdue;
use motcua::site::Site;
use motcua::store::Error;
use motcua::tell::Email;
use rules::id::AgencyCode;
use rules::vietnam;
use scans::Scans;

pub use report::Report;
use run::Run;

/// Time that a run keeps a provider to itself. It is longer than this function's limit of 60 seconds, so that no two runs ever
/// ask one provider at once; a run that ends leaves it at once.
pub const LEASE: SignedDuration = SignedDuration::from_secs(119);

/// Receipts that one run works off for an agency, at most.
const MOST_TASKS: usize = 300;

/// The age from which waiting receipts are told of early: a day, so that there is time to do something before the last day of
/// art. 27 is over.
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Has every provider issue, replace and cancel what is wanted, in the order in which the money came. Before each receipt it
/// asks whether there is `time_left`.
///
/// A provider that does not answer is left alone for the rest of the run and for a while. Besides, reporters are reminded of tables
/// that nobody reported, and once an hour it is told which receipts are past their last day.
pub async fn handle(
    site: &Site,
    (scans, email): (&Scans, &Email),
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Report {
    let mut report = Report::default();
    for agency in site.config.agencies() {
        if let Err(error) = Box::pin(remind::remind(site, email, agency, now, &mut report)).await {
            report.errors += 1;
            tracing::error!(agency = %agency.key(), %error, "a reporter was not reminded");
        }
    }
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
        if let Err(error) = tell_of_the_overdue(site, agency, now, &mut report).await {
            report.errors += 1;
            tracing::error!(%agency, %error, "receipts whose last day is over were not found");
        }
    }
    // The alarm in infra/template.yaml waits for these words.
    tracing::info!(?report, "asked providers of receipts");
    report
}

/// Tells, in the first minute of each hour, of receipts that should have been issued by now: three working days after an outage
/// (NĐ 254/2026 art. 27), those that wait for a person among them.
async fn tell_of_the_overdue(
    site: &Site,
    agency: &AgencyCode,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), Error> {
    if vietnam::civil(now).minute() != 0 {
        return Ok(());
    }
    let overdue = overdue(site, agency, now, MOST_TASKS).await?;
    let Some(oldest) = overdue.iter().map(|it| it.paid_at).min() else { return Ok(()) };
    report.overdue += overdue.len() as u64;
    // The alarm in infra/template.yaml waits for these words.
    tracing::error!(%agency, number = overdue.len(), since = %oldest, "receipts are past their last day");
    Ok(())
}
