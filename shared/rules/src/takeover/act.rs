//! The events of a dossier in the earlier software, in the order in which they happened.

use jiff::Timestamp;

use super::{Line, OldFee, OldPause, Originals};
use crate::catalogue::Reason;

/// One event. The numbers are places in the line's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Submit,
    /// The originals that had come in.
    Receive,
    Assign,
    /// A fee that the catalogue does not ask by itself, and that stopped no clock.
    AskBefore(usize),
    /// The end of a pause, which comes before anything that begins at the same instant.
    EndPause(usize),
    Accept,
    EnterStep,
    BeginPause(usize),
    Apologise,
    Result,
    Pay(usize),
}

/// Returns all events, in order.
pub(super) fn acts(line: &Line) -> Vec<(Timestamp, Act)> {
    let begun_at = line.submitted_at;
    let first = line.accepted_at.unwrap_or(begun_at);
    let mut acts = vec![(begun_at, Act::Submit)];
    if line.originals != Originals::Named(Vec::new()) {
        acts.push((begun_at, Act::Receive));
    }
    if line.assignee.is_some() {
        acts.push((begun_at, Act::Assign));
    }
    acts.extend(line.accepted_at.map(|at| (at, Act::Accept)));
    if let Some(accepted_at) = line.accepted_at.filter(|_| line.step.is_some() || line.status == 4) {
        acts.push((line.step_at.unwrap_or(accepted_at), Act::EnterStep));
    }
    for (place, pause) in line.pauses.iter().enumerate() {
        acts.push((pause.from, Act::BeginPause(place)));
        acts.extend(pause.to.map(|to| (to, Act::EndPause(place))));
    }
    for (place, fee) in line.fees.iter().enumerate().filter(|(place, _)| pause_of(line, *place).is_none()) {
        if fee.code.is_none() {
            acts.push((begun_at, Act::AskBefore(place)));
        }
        // A fee paid before the catalogue makes it due is recorded when it is due, as of when it was paid.
        acts.extend(fee.paid.as_ref().map(|(at, _)| ((*at).max(first), Act::Pay(place))));
    }
    acts.extend(line.apology.as_ref().map(|apology| (apology.at, Act::Apologise)));
    acts.extend(line.result.as_ref().map(|result| (result.at, Act::Result)));
    acts.sort();
    acts
}

/// Returns the pause that waited for a fee: it ended when the fee was paid, or both are still open.
pub(super) fn pause_of(line: &Line, fee: usize) -> Option<usize> {
    let waited = line.pauses.iter().position(|pause| fee_of(line, pause) == Some(fee));
    waited.filter(|_| line.fees.get(fee).is_some())
}

/// Returns the fee that a pause waited for; `None` if no fee of the line, or more than one, ended with it.
pub(super) fn fee_of(line: &Line, pause: &OldPause) -> Option<usize> {
    let ended = |fee: &OldFee| fee.paid.as_ref().map(|(at, _)| *at) == pause.to;
    let mut ended = line.fees.iter().enumerate().filter(|(_, fee)| ended(fee)).map(|(place, _)| place);
    let only = ended.next().filter(|_| pause.reason == Reason::Fee);
    only.filter(|_| ended.next().is_none())
}
