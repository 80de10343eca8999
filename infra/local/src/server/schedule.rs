//! Things that run by themselves: the stream reader and the gateways all the time, the sweep and the reconciliation
//! every five minutes of the office's clock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::FrontDesk;

/// Time between two runs, as infra/template.yaml schedules them.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Time between two looks for something to do, by the machine's clock.
const LOOK: Duration = Duration::from_millis(200);

/// Time at which both run next.
pub(super) struct Schedule(Mutex<Timestamp>);

impl Schedule {
    pub(super) fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Whether a run is due, which this caller then makes.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = *next <= now;
        if due {
            *next = now + EVERY;
        }
        due
    }
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
        desk.office.call_back().await;
        if let Err(error) = desk.office.deliver().await {
            tracing::error!(%error, "the stream was not read");
        }
        desk.told.sms(desk.clock.now(), desk.office.sns().outbox().count());
        tokio::time::sleep(LOOK).await;
    }
}
