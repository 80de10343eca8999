//! Pauses that overlap or touch are one pause.

use jiff::Timestamp;

use super::{ClockError, Policy, Stop};

/// Returns the stops as one ordered list without overlaps, beginning no earlier than `starts_at`.
///
/// One pause holds everything awaited at one time, so stops that overlap or touch become one. It is open while any of
/// them is and ends with the last receipt. That receipt restarts the clock if any of them asks for it.
pub(super) fn merged(starts_at: Timestamp, stops: &[Stop]) -> Result<Vec<Stop>, ClockError> {
    for (index, stop) in stops.iter().enumerate() {
        if stop.to.is_some_and(|to| to < stop.from) {
            return Err(ClockError::StopEndsBeforeItBegins { index });
        }
    }
    // A stop that ended before the clock started had no effect.
    let mut given: Vec<Stop> = stops.iter().filter(|stop| stop.to.is_none_or(|to| to > starts_at)).copied().collect();
    given.sort_by_key(|stop| stop.from);
    let mut pauses: Vec<Stop> = Vec::with_capacity(given.len());
    for mut stop in given {
        stop.from = stop.from.max(starts_at);
        match pauses.last_mut() {
            Some(pause) if pause.to.is_none_or(|to| stop.from <= to) => join(pause, stop),
            Some(_) | None => pauses.push(stop),
        }
    }
    Ok(pauses)
}

fn join(pause: &mut Stop, stop: Stop) {
    pause.to = pause.to.zip(stop.to).map(|(one, other)| one.max(other));
    if stop.policy == Policy::Restart {
        pause.policy = Policy::Restart;
    }
}
