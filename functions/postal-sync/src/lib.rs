#![doc = include_str!("../README.md")]

mod answer;
mod calls;
mod feed;
mod line;
mod operator;
mod report;
mod say;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::web::Sessions;

use operator::Run;
pub use report::Report;

/// Time that a run keeps an operator to itself. It is longer than this function's limit of 60 seconds, so that no two runs ever
/// speak with one operator at once; a run that ends leaves it at once.
pub const LEASE: SignedDuration = SignedDuration::from_secs(119);

/// Tasks that one run works off for an agency, at most.
const MOST_TASKS: usize = 300;

/// Speaks with every operator: reads its feed, tells it of orders and cancellations, and tells dossiers what became of their
/// parcels. Before each page and each parcel it asks whether there is `time_left`.
///
/// An operator that does not answer is left alone for the rest of the run and for a while; what dossiers are to be told goes
/// on without it.
pub async fn handle(
    site: &Site,
    sessions: &Sessions,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Report {
    let mut report = Report::default();
    for post in site.config.posts() {
        // Tasks are read for each operator anew: the feed of the one before may have brought some.
        let tasks = match site.recorder.store().post_tasks(&post.agency, now, MOST_TASKS).await {
            Ok(tasks) => tasks,
            Err(error) => {
                report.errors += 1;
                tracing::error!(operator = post.id, %error, "tasks of the post were not found");
                continue;
            }
        };
        report.unfinished |= tasks.len() == MOST_TASKS;
        let mut run = Run { site, post, sessions, now, time_left, report: &mut report };
        if let Err(error) = Box::pin(run.work(&tasks)).await {
            run.report.errors += 1;
            tracing::error!(operator = post.id, %error, "an operator was not spoken with");
        }
    }
    // The alarm in infra/template.yaml waits for these words.
    tracing::info!(?report, "spoke with postal operators");
    report
}
