//! Changes by time alone, and work that could not be finished at once.

mod clocks;
mod runs;
mod unfinished;

use deadline_sweep::Report;
use rules::dossier::Event;

use crate::fixture::Office;

/// Grace of two working days, for a dossier accepted on 15/04/2020, ends at close of office on this Friday.
const GRACE_ENDS: &str = "2020-04-17T17:00:00+07:00";

fn pauses(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::ClockPaused { .. })).count()
}

async fn idle(office: &Office) {
    assert_eq!(office.sweep().await, Report::default());
}
