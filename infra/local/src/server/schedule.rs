//! Things that run by themselves: the stream reader and the gateways all the time, broadcasts and the telling of portals every
//! minute of the office's clock, the sweep and the reconciliation every five.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::FrontDesk;

/// Time between two runs, as infra/template.yaml schedules them.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// The same between two runs of broadcasts, and of telling portals.
const EVERY_MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Time between two looks for something to do, by the machine's clock.
const LOOK: Duration = Duration::from_millis(200);

/// Time at which the sweep and the reconciliation run next, that of broadcasts, and that of telling portals.
pub(super) struct Schedule([Mutex<Timestamp>; 3]);

impl Schedule {
    pub(super) fn new(now: Timestamp) -> Self {
        Self([Mutex::new(now), Mutex::new(now), Mutex::new(now)])
    }

    /// Whether a run is due, which this caller then makes.
    fn is_due(&self, now: Timestamp) -> bool {
        let [sweeps, ..] = &self.0;
        due(sweeps, EVERY, now)
    }

    /// The same of broadcasts.
    fn broadcasts(&self, now: Timestamp) -> bool {
        let [_, broadcasts, _] = &self.0;
        due(broadcasts, EVERY_MINUTE, now)
    }

    /// The same of telling portals.
    fn is_telling_due(&self, now: Timestamp) -> bool {
        let [.., telling] = &self.0;
        due(telling, EVERY_MINUTE, now)
    }
}

fn due(next: &Mutex<Timestamp>, every: SignedDuration, now: Timestamp) -> bool {
    let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
    let due = *next <= now;
    if due {
        *next = now + every;
    }
    due
}

/// Runs until it is aborted.
pub(super) async fn run(desk: Arc<FrontDesk>) {
    loop {
        if desk.schedule.is_due(desk.clock.now()) {
            let report = desk.office.sweep().await;
            tracing::debug!(?report, "sweep");
            let report = desk.office.reconcile().await;
            tracing::debug!(?report, "reconciliation");
        }
        if desk.schedule.broadcasts(desk.clock.now()) {
            desk.office.broadcast().await;
        }
        desk.office.call_back().await;
        if let Err(error) = desk.office.deliver().await {
            tracing::error!(%error, "the stream was not read");
        }
        if desk.schedule.is_telling_due(desk.clock.now()) {
            let report = desk.office.tell_portals().await;
            tracing::debug!(?report, "portals told");
            let report = desk.office.sync_post().await;
            tracing::debug!(?report, "postal operators spoken with");
            let report = desk.office.issue_receipts().await;
            tracing::debug!(?report, "providers of receipts asked");
            let report = desk.office.fetch_files().await;
            tracing::debug!(?report, "files fetched");
        }
        desk.told.sms(desk.clock.now(), desk.office.sns().outbox().count());
        tokio::time::sleep(LOOK).await;
    }
}
