//! The clock stops, things come in, the clock runs again.

use jiff::Timestamp;

use super::super::pause::stricter;
use super::super::{Awaited, ClosedPause, Deadline, Dossier, DueDate, Event, Pause, Stage};
use crate::catalogue::Reason;
use crate::clock::Policy;

/// Applies an event about the pause itself.
pub(super) fn changed(d: &mut Dossier, event: &Event) {
    match event {
        Event::ClockPaused { awaited, overdue, .. } => paused(d, awaited, *overdue),
        Event::AwaitedAdded { awaited, .. } => {
            if let Stage::Paused(pause) = &mut d.stage {
                pause.awaited.push(awaited.clone());
                pause.policy = stricter(pause.policy, awaited.policy);
            }
        }
        Event::ClockResumed { .. } => resumed(d, event),
        Event::PauseVoided { due, .. } => voided(d, *due),
        Event::StillAwaited { reason, since } => {
            let reminded = |thing: &&mut Awaited| thing.reason == *reason && thing.since == *since;
            things(d).iter_mut().filter(reminded).for_each(|thing| thing.remind_at = None);
        }
        Event::WaitReminded { reason, until } => {
            waited(d, reason, *until, |wait| wait.next = Some(wait.missed_at.unwrap_or(wait.until)));
        }
        Event::WaitMissed { reason, until } => waited(d, reason, *until, |wait| wait.next = None),
        _ => {}
    }
}

/// Removes from a thing what the event brought, and returns whether the thing is still awaited. Only papers, a
/// supplement, a document, a payment or a waiver bring anything.
pub(in super::super) fn still(thing: &mut Awaited, event: &Event) -> bool {
    match event {
        Event::PapersReceived { papers, .. } => less(thing, papers),
        // If the portal or the office named no paper, the supplement is all that was asked for.
        Event::SupplementReceived { papers, .. } if thing.reason == Reason::Supplement => {
            !papers.is_empty() && !thing.papers.is_empty() && less(thing, papers)
        }
        Event::AwaitedWaived { reason, papers, .. } | Event::DocumentReceived { reason, papers, .. }
            if thing.reason == *reason =>
        {
            !papers.is_empty() && less(thing, papers)
        }
        Event::FeePaid { attempt, fee, .. } => thing.attempt != Some(fee.unwrap_or(*attempt)),
        _ => true,
    }
}

/// Applies a receipt at `at`. A thing that is complete had stopped the clock until the latest of its papers. One handed
/// over before it was awaited had not stopped it at all; one that came at the very instant came after it was asked.
pub(super) fn came_in(d: &mut Dossier, event: &Event, at: Timestamp) {
    match &mut d.stage {
        Stage::Incomplete(awaited) => {
            take(awaited, event, at);
        }
        Stage::Paused(pause) => {
            let waived = matches!(event, Event::AwaitedWaived { .. });
            let mut over = Vec::new();
            let mut received = 0;
            pause.awaited.retain_mut(|thing| {
                let outstanding = thing.papers.len();
                let ended = take(thing, event, at);
                received += outstanding - thing.papers.len();
                if let Some(until) = ended.map(|until| not_before(until, thing.since)) {
                    pause.in_late |= !waived && thing.wait.is_some_and(|wait| wait.is_over(until));
                    over.push(ClosedPause { since: thing.since, until, policy: thing.policy });
                }
                ended.is_none()
            });
            // Only the applicant's own papers count as received.
            let theirs = !waived && !matches!(event, Event::DocumentReceived { .. });
            pause.received += if theirs { received } else { 0 };
            pause.over.extend(over.into_iter().filter(|part| part.since <= part.until));
            settle(pause);
        }
        _ => {}
    }
}

/// Returns the later of the two within one second: partners tell whole seconds, and our clock has fractions of them.
pub(in super::super) fn not_before(until: Timestamp, since: Timestamp) -> Timestamp {
    if until.as_second() == since.as_second() { until.max(since) } else { until }
}

/// Applies the event to one thing; returns the instant at which it was complete, if it is now.
fn take(thing: &mut Awaited, event: &Event, at: Timestamp) -> Option<Timestamp> {
    let outstanding = thing.papers.len();
    let stays = still(thing, event);
    if !stays || thing.papers.len() < outstanding {
        thing.last_in = thing.last_in.max(Some(at));
    }
    if stays {
        return None;
    }
    thing.papers.clear();
    thing.last_in
}

/// Computes the pause from its things.
fn settle(pause: &mut Pause) {
    let starts = pause.awaited.iter().map(|a| a.since).chain(pause.over.iter().map(|part| part.since));
    pause.since = starts.min().unwrap_or(pause.since);
    let policies = pause.awaited.iter().map(|a| a.policy).chain(pause.over.iter().map(|part| part.policy));
    pause.policy = policies.fold(Policy::Resume, stricter);
}

/// Takes papers off a thing's list; `false` once a list that was not empty is.
fn less(thing: &mut Awaited, papers: &[String]) -> bool {
    let before = thing.papers.len();
    thing.papers.retain(|paper| !papers.contains(paper));
    before == 0 || !thing.papers.is_empty()
}

fn paused(d: &mut Dossier, awaited: &Awaited, overdue: bool) {
    let Stage::Running(back) = d.stage else { return };
    d.stage = Stage::Paused(Pause {
        since: awaited.since,
        awaited: vec![awaited.clone()],
        back,
        over: Vec::new(),
        received: 0,
        policy: awaited.policy,
        overdue,
        in_late: false,
    });
}

fn resumed(d: &mut Dossier, event: &Event) {
    let (Stage::Paused(pause), Event::ClockResumed { due, gap, promised, .. }) = (&d.stage, event) else { return };
    let (back, ended) = (pause.back, pause.ended());
    d.stage = Stage::Running(back);
    // Before the clock started nothing was counted, so nothing was stopped.
    if let Some(clock) = d.clock.as_mut().filter(|clock| clock.starts_at.is_some()) {
        clock.pauses.extend(ended);
        clock.due = *due;
        clock.first_due = clock.first_due.or(*due);
        clock.gap.clone_from(gap);
        clock.promised = promised.or(clock.promised);
    }
}

/// Sets the clock back as if it had never stopped. A step pauses for its originals once: the sweep does not repeat what
/// a person found to be an error.
fn voided(d: &mut Dossier, due: Option<DueDate>) {
    let Stage::Paused(pause) = &d.stage else { return };
    let originals = pause.awaited.iter().any(|thing| thing.reason == Reason::Originals);
    if let Some(visit) = d.step.as_mut().filter(|_| originals)
        && visit.grace_until.is_some_and(|until| until <= pause.since)
    {
        visit.grace_until = None;
    }
    d.stage = Stage::Running(pause.back);
    // Only a clock that started during the pause has no earlier date.
    if let Some(clock) = d.clock.as_mut().filter(|clock| clock.due.is_none()) {
        clock.due = due;
        clock.first_due = clock.first_due.or(due);
        if due.is_some() {
            clock.gap.clear();
        }
    }
}

fn waited(d: &mut Dossier, reason: &Reason, until: Timestamp, told: impl FnMut(&mut Deadline)) {
    let waits = things(d).iter_mut().filter(|thing| thing.reason == *reason).filter_map(|thing| thing.wait.as_mut());
    waits.filter(|wait| wait.until == until && !wait.missed()).for_each(told);
}

pub(super) fn things(d: &mut Dossier) -> &mut [Awaited] {
    match &mut d.stage {
        Stage::Incomplete(awaited) => std::slice::from_mut(awaited),
        Stage::Paused(pause) => pause.awaited.as_mut_slice(),
        _ => &mut [],
    }
}
