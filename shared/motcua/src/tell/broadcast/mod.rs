//! Broadcasts that leave: their receivers are gathered, and told one after another, by the discipline of all messages: a
//! claim, the message, the mark.
//!
//! Each run goes on where the last one stopped. The place is kept in the broadcast's item, portion by portion, so it does
//! not matter how many dossiers there are nor when a run ends. The state is read again before each portion, so that a
//! broadcast is stopped in the middle. A receiver whose turn ended without an outcome (a service that failed, a claim of
//! somebody who died) waits in a partition of the index of the broadcast's own, and comes before those who were not tried.
//!
//! An agency's broadcasts leave one after another, by number: a second one waits until the first has ended or is stopped.

mod gather;
mod known;
mod letter;
mod phone;
mod portion;
mod send;
mod shared;
mod tally;

pub use letter::{around, notice_link};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{DOWN_AFTER, Outlets};
use crate::site::Site;
use crate::store::{Error, Store};
use rules::broadcast::{Broadcast, Stage};
use rules::id::AgencyCode;
use rules::message::Outlet;
use rules::worklist::SearchKey;

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Dossiers that were looked at for receivers.
    pub looked_at: u64,
    /// Messages that left.
    pub told: u64,
    /// Receivers who are told by another's message at the same address.
    pub together: u64,
    /// Receivers whom no outlet reached.
    pub unreached: u64,
    /// Receivers who do not want it.
    pub unwanted: u64,
    /// Tries that did not end.
    pub put_off: u64,
    /// Portions and receivers that failed for want of the store.
    pub failed: u64,
    /// Whether time ran out.
    pub unfinished: bool,
}

/// Moves the broadcasts of one run of one function.
pub struct Broadcaster<'a> {
    site: &'a Site,
    outlets: &'a Outlets,
    lease: SignedDuration,
    now: Timestamp,
    time_left: &'a (dyn Fn() -> bool + Send + Sync),
    key: SearchKey,
    failures_in_a_row: [u32; Outlet::ALL.len()],
    progress: Progress,
}

impl std::fmt::Debug for Broadcaster<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Broadcaster").field("now", &self.now).finish_non_exhaustive()
    }
}

impl<'a> Broadcaster<'a> {
    /// Builds one for a run that began at `now`. Its claims hold for `lease`, which must be longer than the run may last.
    #[must_use]
    pub fn new(
        site: &'a Site,
        outlets: &'a Outlets,
        lease: SignedDuration,
        now: Timestamp,
        time_left: &'a (dyn Fn() -> bool + Send + Sync),
    ) -> Self {
        let key = SearchKey::of(site.config.id_key());
        let failures_in_a_row = [0; Outlet::ALL.len()];
        Self { site, outlets, lease, now, time_left, key, failures_in_a_row, progress: Progress::default() }
    }

    /// Moves every broadcast that can be moved now.
    pub async fn run(mut self) -> Progress {
        let site = self.site;
        for agency in site.recorder.agencies() {
            match self.store().moving_broadcasts(agency).await {
                Ok(moving) => self.of_agency(agency, moving).await,
                Err(error) => self.failed(agency, None, &error),
            }
        }
        self.progress
    }

    async fn of_agency(&mut self, agency: &AgencyCode, moving: Vec<Broadcast>) {
        let mut sends = false;
        // Sending has a clock of its own; gathering takes the time that is left.
        let order = |it: &Broadcast| (it.stage == Stage::Gathering, it.number);
        let mut moving = moving;
        moving.sort_by_key(order);
        for broadcast in moving {
            if !(self.time_left)() {
                self.progress.unfinished = true;
                return;
            }
            let number = broadcast.number;
            let moved = match broadcast.stage {
                Stage::Gathering => Box::pin(self.gather(agency, broadcast)).await,
                Stage::Sending if !sends => {
                    sends = true;
                    Box::pin(self.send(agency, number)).await
                }
                Stage::Done => Box::pin(self.hear(agency, broadcast)).await,
                _ => Ok(()),
            };
            if let Err(error) = moved {
                self.failed(agency, Some(number), &error);
            }
        }
    }

    fn failed(&mut self, agency: &AgencyCode, broadcast: Option<u32>, error: &Error) {
        tracing::error!(%agency, broadcast, %error, "a broadcast was not moved");
        self.progress.failed += 1;
    }

    fn store(&self) -> &'a Store {
        self.site.recorder.store()
    }

    fn outlets_of(&self, agency: &AgencyCode) -> Vec<Outlet> {
        self.site.config.agency(agency.as_str()).map_or_else(|| vec![Outlet::Sms], |agency| agency.outlets.clone())
    }

    /// Whether the service of this outlet failed so often that it is left alone for the rest of the run.
    fn is_down(&self, outlet: Outlet) -> bool {
        self.failures_in_a_row[outlet as usize] >= DOWN_AFTER
    }

    fn went(&mut self, outlet: Outlet, failed: bool) {
        let failures = &mut self.failures_in_a_row[outlet as usize];
        *failures = if failed { *failures + 1 } else { 0 };
    }
}
