//! Pausing of the clock: one pause, holding a set of awaited things.

use super::super::{Awaited, Dossier, Event, Filing, Stage};
use super::{Case, Refusal, due, listed, text};
use crate::catalogue::{OWN_RULE, PauseTerms, Pauses, Reason, WaitFrom};
use crate::vietnam;

pub(super) fn pause(case: Case<'_>, reason: &Reason, papers: &[String]) -> Result<Vec<Event>, Refusal> {
    match reason {
        // These two have commands of their own, with their own papers.
        Reason::Fee | Reason::Supplement => Err(Refusal::UnknownReason),
        Reason::Originals => {
            let terms = terms_of(case, reason)?;
            let mut papers = listed(papers)?;
            if papers.is_empty() {
                return Err(Refusal::NoPapers);
            }
            papers.retain(|paper| case.dossier.lacks(paper));
            let step = case.dossier.step.as_ref().map(|visit| visit.name.clone());
            pause_for(case, reason, papers, terms, step)
        }
        Reason::Further(name) => {
            let terms = terms_of(case, reason)?;
            let mut papers = listed(papers)?;
            // An opinion or the minutes of an inspection come in under the name of the reason.
            if papers.is_empty() {
                papers.push(name.to_string());
            }
            pause_for(case, reason, papers, terms, None)
        }
    }
}

/// Returns the terms of a pause that rests on an article.
fn terms_of<'a>(case: Case<'a>, reason: &Reason) -> Result<&'a PauseTerms, Refusal> {
    let terms = case.terms.procedure()?.pause(reason).ok_or(Refusal::UnknownReason)?;
    if terms.legal_basis.trim().is_empty() { Err(Refusal::UnknownReason) } else { Ok(terms) }
}

/// Pauses for those of the papers that are not yet awaited for this reason.
fn pause_for(
    case: Case<'_>,
    reason: &Reason,
    mut papers: Vec<String>,
    terms: &PauseTerms,
    step: Option<String>,
) -> Result<Vec<Event>, Refusal> {
    let awaited = already(case.dossier, reason);
    papers.retain(|paper| !awaited.contains(&paper));
    if papers.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    let thing = thing(case, reason.clone(), papers, None, terms);
    Ok(vec![awaiting(case, case.dossier, thing, terms, step)])
}

/// Returns the papers that are already awaited for this reason.
fn already<'a>(dossier: &'a Dossier, reason: &Reason) -> Vec<&'a String> {
    match &dossier.stage {
        Stage::Paused(pause) => pause.awaited.iter().filter(|a| a.reason == *reason).flat_map(|a| &a.papers).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn request_supplement(case: Case<'_>, papers: &[String], reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    within_rounds(case)?;
    let procedure = case.terms.procedure()?;
    let terms = &procedure.pauses.supplement;
    let round = case.dossier.rounds.saturating_add(1);
    let late = late_to_ask(case, procedure.supplement_within_working_days).unwrap_or(false);
    let requested = Event::SupplementRequested { reason: reason.to_owned(), round, late };
    let awaited = thing(case, Reason::Supplement, listed(papers)?, None, terms);
    Ok(vec![requested, awaiting(case, case.dossier, awaited, terms, None)])
}

/// Whether the regular days after receipt are over (NĐ 61/2018 art. 19(4)); `None` if that cannot be counted.
fn late_to_ask(case: Case<'_>, within_working_days: u32) -> Option<bool> {
    let accepted_on = vietnam::day(case.dossier.clock.as_ref()?.accepted_at);
    let last = case.terms.office.calendar.add_working_days(accepted_on, within_working_days).ok()?;
    Some(vietnam::day(case.now()) > last)
}

/// Declines more rounds than the procedure allows, and names the rule.
pub(super) fn within_rounds(case: Case<'_>) -> Result<(), Refusal> {
    match case.terms.procedure.and_then(|p| p.most_rounds) {
        Some(most) if case.dossier.rounds >= most => Err(Refusal::TooManyRounds(most)),
        Some(_) | None => Ok(()),
    }
}

/// Pauses a running clock for the originals that a step needs and did not get within its grace; `None` if this does not
/// apply.
pub(super) fn originals_missing(dossier: &Dossier, case: Case<'_>) -> Option<Event> {
    let visit = dossier.step.as_ref()?;
    let over = visit.grace_until.is_some_and(|until| until <= case.now());
    if dossier.filing != Filing::Online || !over || visit.needs.is_empty() {
        return None;
    }
    // If the catalogue has lost the procedure, the sweep must not meet this dossier for ever.
    let usual = Pauses::default();
    let terms = case.terms.procedure.map_or(&usual.originals, |procedure| &procedure.pauses.originals);
    let awaited = thing(case, Reason::Originals, visit.needs.clone(), None, terms);
    Some(awaiting(case, dossier, awaited, terms, Some(visit.name.clone())))
}

/// Returns a thing awaited from now on.
pub(super) fn thing(
    case: Case<'_>,
    reason: Reason,
    papers: Vec<String>,
    attempt: Option<u8>,
    terms: &PauseTerms,
) -> Awaited {
    let due::Waiting { wait, remind_at, gap } = waiting(case, terms);
    let wait_since = match terms.wait_from {
        WaitFrom::NoticeSent => None,
        WaitFrom::Asked => Some(case.at()),
    };
    Awaited {
        reason,
        since: case.now(),
        wait_since,
        asked: papers.len(),
        papers,
        attempt,
        policy: terms.policy,
        wait,
        remind_at,
        gap,
        last_in: None,
    }
}

pub(super) fn waiting(case: Case<'_>, terms: &PauseTerms) -> due::Waiting {
    let from = match terms.wait_from {
        WaitFrom::NoticeSent => case.now(),
        WaitFrom::Asked => case.at(),
    };
    due::waiting(from, terms.wait, case.terms)
}

/// Opens the pause with the first thing; adds a second one to the set.
pub(super) fn awaiting(
    case: Case<'_>,
    dossier: &Dossier,
    awaited: Awaited,
    terms: &PauseTerms,
    step: Option<String>,
) -> Event {
    let own = case.terms.procedure.map_or(OWN_RULE, |procedure| &procedure.legal_basis);
    let standing = case.terms.notices.basis_for_originals(&dossier.procedure.code, vietnam::day(case.now()));
    let measure = standing.filter(|_| awaited.reason == Reason::Originals);
    let legal_basis = measure.unwrap_or_else(|| terms.basis(own, dossier.received_at(), case.now())).to_owned();
    match dossier.stage {
        Stage::Paused(_) => Event::AwaitedAdded { awaited, legal_basis },
        _ => {
            let overdue = due::overdue(dossier, case.now(), case.terms);
            Event::ClockPaused { awaited, legal_basis, step, overdue }
        }
    }
}
