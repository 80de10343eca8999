//! What events make of a dossier.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Awaited, Clock, ClosedPause, Dossier, DueDate, Event, Fee, FeeState, PaperState, Pause, Running, Stage, Visit,
};
use crate::catalogue::ProcedureRef;
use crate::clock::Policy;
use crate::id::{AgencyCode, DossierId};

impl Dossier {
    /// A dossier before its first event: what the shell knows of it without the event.
    #[must_use]
    pub fn before(agency: AgencyCode, id: DossierId, procedure: ProcedureRef, submitted_at: Timestamp) -> Self {
        Self {
            id,
            agency,
            version: 0,
            procedure,
            source: super::Source::Office,
            filing: super::Filing::Desk,
            code: None,
            submitted_at,
            accept_until: None,
            stage: Stage::Submitted,
            step: None,
            assignee: None,
            papers: BTreeMap::new(),
            fees: Vec::new(),
            clock: None,
            rounds: 0,
        }
    }
}

/// Applies one event. The version is counted by the commit, not here.
#[must_use]
pub fn evolve(mut d: Dossier, event: &Event) -> Dossier {
    match event {
        Event::Submitted { .. } | Event::AcceptanceLate | Event::Accepted { .. } | Event::IntakeRefused { .. } => {
            intake(&mut d, event);
        }
        Event::IntakeSupplementRequested { awaited, .. } => {
            d.rounds += 1;
            d.accept_until = None;
            d.stage = Stage::Incomplete(awaited.clone());
        }
        Event::IntakeCompleted { accept_until, .. } => {
            d.accept_until = *accept_until;
            d.stage = Stage::Submitted;
        }
        Event::ClockStarted { at, due, gap } => clock_started(&mut d, *at, *due, gap),
        Event::SupplementRequested { round, .. } => d.rounds = *round,
        Event::ClockPaused { awaited, policy, .. } => paused(&mut d, awaited, *policy),
        Event::AwaitedAdded { awaited, policy, .. } => {
            if let Stage::Paused(pause) = &mut d.stage {
                pause.awaited.push(awaited.clone());
                pause.policy = stricter(pause.policy, *policy);
            }
        }
        Event::PapersReceived { papers, at, .. } => {
            tick(&mut d, papers, PaperState::Received);
            came_in(&mut d, *at, |thing| less(thing, papers));
        }
        Event::SupplementReceived { papers, at } => came_in(&mut d, *at, |thing| {
            if thing.reason != "supplement" { true } else { !papers.is_empty() && less(thing, papers) }
        }),
        Event::AwaitedWaived { reason, papers, at, .. } => {
            tick(&mut d, papers, PaperState::Waived);
            if reason == "fee" {
                d.fees
                    .iter_mut()
                    .filter(|fee| fee.state == FeeState::Open)
                    .for_each(|fee| fee.state = FeeState::Waived);
            }
            came_in(&mut d, *at, |thing| thing.reason != *reason || (!papers.is_empty() && less(thing, papers)));
        }
        Event::ClockResumed { at, policy, due, gap, promised, .. } => {
            resumed(&mut d, *at, *policy, *due, gap);
            if let Some(clock) = d.clock.as_mut().filter(|_| promised.is_some()) {
                clock.promised = *promised;
            }
        }
        Event::PauseVoided { .. } => {
            if let Stage::Paused(pause) = &d.stage {
                d.stage = Stage::Running(pause.back);
            }
        }
        Event::WaitReminded { reason, .. } => waited(&mut d, reason, false),
        Event::WaitMissed { reason, .. } => waited(&mut d, reason, true),
        Event::FeeAsked { attempt, channel, amount_vnd, .. } => d.fees.push(Fee {
            attempt: *attempt,
            channel: channel.clone(),
            amount_vnd: *amount_vnd,
            state: FeeState::Open,
        }),
        Event::FeePaid { attempt, at, .. } => {
            d.fees.iter_mut().filter(|fee| fee.attempt == *attempt).for_each(|fee| fee.state = FeeState::Paid);
            came_in(&mut d, *at, |thing| thing.attempt != Some(*attempt));
        }
        Event::StepEntered { step, needs, grace_until, by_acceptance } => {
            d.step = Some(Visit { name: step.clone(), needs: needs.clone(), grace_until: *grace_until });
            if !by_acceptance {
                at_work(&mut d);
            }
        }
        Event::Forwarded { to } => {
            d.assignee = Some(to.clone());
            at_work(&mut d);
        }
        Event::ResultReady { .. }
        | Event::HandedOut { .. }
        | Event::ResultPosted { .. }
        | Event::ResultDelivered { .. }
        | Event::ResultUndelivered
        | Event::ResultReissued { .. }
        | Event::Withdrawn { .. }
        | Event::Closed { .. }
        | Event::Reopened { .. } => finish(&mut d, event),
        Event::Apologised { promised, .. } => {
            if let Some(clock) = &mut d.clock {
                clock.promised = Some(*promised);
            }
        }
        Event::OriginalsAnnounced { .. }
        | Event::PartlyReceived { .. }
        | Event::PaymentFailed { .. }
        | Event::PaymentSetAside { .. }
        | Event::ArrivalKept { .. }
        | Event::PartHandedOut => {}
    }
    d
}

fn intake(d: &mut Dossier, event: &Event) {
    match event {
        Event::Submitted { source, filing, code, accept_until } => {
            d.source = source.clone();
            d.filing = *filing;
            d.code.clone_from(code);
            d.accept_until = *accept_until;
        }
        Event::Accepted { code } => {
            d.code = Some(code.clone());
            d.accept_until = None;
            d.stage = Stage::Running(Running::Accepted);
            d.clock.get_or_insert_with(no_clock);
        }
        Event::IntakeRefused { .. } => {
            d.accept_until = None;
            d.stage = Stage::NotAccepted;
        }
        _ => d.accept_until = None,
    }
}

fn no_clock() -> Clock {
    Clock {
        starts_at: None,
        pauses: Vec::new(),
        due: None,
        first_due: None,
        gap: Vec::new(),
        promised: None,
        ended_at: None,
    }
}

fn clock_started(d: &mut Dossier, at: Timestamp, due: Option<DueDate>, gap: &[i16]) {
    let clock = Clock { starts_at: Some(at), due, first_due: due, gap: gap.to_vec(), ..no_clock() };
    d.clock = Some(clock);
}

/// Restarting wins where one of several awaited things says so.
fn stricter(one: Policy, other: Policy) -> Policy {
    if one == Policy::Restart { one } else { other }
}

fn paused(d: &mut Dossier, awaited: &Awaited, policy: Policy) {
    let Stage::Running(back) = d.stage else { return };
    let pause = Pause { since: awaited.since, awaited: vec![awaited.clone()], back, last_in: None, policy };
    d.stage = Stage::Paused(pause);
}

/// Ticks originals off the step's list and notes what became of them.
fn tick(d: &mut Dossier, papers: &[String], state: PaperState) {
    for paper in papers {
        d.papers.insert(paper.clone(), state);
    }
    if let Some(visit) = &mut d.step {
        visit.needs.retain(|paper| !papers.contains(paper));
    }
}

/// Something awaited came in at `at`; `still` keeps what is awaited further.
fn came_in(d: &mut Dossier, at: Timestamp, mut still: impl FnMut(&mut Awaited) -> bool) {
    match &mut d.stage {
        Stage::Incomplete(awaited) => {
            let complete = !still(awaited);
            if complete {
                awaited.papers.clear();
            }
        }
        Stage::Paused(pause) => {
            let before: usize = pause.awaited.iter().map(|a| a.papers.len() + 1).sum();
            pause.awaited.retain_mut(|thing| still(thing));
            let after: usize = pause.awaited.iter().map(|a| a.papers.len() + 1).sum();
            if after < before {
                pause.last_in = pause.last_in.max(Some(at));
            }
        }
        _ => {}
    }
}

/// Takes papers off a thing's list; false once a list that was not empty is.
fn less(thing: &mut Awaited, papers: &[String]) -> bool {
    let before = thing.papers.len();
    thing.papers.retain(|paper| !papers.contains(paper));
    before == 0 || !thing.papers.is_empty()
}

fn resumed(d: &mut Dossier, at: Timestamp, policy: Policy, due: Option<DueDate>, gap: &[i16]) {
    let Stage::Paused(pause) = &d.stage else { return };
    let ended = ClosedPause { since: pause.since, until: at, policy };
    d.stage = Stage::Running(pause.back);
    if let Some(clock) = d.clock.as_mut().filter(|clock| clock.starts_at.is_some()) {
        clock.pauses.push(ended);
        clock.due = due;
        clock.gap = gap.to_vec();
    }
}

fn waited(d: &mut Dossier, reason: &str, missed: bool) {
    let things = match &mut d.stage {
        Stage::Incomplete(awaited) => std::slice::from_mut(awaited),
        Stage::Paused(pause) => pause.awaited.as_mut_slice(),
        _ => return,
    };
    for wait in things.iter_mut().filter(|thing| thing.reason == reason).filter_map(|thing| thing.wait.as_mut()) {
        wait.next = if missed { None } else { Some(wait.until) };
    }
}

fn at_work(d: &mut Dossier) {
    if matches!(d.stage, Stage::Running(_)) {
        d.stage = Stage::Running(Running::InProgress);
    }
}

fn finish(d: &mut Dossier, event: &Event) {
    let result = match d.stage {
        Stage::Done { result } | Stage::InPost { result } | Stage::Returned { result } => Some(result),
        _ => None,
    };
    match (event, result) {
        (Event::ResultReady { result, at, .. }, _) => {
            end_clock(d, *at);
            d.stage = Stage::Done { result: *result };
        }
        (Event::HandedOut { .. } | Event::ResultDelivered { .. }, Some(result)) => d.stage = Stage::Returned { result },
        (Event::ResultPosted { .. }, Some(result)) => d.stage = Stage::InPost { result },
        (Event::ResultUndelivered | Event::ResultReissued { .. }, Some(result)) => d.stage = Stage::Done { result },
        (Event::Withdrawn { at, .. }, _) => {
            end_clock(d, *at);
            d.stage = Stage::Withdrawn;
        }
        (Event::Closed { at, .. }, _) => {
            end_clock(d, *at);
            let before = std::mem::replace(&mut d.stage, Stage::Withdrawn);
            d.stage = Stage::Closed(Box::new(before));
        }
        (Event::Reopened { accept_until, .. }, _) => {
            if let Some(clock) = &mut d.clock {
                clock.ended_at = None;
            }
            d.accept_until = *accept_until;
            d.stage = match std::mem::replace(&mut d.stage, Stage::Submitted) {
                Stage::Closed(before) => *before,
                _ => Stage::Submitted,
            };
        }
        _ => {}
    }
}

fn end_clock(d: &mut Dossier, at: Timestamp) {
    if let Some(clock) = &mut d.clock {
        clock.ended_at = Some(at);
    }
}
