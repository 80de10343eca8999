//! The result, and every other way a dossier ends or comes back.

use jiff::Timestamp;

use super::super::{Dossier, Event, Stage};

pub(super) fn changed(d: &mut Dossier, event: &Event) {
    let result = match d.stage {
        Stage::Done { result } | Stage::InPost { result } | Stage::Returned { result } => Some(result),
        _ => None,
    };
    match (event, result) {
        (Event::ResultReady { result, at, .. }, _) => {
            end_clock(d, *at);
            d.stage = Stage::Done { result: *result };
        }
        (Event::HandedOut { .. } | Event::ResultDelivered { .. }, Some(result)) => {
            d.parcel = None;
            d.stage = Stage::Returned { result };
        }
        (Event::ParcelMade { parcel }, _) => d.parcel = Some(parcel.clone()),
        (Event::ParcelTakenOff { .. }, _) => d.parcel = None,
        (Event::ResultPosted { .. }, Some(result)) => {
            d.failed_attempts = 0;
            d.stage = Stage::InPost { result };
        }
        (Event::DeliveryFailed { .. }, _) => d.failed_attempts = d.failed_attempts.saturating_add(1),
        (Event::ResultUndelivered | Event::ResultReissued { .. }, Some(result)) => {
            d.parcel = None;
            d.stage = Stage::Done { result };
        }
        (Event::Withdrawn { at, .. }, _) => {
            end_clock(d, *at);
            (d.accept_until, d.accept_from) = (None, None);
            d.stage = Stage::Withdrawn;
        }
        (Event::Closed { at, .. }, _) => {
            if let Some(clock) = &mut d.clock {
                clock.ended_at = Some(*at);
            }
            (d.accept_until, d.accept_from) = (None, None);
            let before = std::mem::replace(&mut d.stage, Stage::Withdrawn);
            d.stage = Stage::Closed(Box::new(before));
        }
        (Event::Reopened { accept_until, accept_from, .. }, _) => {
            reopened(d);
            (d.accept_until, d.accept_from) = (*accept_until, *accept_from);
        }
        _ => {}
    }
}

/// Ends the clock for good. A stopped clock ends without a due date: what was due while it ran does not make the
/// dossier late now.
fn end_clock(d: &mut Dossier, at: Timestamp) {
    let standing = matches!(&d.stage, Stage::Paused(pause) if !pause.overdue);
    if let Some(clock) = &mut d.clock {
        clock.ended_at = Some(at);
        if standing {
            (clock.due, clock.promised) = (None, None);
        }
    }
}

/// Puts the dossier back to where it was, its clock as if it had never ended.
fn reopened(d: &mut Dossier) {
    if let Some(clock) = &mut d.clock {
        clock.ended_at = None;
    }
    let refused_while = d.refused_while.take();
    d.stage = match std::mem::replace(&mut d.stage, Stage::Submitted) {
        Stage::Closed(before) => *before,
        _ => refused_while.map_or(Stage::Submitted, Stage::Incomplete),
    };
}
