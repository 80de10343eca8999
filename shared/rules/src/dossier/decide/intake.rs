//! Intake, from arrival to the first step.

use jiff::Timestamp;

use super::super::{Awaited, Dossier, Enclosed, Event, Filing, Source, Stage, Submission};
use super::{Case, Command, Refusal, Terms, due, fees, listed, pausing, text};
use crate::catalogue::{ClockStart, FeeDue, Pauses, Reason, Step};
use crate::notice::Mail;
use crate::vietnam;

pub(super) fn submit(submission: &Submission, command: &Command, terms: Terms<'_>) -> Result<Vec<Event>, Refusal> {
    if let Some(code) = &submission.code {
        super::code(code)?;
    }
    let at = command.at.min(command.now);
    let mut events = vec![Event::Submitted {
        source: submission.source.clone(),
        filing: submission.filing,
        code: submission.code.clone(),
        accept_until: due::accept_until(at, terms),
    }];
    events.extend(enclosed(submission, at, terms)?);
    Ok(events)
}

/// Records what was handed over and chosen at filing.
fn enclosed(submission: &Submission, at: Timestamp, terms: Terms<'_>) -> Result<Vec<Event>, Refusal> {
    let Enclosed { originals, copies, minutes_no, returns_by_post } = &submission.enclosed;
    let mut events = Vec::new();
    let only_here = terms.procedure.is_some_and(|procedure| !procedure.returns_by_post);
    match (returns_by_post, &submission.source) {
        (None, _) => {}
        (Some(true), Source::Office) if only_here => return Err(Refusal::NotByPost),
        // A choice on a portal's form that the procedure does not offer stays in the form; the dossier is taken.
        (Some(true), Source::Portal(_)) if only_here => {}
        (Some(by_post), _) => {
            let free = terms.notices.free_postage(Mail::Results, &submission.procedure.code, vietnam::day(at));
            events.push(Event::ReturnChosen { by_post: *by_post, consent: None, free: free.filter(|_| *by_post) });
        }
    }
    let (papers, copies) = (listed(originals)?, listed(copies)?);
    if !papers.is_empty() || !copies.is_empty() {
        text("minutes_no", minutes_no)?;
        let by_post = submission.filing == Filing::Post;
        events.push(Event::PapersReceived { papers, copies, at, minutes_no: minutes_no.clone(), by_post });
    }
    Ok(events)
}

pub(super) fn accept(case: Case<'_>, code: Option<&str>) -> Result<Vec<Event>, Refusal> {
    let Case { dossier, terms, .. } = case;
    let procedure = terms.procedure()?;
    // A code that arrived with the dossier is its code for ever.
    let code = dossier.code.as_deref().or(code).ok_or(Refusal::NoCode)?;
    super::code(code)?;
    let mut events = vec![Event::Accepted {
        code: code.to_owned(),
        at: case.at().max(dossier.submitted_at),
        procedure: (dossier.procedure.version == 0).then(|| procedure.reference()),
    }];
    if procedure.starts_on == ClockStart::Acceptance {
        start_clock(case, &mut events);
    }
    if let Some(first) = procedure.steps.first() {
        enter(case, first, true, &mut events);
    }
    fees::by_catalogue(case, FeeDue::OnAcceptance, &mut events)?;
    // If the fee starts the clock: after the catalogue has asked, so that one paid before acceptance is not all.
    start_clock(case, &mut events);
    Ok(events)
}

/// Starts the clock: with acceptance or, if the procedure says so, once every fee asked for is paid or waived. In the
/// second case it does not start before acceptance either.
pub(super) fn start_clock(case: Case<'_>, events: &mut Vec<Event>) {
    let after = case.after(events);
    let Some(clock) = after.clock.as_ref().filter(|clock| clock.starts_at.is_none() && clock.ended_at.is_none()) else {
        return;
    };
    let starts_on = case.terms.procedure.map(|procedure| procedure.starts_on);
    let settled = !after.fees.is_empty() && !after.owes();
    if starts_on == Some(ClockStart::Acceptance) || (starts_on == Some(ClockStart::FeePaid) && settled) {
        let at = case.at().max(clock.accepted_at);
        let counted = due::counted(at, &after.stops(), case.terms);
        events.push(Event::ClockStarted { at, due: counted.due, gap: counted.gap });
    }
}

pub(super) fn refuse(reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    Ok(vec![Event::IntakeRefused { reason: reason.to_owned() }])
}

pub(super) fn request_supplement(case: Case<'_>, papers: &[String], reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    pausing::within_rounds(case)?;
    // A supplement can be asked for before the catalogue knows the procedure.
    let usual = Pauses::default();
    let terms = case.terms.procedure.map_or(&usual.supplement, |procedure| &procedure.pauses.supplement);
    let awaited = pausing::thing(case, Reason::Supplement, listed(papers)?, None, terms);
    Ok(vec![Event::IntakeSupplementRequested { awaited, reason: reason.to_owned() }])
}

pub(super) fn enter_step(case: Case<'_>, name: &str) -> Result<Vec<Event>, Refusal> {
    let step = case.terms.procedure()?.step(name).ok_or(Refusal::UnknownStep)?;
    let mut events = Vec::new();
    enter(case, step, false, &mut events);
    Ok(events)
}

/// Begins a step. If it gives no grace and originals are missing, the clock stops at once. A year without a holiday
/// table leaves grace without an end: the work goes on, and no pause is guessed.
fn enter(case: Case<'_>, step: &Step, by_acceptance: bool, events: &mut Vec<Event>) {
    let needs: Vec<_> = step.originals.iter().filter(|code| case.dossier.lacks(code)).cloned().collect();
    let grace_until = if case.dossier.filing == Filing::Online && !needs.is_empty() {
        case.terms.office.grace_until(case.now(), step.grace_working_days).ok()
    } else {
        None
    };
    let at = grace_until.map(|_| case.now());
    events.push(Event::StepEntered { step: step.name.clone(), needs, grace_until, by_acceptance, at });
    if step.grace_working_days == 0 {
        let after = case.after(events);
        events.extend(pausing::originals_missing(&after, case));
    }
}

/// Completes the supplement asked for before acceptance at its last receipt: the acceptance limit runs anew from there.
pub(super) fn completed(awaited: &Awaited, case: Case<'_>) -> Event {
    let at = awaited.last_in.unwrap_or_else(|| case.at());
    let accept_until = due::accept_until(at, case.terms);
    Event::IntakeCompleted { at, accept_until, accept_from: accept_until.map(|_| at) }
}

/// Returns a new acceptance limit for a dossier that comes back to where it waited for acceptance.
pub(super) fn limit_after_reopening(dossier: &Dossier, case: Case<'_>) -> Option<Timestamp> {
    let waits = match &dossier.stage {
        Stage::NotAccepted => dossier.refused_while.is_none(),
        Stage::Closed(before) => matches!(**before, Stage::Submitted),
        _ => false,
    };
    if waits { due::accept_until(case.now(), case.terms) } else { None }
}
