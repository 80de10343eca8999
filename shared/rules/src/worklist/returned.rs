//! The time a result left the office: no state holds it, the history does.

use jiff::Timestamp;

use crate::dossier::{Event, Recorded};

/// Returns when the result left the office, by hand or by post, in the history up to that version; `None` while it is
/// here, or here again. A result with a confirmed delivery left on the day it was posted.
#[must_use]
pub fn returned_at(history: &[Recorded], version: u64) -> Option<Timestamp> {
    let mut left_at = None;
    for commit in history.iter().take_while(|commit| commit.version <= version) {
        for event in &commit.events {
            match event {
                Event::HandedOut { at, .. } => left_at = Some(*at),
                Event::ResultPosted { .. } => left_at = Some(commit.at),
                Event::ResultDelivered { at } => left_at = left_at.or(Some(*at)),
                Event::ResultUndelivered | Event::ResultReissued { .. } => left_at = None,
                _ => {}
            }
        }
    }
    left_at
}
