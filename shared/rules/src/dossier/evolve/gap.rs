//! Dates that were, or still are, open because a holiday table is missing.

use super::super::{Dossier, Event, Stage};
use super::pause::things;

pub(super) fn changed(d: &mut Dossier, event: &Event) {
    match event {
        Event::DueCounted { due, promised } => {
            d.look_at = None;
            // A clock that stands has a date only where it had run out before.
            if let Stage::Paused(pause) = &mut d.stage {
                pause.overdue = true;
            }
            if let Some(clock) = &mut d.clock {
                clock.due = Some(*due);
                clock.first_due = clock.first_due.or(Some(*due));
                clock.promised = promised.or(clock.promised);
                clock.gap.clear();
            }
        }
        Event::WaitCounted { reason, since, wait, remind_at } => {
            d.look_at = None;
            for thing in things(d).iter_mut().filter(|thing| thing.reason == *reason && thing.since == *since) {
                (thing.wait, thing.remind_at) = (*wait, *remind_at);
                thing.gap.clear();
            }
        }
        Event::GapMet { years, look_at } => {
            d.look_at = Some(*look_at);
            // A table may have come while another is still missing.
            if let (Stage::Running(_), Some(clock)) = (&d.stage, &mut d.clock) {
                clock.gap.clone_from(years);
            }
        }
        _ => {}
    }
}
