//! Dates that were counted anew because tables of days off or office hours changed.

use super::super::{Dossier, Recounted};
use super::pause::things;

pub(super) fn changed(d: &mut Dossier, recounted: &Recounted) {
    if let Some(clock) = &mut d.clock {
        // The first date stays, beside the one that holds now.
        clock.due = recounted.due.or(clock.due);
        clock.promised = recounted.promised.or(clock.promised);
    }
    d.accept_until = recounted.accept_until.or(d.accept_until);
    if let Some(visit) = &mut d.step {
        visit.grace_until = recounted.grace_until.or(visit.grace_until);
    }
    for moved in &recounted.waits {
        for thing in things(d).iter_mut().filter(|it| it.reason == moved.reason && it.since == moved.since) {
            thing.wait = moved.wait.or(thing.wait);
            thing.remind_at = moved.remind_at.or(thing.remind_at);
        }
    }
}
