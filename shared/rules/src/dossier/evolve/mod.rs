//! Changes that events make to a dossier.

mod fees;
mod finish;
mod gap;
mod pause;
mod tables;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub(super) use pause::{not_before, still};

use super::{Clock, Dossier, DueDate, Event, FeeState, PaperState, Running, Stage, Visit};
use crate::catalogue::{ProcedureRef, Reason};
use crate::id::{AgencyCode, DossierId};

impl Dossier {
    /// Returns a dossier before its first event, with what the shell knows without the event.
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
            accept_from: None,
            stage: Stage::Submitted,
            step: None,
            assignee: None,
            papers: BTreeMap::new(),
            returns_by_post: None,
            free_postage: None,
            address_confirmed: false,
            address_asked_at: None,
            desk_in_question: false,
            parcel: None,
            failed_attempts: 0,
            fees: Vec::new(),
            paid_in_cash: false,
            clock: None,
            rounds: 0,
            refused_while: None,
            look_at: None,
            counted_by: None,
            dates_differ: false,
            slip: 0,
        }
    }
}

/// Applies one event. The version is counted by the commit, not here.
#[must_use]
pub fn evolve(mut d: Dossier, event: &Event) -> Dossier {
    match event {
        Event::Submitted { .. }
        | Event::AcceptanceLate
        | Event::Accepted { .. }
        | Event::IntakeRefused { .. }
        | Event::IntakeSupplementRequested { .. }
        | Event::IntakeCompleted { .. } => intake(&mut d, event),
        Event::ClockStarted { at, due, gap } => clock_started(&mut d, *at, *due, gap),
        Event::DueCounted { .. } | Event::WaitCounted { .. } | Event::GapMet { .. } => gap::changed(&mut d, event),
        Event::Recounted(recounted) => tables::changed(&mut d, recounted),
        Event::DatesDiffer { .. } => d.dates_differ = true,
        Event::DatesSettled { .. } => d.dates_differ = false,
        Event::SlipReplaced { generation } => d.slip = *generation,
        Event::SupplementRequested { round, .. } => d.rounds = *round,
        Event::ClockPaused { .. }
        | Event::AwaitedAdded { .. }
        | Event::ClockResumed { .. }
        | Event::PauseVoided { .. }
        | Event::StillAwaited { .. }
        | Event::WaitReminded { .. }
        | Event::WaitMissed { .. } => pause::changed(&mut d, event),
        Event::PapersReceived { at, .. }
        | Event::SupplementReceived { at, .. }
        | Event::DocumentReceived { at, .. }
        | Event::AwaitedWaived { at, .. }
        | Event::FeePaid { at, .. } => {
            settled(&mut d, event);
            pause::came_in(&mut d, event, *at);
        }
        Event::FeeAsked { .. } | Event::FeeOwed { .. } | Event::FeePartPaid { .. } => fees::changed(&mut d, event),
        Event::ReceiptCorrected { papers, needs, grace_until, at, .. } => {
            untick(&mut d, papers, needs, (*grace_until, *at));
        }
        Event::ReturnChosen { by_post, free, .. } => {
            d.returns_by_post = Some(*by_post);
            d.desk_in_question = false;
            d.free_postage = *free;
        }
        Event::AddressAsked { at, free } => {
            d.address_asked_at = Some(*at);
            d.desk_in_question = d.returns_by_post == Some(false);
            // The question says that the postage is free, so it is, whenever the answer comes.
            d.free_postage = *free;
        }
        Event::AddressConfirmed { .. } => d.address_confirmed = true,
        Event::StepEntered { step, needs, grace_until, by_acceptance, at } => {
            let (name, needs) = (step.clone(), needs.clone());
            d.step = Some(Visit { name, needs, grace_until: *grace_until, entered_at: *at });
            if !by_acceptance {
                at_work(&mut d);
            }
        }
        Event::Forwarded { to } | Event::PutToLeader { to } => {
            d.assignee = Some(to.clone());
            at_work(&mut d);
        }
        Event::ReturnedToDesk => d.assignee = None,
        Event::ResultReady { .. }
        | Event::HandedOut { .. }
        | Event::ParcelMade { .. }
        | Event::ParcelTakenOff { .. }
        | Event::ResultPosted { .. }
        | Event::DeliveryFailed { .. }
        | Event::ResultDelivered { .. }
        | Event::ResultUndelivered
        | Event::ResultReissued { .. }
        | Event::Withdrawn { .. }
        | Event::Closed { .. }
        | Event::Reopened { .. } => finish::changed(&mut d, event),
        Event::Apologised { promised, .. } => {
            if let Some(clock) = &mut d.clock {
                clock.promised = Some(*promised);
            }
        }
        Event::OriginalsAnnounced { .. }
        | Event::FilesAnnounced { .. }
        | Event::FilingChanged { .. }
        | Event::PartlyReceived { .. }
        | Event::PaymentFailed { .. }
        | Event::PaymentSetAside { .. }
        | Event::MoneyAttached { .. }
        | Event::ArrivalKept { .. }
        | Event::ContactCorrected { .. }
        | Event::PartHandedOut { .. } => {}
    }
    d
}

fn intake(d: &mut Dossier, event: &Event) {
    (d.accept_until, d.accept_from) = (None, None);
    match event {
        Event::Submitted { source, filing, code, accept_until } => {
            d.source = source.clone();
            d.filing = *filing;
            d.code.clone_from(code);
            d.accept_until = *accept_until;
        }
        Event::Accepted { code, at, procedure } => {
            d.code = Some(code.clone());
            if let Some(procedure) = procedure {
                d.procedure = procedure.clone();
            }
            d.stage = Stage::Running(Running::Accepted);
            d.clock = Some(clock(*at));
        }
        Event::IntakeRefused { .. } => {
            d.refused_while = match std::mem::replace(&mut d.stage, Stage::NotAccepted) {
                Stage::Incomplete(awaited) => Some(awaited),
                _ => None,
            };
        }
        Event::IntakeSupplementRequested { awaited, .. } => {
            d.rounds = d.rounds.saturating_add(1);
            d.stage = Stage::Incomplete(awaited.clone());
        }
        Event::IntakeCompleted { accept_until, accept_from, .. } => {
            (d.accept_until, d.accept_from) = (*accept_until, *accept_from);
            d.stage = Stage::Submitted;
        }
        _ => {}
    }
}

fn clock(accepted_at: Timestamp) -> Clock {
    Clock {
        accepted_at,
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
    let clock = d.clock.get_or_insert_with(|| clock(at));
    clock.starts_at = Some(at);
    clock.due = due;
    clock.first_due = due;
    clock.gap = gap.to_vec();
}

/// Notes what the dossier now has, or no longer owes, whatever awaited it.
fn settled(d: &mut Dossier, event: &Event) {
    match event {
        Event::PapersReceived { papers, .. } => tick(d, papers, PaperState::Received),
        Event::AwaitedWaived { reason, papers, .. } => match reason {
            Reason::Originals => tick(d, papers, PaperState::Waived),
            Reason::Fee => {
                let open = d.fees.iter_mut().filter(|fee| fee.state == FeeState::Open);
                open.for_each(|fee| fee.state = FeeState::Waived);
            }
            Reason::Supplement | Reason::Further(_) => {}
        },
        Event::FeePaid { .. } => fees::changed(d, event),
        _ => {}
    }
}

/// Ticks originals off the step's list and notes their outcome.
fn tick(d: &mut Dossier, papers: &[String], state: PaperState) {
    for paper in papers {
        d.papers.insert(paper.clone(), state);
    }
    if let Some(visit) = &mut d.step {
        visit.needs.retain(|paper| !papers.contains(paper));
    }
}

/// Marks papers that had not come as lacking again. A supplement asked for before acceptance awaits them again, up to
/// the number that it asked for.
fn untick(
    d: &mut Dossier,
    papers: &[String],
    needs: &[String],
    (grace_until, since): (Option<Timestamp>, Option<Timestamp>),
) {
    d.papers.retain(|paper, _| !papers.contains(paper));
    if let Some(visit) = &mut d.step {
        let lacking = needs.iter().filter(|paper| !visit.needs.contains(paper)).cloned();
        visit.needs.extend(lacking.collect::<Vec<_>>());
        if visit.grace_until != grace_until {
            // Grace that begins with a correction does not begin with the step.
            (visit.grace_until, visit.entered_at) = (grace_until, since);
        }
    }
    match &mut d.stage {
        Stage::Incomplete(awaited) => {
            let room = awaited.asked.saturating_sub(awaited.papers.len());
            awaited.papers.extend(papers.iter().take(room).cloned());
        }
        Stage::Paused(pause) => pause.received = pause.received.saturating_sub(papers.len()),
        _ => {}
    }
}

/// Turns an accepted dossier into one in progress as work goes on; if its clock is stopped, once that runs again.
fn at_work(d: &mut Dossier) {
    match &mut d.stage {
        Stage::Running(running) => *running = Running::InProgress,
        Stage::Paused(pause) => pause.back = Running::InProgress,
        _ => {}
    }
}
