//! Corrections of wrong records: each is a new event with a reason, and nothing is deleted.

use super::super::{Consent, Dossier, Event, Filing, PaperState, Stage, Whose};
use super::{Case, Refusal, listed, pausing, text};
use crate::catalogue::{Pauses, Reason, Step};

/// Corrects a contact. Only the shell keeps contacts, so only it knows whether this one differs from the record.
pub(super) fn contact(
    whose: Whose,
    address: bool,
    phone: bool,
    consent: Consent,
    because: &str,
) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    if !address && !phone {
        return Err(Refusal::NothingCorrected);
    }
    Ok(vec![Event::ContactCorrected { whose, address, phone, consent, because: because.to_owned() }])
}

/// Corrects papers that were recorded and had not come. The error is the office's: the time that the clock ran since
/// stays counted, and a pause for them begins when the correction is recorded. The applicant's wait and grace for them
/// begin anew.
pub(super) fn receipt(
    case: Case<'_>,
    papers: &[String],
    awaited_as: Option<&Reason>,
    because: &str,
) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let mut papers = listed(papers)?;
    if papers.is_empty() {
        return Err(Refusal::NoPapers);
    }
    papers.retain(|paper| case.dossier.papers.get(paper) == Some(&PaperState::Received));
    if papers.is_empty() {
        return Err(Refusal::NotReceived);
    }
    let needs = needed(case, &papers);
    let grace_until = grace(case, &needs);
    let before = case.dossier.step.as_ref().and_then(|visit| visit.grace_until);
    let at = grace_until.filter(|_| before.is_none()).map(|_| case.now());
    let (names, because) = (papers.clone(), because.to_owned());
    let mut events = vec![Event::ReceiptCorrected { papers: names, needs, grace_until, because, at }];
    let after = case.after(&events);
    match (&after.stage, awaited_as) {
        (Stage::Running(_) | Stage::Paused(_), Some(reason)) => {
            events.push(awaited_again(case, &after, reason, papers)?);
        }
        (_, Some(_)) => return Err(Refusal::NoClock),
        (Stage::Running(_), None) => events.extend(pausing::originals_missing(&after, case)),
        (Stage::Paused(_), None) => events.extend(joining(case, &after, &papers)?),
        (_, None) => {}
    }
    Ok(events)
}

fn step<'a>(case: Case<'a>) -> Option<&'a Step> {
    case.terms.procedure?.step(&case.dossier.step.as_ref()?.name)
}

/// Returns those of these papers whose originals the step at work needs.
fn needed(case: Case<'_>, papers: &[String]) -> Vec<String> {
    let originals = step(case).map(|step| step.originals.as_slice()).unwrap_or_default();
    originals.iter().filter(|code| papers.contains(code)).cloned().collect()
}

/// Returns the end of grace for them: as before, or counted from now if the step had lacked nothing.
fn grace(case: Case<'_>, needs: &[String]) -> Option<jiff::Timestamp> {
    let before = case.dossier.step.as_ref()?.grace_until;
    if before.is_some() || needs.is_empty() || case.dossier.filing != Filing::Online {
        return before;
    }
    case.terms.office.grace_until(case.now(), step(case)?.grace_working_days).ok()
}

/// Adds papers taken back to what is awaited of their kind, while the clock is stopped. Originals of a step whose grace
/// is over are added in any case.
fn joining(case: Case<'_>, after: &Dossier, papers: &[String]) -> Result<Vec<Event>, Refusal> {
    let Stage::Paused(pause) = &after.stage else { return Ok(Vec::new()) };
    let awaits = |reason: Reason| pause.awaited.iter().any(|thing| thing.reason == reason);
    let over = after.step.as_ref().is_some_and(|visit| visit.grace_until.is_some_and(|until| until <= case.now()));
    let lacking = |paper: &String| after.step.as_ref().is_some_and(|visit| visit.needs.contains(paper));
    let (mut originals, mut supplement) = (Vec::new(), Vec::new());
    for paper in papers.iter().cloned() {
        if awaits(Reason::Supplement) && !(awaits(Reason::Originals) && of_a_step(case, &paper)) {
            supplement.push(paper);
        } else if awaits(Reason::Originals) || (over && lacking(&paper)) {
            originals.push(paper);
        }
    }
    let joined = [(Reason::Originals, originals), (Reason::Supplement, supplement)];
    let joined = joined.into_iter().filter(|(_, papers)| !papers.is_empty());
    joined.map(|(reason, papers)| awaited_again(case, after, &reason, papers)).collect()
}

/// Whether any step of the procedure needs the original.
fn of_a_step(case: Case<'_>, paper: &str) -> bool {
    case.terms.procedure.is_some_and(|procedure| procedure.originals().contains(&paper))
}

/// Awaits these papers again, as originals or as a supplement.
fn awaited_again(case: Case<'_>, after: &Dossier, reason: &Reason, papers: Vec<String>) -> Result<Event, Refusal> {
    let usual = Pauses::default();
    let pauses = case.terms.procedure.map_or(&usual, |procedure| &procedure.pauses);
    let (terms, step) = match reason {
        Reason::Originals => (&pauses.originals, after.step.as_ref().map(|visit| visit.name.clone())),
        Reason::Supplement => (&pauses.supplement, None),
        Reason::Fee | Reason::Further(_) => return Err(Refusal::UnknownReason),
    };
    Ok(pausing::awaiting(case, after, pausing::thing(case, reason.clone(), papers, None, terms), terms, step))
}
