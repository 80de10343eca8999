//! From arrival to the first step.

use super::super::{Awaited, Dossier, Event, Filing, Submission};
use super::{Case, Command, Refusal, Terms, due, pausing, text};
use crate::catalogue::{ClockStart, Step};
use crate::dossier::FeeState;

pub(super) fn submit(submission: &Submission, command: &Command, terms: Terms<'_>) -> Vec<Event> {
    vec![Event::Submitted {
        source: submission.source.clone(),
        filing: submission.filing,
        code: submission.code.clone(),
        accept_until: due::accept_until(command.at.min(command.now), terms),
    }]
}

pub(super) fn accept(case: Case<'_>, code: Option<&str>) -> Result<Vec<Event>, Refusal> {
    let Case { dossier, terms, .. } = case;
    let procedure = terms.procedure()?;
    // A code that arrived with the dossier is its code for ever.
    let code = dossier.code.as_deref().or(code).ok_or(Refusal::NoCode)?;
    let mut events = vec![Event::Accepted { code: code.to_owned() }];
    let paid = dossier.fees.iter().any(|fee| fee.state == FeeState::Paid) && !dossier.owes();
    if procedure.starts_on == ClockStart::Acceptance || paid {
        events.push(clock_started(case, terms));
    }
    if let Some(first) = procedure.steps.first() {
        events.extend(entered(case, first, true)?);
    }
    Ok(events)
}

/// The clock starts with this command.
pub(super) fn clock_started(case: Case<'_>, terms: Terms<'_>) -> Event {
    let counted = due::counted(case.at(), &[], terms);
    Event::ClockStarted { at: case.at(), due: counted.due, gap: counted.gap }
}

pub(super) fn refuse(reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    Ok(vec![Event::IntakeRefused { reason: reason.to_owned() }])
}

pub(super) fn request_supplement(case: Case<'_>, papers: &[String], reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    pausing::within_rounds(case)?;
    let wait = case.terms.procedure.and_then(|p| p.pauses.supplement.wait);
    let awaited = Awaited {
        reason: "supplement".into(),
        since: case.now(),
        asked: papers.len(),
        papers: papers.to_vec(),
        attempt: None,
        wait: due::deadline(case.now(), wait, case.terms),
    };
    Ok(vec![Event::IntakeSupplementRequested { awaited, reason: reason.to_owned() }])
}

pub(super) fn enter_step(case: Case<'_>, name: &str) -> Result<Vec<Event>, Refusal> {
    let step = case.terms.procedure()?.step(name).ok_or(Refusal::UnknownStep)?;
    entered(case, step, false)
}

/// A step begins; where its grace is none and originals are missing, the clock stops at once.
fn entered(case: Case<'_>, step: &Step, by_acceptance: bool) -> Result<Vec<Event>, Refusal> {
    let needs: Vec<_> =
        step.originals.iter().map(|paper| paper.code.clone()).filter(|code| case.dossier.lacks(code)).collect();
    let mut grace_until = None;
    if case.dossier.filing == Filing::Online && !needs.is_empty() {
        let end = case.terms.office.grace_until(case.now(), step.grace_working_days).map_err(|_| Refusal::Gap)?;
        grace_until = Some(end);
    }
    let mut events = vec![Event::StepEntered { step: step.name.clone(), needs, grace_until, by_acceptance }];
    if step.grace_working_days == 0 {
        let after = case.after(&events);
        events.extend(pausing::originals_missing(&after, case));
    }
    Ok(events)
}

/// The supplement asked before acceptance is in: the acceptance limit runs anew.
pub(super) fn completed(before: &Dossier, case: Case<'_>) -> Event {
    debug_assert_eq!(before.phase(), super::Phase::Incomplete);
    Event::IntakeCompleted { at: case.at(), accept_until: due::accept_until(case.at(), case.terms) }
}
