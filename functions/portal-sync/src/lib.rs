#![doc = include_str!("../README.md")]

mod answer;
mod calls;
mod dossier;
pub mod fetch;
mod gather;
mod line;
mod older;
mod portal;
mod report;

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::web::Sessions;
use scans::Scans;
use serde_json::{Value, json};

pub use older::{Begun, NotBegun, begin};
use portal::Run;
pub use report::Report;

/// Time that a run keeps a portal to itself. It is longer than this function's limit of 60 seconds, so that no two runs ever
/// tell one portal at once; a run that ends leaves it at once.
pub const LEASE: SignedDuration = SignedDuration::from_secs(119);

/// Answers an event: `{"begin": "PORTAL"}` begins the older dossiers of a portal, any other one tells every portal and
/// fetches files.
///
/// # Errors
/// [`NotBegun`]; telling never fails as a whole.
pub async fn hear(
    site: &Site,
    (sessions, scans): (&Sessions, &Scans),
    event: &Value,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Result<Value, NotBegun> {
    Ok(match event.get("begin").and_then(Value::as_str) {
        Some(portal) => json!(begin(site, portal, now, time_left).await?),
        None => {
            // A portal that takes long to be told holds up no file.
            let told = handle(site, sessions, now, time_left);
            let (told, files) = tokio::join!(told, fetch::files(site, scans, now, time_left));
            json!({ "portals": told, "files": files })
        }
    })
}

/// Tells every portal of the dossiers that wait longest, as many as its entry lets a minute have.
/// Before each dossier it asks whether there is `time_left`.
///
/// A portal that does not answer is left alone for the rest of the run, and the next runs leave it alone for a while. A
/// dossier that a portal refuses goes to a person; the others go on.
pub async fn handle(
    site: &Site,
    sessions: &Sessions,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
) -> Report {
    let mut report = Report::default();
    for portal in site.config.portals() {
        let Some(telling) = &portal.tell else { continue };
        let mut run = Run { site, portal, telling, sessions, now, time_left, report: &mut report };
        if let Err(error) = Box::pin(run.tell()).await {
            run.report.errors += 1;
            tracing::error!(portal = portal.id, %error, "a portal was not told");
        }
    }
    // The alarm in infra/template.yaml reads the number.
    tracing::info!(oldest_minutes = report.oldest_minutes, ?report, "told portals");
    report
}
