//! What stops the clock: one pause, holding a set of awaited things.

use super::super::{Awaited, Dossier, Event, FeeState, Filing, Stage};
use super::{Case, Refusal, due, text};
use crate::catalogue::PauseTerms;
use crate::vnd::Vnd;

/// Payment references have room for two digits of attempts.
const MOST_ATTEMPTS: u8 = 99;

/// Most papers one pause may await, so that a state stays small.
const MOST_PAPERS: usize = 40;

pub(super) fn pause(case: Case<'_>, reason: &str, papers: &[String]) -> Result<Vec<Event>, Refusal> {
    let terms = match reason {
        // These two have their own commands, with their own papers.
        "fee" | "supplement" => return Err(Refusal::UnknownReason),
        other => case.terms.procedure()?.pause(other).ok_or(Refusal::UnknownReason)?,
    };
    let missing: Vec<_> = papers.iter().filter(|paper| case.dossier.lacks(paper)).cloned().collect();
    if reason == "originals" && papers.is_empty() {
        return Err(Refusal::NoPapers);
    }
    if missing.is_empty() && !papers.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    if missing.len() > MOST_PAPERS {
        return Err(Refusal::TooLarge);
    }
    Ok(vec![awaiting(case.dossier, thing(case, reason, missing, None, terms), terms, None)])
}

pub(super) fn request_supplement(case: Case<'_>, papers: &[String], reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    within_rounds(case)?;
    if papers.len() > MOST_PAPERS {
        return Err(Refusal::TooLarge);
    }
    let procedure = case.terms.procedure()?;
    let terms = &procedure.pauses.supplement;
    let regular_until = case
        .dossier
        .clock
        .as_ref()
        .and_then(|clock| clock.starts_at)
        .and_then(|start| case.terms.office.grace_until(start, procedure.supplement_within_working_days).ok());
    let late = regular_until.is_some_and(|until| case.now() > until);
    let requested = Event::SupplementRequested { reason: reason.to_owned(), round: case.dossier.rounds + 1, late };
    let awaited = thing(case, "supplement", papers.to_vec(), None, terms);
    Ok(vec![requested, awaiting(case.dossier, awaited, terms, None)])
}

/// More rounds than the procedure allows are declined with the rule named.
pub(super) fn within_rounds(case: Case<'_>) -> Result<(), Refusal> {
    match case.terms.procedure.and_then(|p| p.most_rounds) {
        Some(most) if case.dossier.rounds >= most => Err(Refusal::TooManyRounds(most)),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn ask_fee(case: Case<'_>, channel: &str, amount_vnd: Vnd) -> Result<Vec<Event>, Refusal> {
    let Case { dossier, .. } = case;
    if amount_vnd == Vnd::ZERO {
        return Err(Refusal::ZeroFee);
    }
    let same = |fee: &&super::super::Fee| fee.state == FeeState::Open && fee.channel == channel;
    if dossier.fees.iter().filter(same).any(|fee| fee.amount_vnd == amount_vnd) {
        return Err(Refusal::FeeAlreadyAsked);
    }
    let attempt = dossier.fees.iter().map(|fee| fee.attempt).max().unwrap_or(0);
    if attempt >= MOST_ATTEMPTS {
        return Err(Refusal::TooManyAttempts);
    }
    let attempt = attempt + 1;
    let terms = case.terms.procedure.map(|p| &p.pauses.fee);
    let until = due::deadline(case.now(), terms.and_then(|t| t.wait), case.terms).map(|wait| wait.until);
    let asked = Event::FeeAsked { attempt, channel: channel.to_owned(), amount_vnd, until };
    // Only a clock that runs can stop: before acceptance, before its start and after the result it does not.
    let stops = dossier.clock.as_ref().is_some_and(|clock| clock.starts_at.is_some());
    match (&dossier.stage, terms) {
        (Stage::Running(_) | Stage::Paused(_), Some(terms)) if stops => {
            let awaited = thing(case, "fee", Vec::new(), Some(attempt), terms);
            Ok(vec![asked, awaiting(dossier, awaited, terms, None)])
        }
        _ => Ok(vec![asked]),
    }
}

/// The pause for the originals a step needs and did not get within its grace; none where it does not apply.
pub(super) fn originals_missing(dossier: &Dossier, case: Case<'_>) -> Option<Event> {
    let visit = dossier.step.as_ref()?;
    let running = matches!(dossier.stage, Stage::Running(_));
    let over = visit.grace_until.is_some_and(|until| until <= case.now());
    if dossier.filing != Filing::Online || !running || !over || visit.needs.is_empty() {
        return None;
    }
    let terms = case.terms.procedure?.pause("originals")?;
    let awaited = thing(case, "originals", visit.needs.clone(), None, terms);
    Some(awaiting(dossier, awaited, terms, Some(visit.name.clone())))
}

fn thing(case: Case<'_>, reason: &str, papers: Vec<String>, attempt: Option<u8>, terms: &PauseTerms) -> Awaited {
    Awaited {
        reason: reason.to_owned(),
        since: case.now(),
        asked: papers.len(),
        papers,
        attempt,
        wait: due::deadline(case.now(), terms.wait, case.terms),
    }
}

/// A second thing joins the set; the first opens the pause.
fn awaiting(dossier: &Dossier, awaited: Awaited, terms: &PauseTerms, step: Option<String>) -> Event {
    let legal_basis = terms.legal_basis.clone();
    match dossier.stage {
        Stage::Paused(_) => Event::AwaitedAdded { awaited, policy: terms.policy, legal_basis },
        _ => Event::ClockPaused { awaited, policy: terms.policy, legal_basis, step },
    }
}
