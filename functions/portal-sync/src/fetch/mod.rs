//! Files that portals name in their messages: fetched from the hosts that a portal's entry names, and kept with the dossier.
//!
//! A dossier is one task. What became of each link is marked beside the dossier, once its file is durable, so a run that is
//! killed fetches the same again and keeps it once.

mod link;
mod report;
mod task;

use std::collections::BTreeSet;

use jiff::Timestamp;
use motcua::site::Site;
use rules::id::AgencyCode;
use scans::Scans;

pub use report::Files;
use task::Run;

/// The most dossiers of one agency in a run.
const MOST_DOSSIERS: usize = 20;

/// Fetches the files that wait longest. Before each it asks whether there is `time_left`.
pub async fn files(site: &Site, scans: &Scans, now: Timestamp, time_left: &(dyn Fn() -> bool + Send + Sync)) -> Files {
    let mut report = Files::default();
    for agency in agencies(site) {
        let due = match site.recorder.store().unfetched(agency, now, MOST_DOSSIERS).await {
            Ok(due) => due,
            Err(error) => {
                report.errors += 1;
                tracing::error!(%error, "files that wait were not found");
                continue;
            }
        };
        report.unfinished |= due.len() == MOST_DOSSIERS;
        let mut run = Run { site, papers: scans.bucket(&site.config), agency, now, time_left, report: &mut report };
        for one in &due {
            if let Err(error) = Box::pin(run.dossier(&one.task, one.id)).await {
                run.report.errors += 1;
                tracing::error!(dossier = %one.id, %error, "files were not fetched");
            }
        }
    }
    tracing::info!(?report, "fetched files");
    report
}

/// Returns the agencies of which a portal's files are fetched.
fn agencies(site: &Site) -> BTreeSet<&AgencyCode> {
    site.config.portals().filter(|portal| !portal.fetch.is_empty()).map(|portal| &portal.agency).collect()
}
