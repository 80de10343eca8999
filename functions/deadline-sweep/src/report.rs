//! Report of a run, in numbers.

use rules::dossier::Event;
use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Clocks stopped for missing originals.
    pub paused: u64,
    /// Reminders that a wait ends, or that something is still awaited.
    pub reminded: u64,
    /// Waits and acceptance limits that ended and went to a person.
    pub proposed: u64,
    /// Dossiers closed by themselves, if their procedure says so.
    pub closed: u64,
    /// Payments that were given their voucher.
    pub vouchers: u64,
    /// Dossiers with a date that stays open because a year has no table of days off. Anything but 0 asks for a table.
    pub gap: u64,
    /// Dates that were open and could be counted, because the table is there now.
    pub counted: u64,
    /// Dossiers whose dates moved because tables of days off or office hours changed.
    pub recounted: u64,
    /// Messages, money and portal events that were finished at this try.
    pub retried: u64,
    /// The same, put off because it was still too early.
    pub put_off: u64,
    /// The same, given to a person because no further try would finish them.
    pub given_up: u64,
    /// Tasks that failed and were put off, and shards that could not be read.
    pub failed: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}

impl Report {
    /// Counts the events of one dossier that was woken.
    pub(crate) fn count(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::ClockPaused { .. } => self.paused += 1,
                Event::WaitReminded { .. } | Event::StillAwaited { .. } => self.reminded += 1,
                Event::WaitMissed { .. } | Event::AcceptanceLate => self.proposed += 1,
                Event::Closed { .. } => self.closed += 1,
                // At most one per dossier and run.
                Event::GapMet { .. } => self.gap += 1,
                Event::Recounted(_) => self.recounted += 1,
                Event::DueCounted { .. } | Event::WaitCounted { .. } => self.counted += 1,
                _ => {}
            }
        }
    }
}
