//! Facts of a dossier that its state alone does not hold.

use jiff::Timestamp;

use super::subject::Subject;
use super::supplements::{Supplement, Supplements};
use super::walk::walk;
use crate::dossier::{Dossier, Event};

/// A dossier as its history makes it.
pub(super) struct Standing {
    pub(super) dossier: Dossier,
    /// When it was not accepted, and why.
    pub(super) refused: Option<(Timestamp, String)>,
    /// When the result was handed out or delivered.
    pub(super) returned_at: Option<Timestamp>,
    /// The reason of a negative result or of an end without one.
    pub(super) reason: Option<String>,
    /// Requests for papers, oldest first.
    pub(super) supplements: Vec<Supplement>,
}

pub(super) fn of(subject: &Subject<'_>) -> Option<Standing> {
    let (mut refused, mut returned_at, mut reason) = (None, None, None);
    let mut supplements = Supplements::default();
    let dossier = walk(subject, |moment| {
        supplements.see(moment);
        match moment.event {
            Event::IntakeRefused { reason } => refused = Some((moment.commit.recorded_at, reason.clone())),
            Event::HandedOut { at, .. } | Event::ResultDelivered { at } => returned_at = Some(*at),
            Event::ResultReady { reason: why, .. } => reason.clone_from(why),
            Event::Closed { reason: why, .. } | Event::Withdrawn { reason: why, .. } => reason = Some(why.clone()),
            Event::Reopened { .. } => (refused, reason) = (None, None),
            Event::ResultReissued { .. } => returned_at = None,
            _ => {}
        }
    })?;
    Some(Standing { dossier, refused, returned_at, reason, supplements: supplements.done() })
}
