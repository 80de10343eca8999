//! Receipts, and whether the clock runs again.

use jiff::civil::Date;

use super::super::evolve::still;
use super::super::{Awaited, Dossier, Event, HANDED_OVER_BEFORE, Pause, Stage};
use super::{Case, Refusal, due, intake, listed, text};
use crate::catalogue::Reason;
use crate::vietnam;

pub(super) fn papers(
    case: Case<'_>,
    papers: &[String],
    minutes_no: &str,
    by_post: bool,
) -> Result<Vec<Event>, Refusal> {
    text("minutes_no", minutes_no)?;
    let mut papers = listed(papers)?;
    if papers.is_empty() {
        return Err(Refusal::NoPapers);
    }
    papers.retain(|paper| case.dossier.lacks(paper) || awaits(case, |thing| thing.papers.contains(paper)));
    if papers.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    let (at, minutes_no) = (case.at(), minutes_no.to_owned());
    let received = Event::PapersReceived { papers, copies: Vec::new(), at, minutes_no, by_post };
    Ok(followed_up(case, received, HANDED_OVER_BEFORE))
}

pub(super) fn supplement(case: Case<'_>, papers: &[String]) -> Result<Vec<Event>, Refusal> {
    let received = Event::SupplementReceived { papers: listed(papers)?, at: case.at() };
    Ok(followed_up(case, received, HANDED_OVER_BEFORE))
}

/// Records a document that another body owes; the applicant's papers and money come in their own ways.
pub(super) fn document(
    case: Case<'_>,
    reason: &Reason,
    papers: &[String],
    document_no: &str,
    issued_on: Date,
) -> Result<Vec<Event>, Refusal> {
    text("document_no", document_no)?;
    if !reason.is_of_another_body() {
        return Err(Refusal::NotADocument);
    }
    if issued_on > vietnam::day(case.at()) {
        return Err(Refusal::IssuedLater);
    }
    let papers = awaited_of(case, reason, listed(papers)?)?;
    let (reason, document_no, at) = (reason.clone(), document_no.to_owned(), case.at());
    let received = Event::DocumentReceived { reason, papers, document_no, issued_on, at };
    Ok(followed_up(case, received, HANDED_OVER_BEFORE))
}

/// Waives at the time of recording: a waiver cannot undo that something was awaited until then.
pub(super) fn waive(case: Case<'_>, reason: &Reason, papers: &[String], because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let named = listed(papers)?;
    let papers = match reason {
        Reason::Fee if case.dossier.owes() => Vec::new(),
        Reason::Originals => some(originals_to_waive(case, named))?,
        Reason::Fee | Reason::Supplement | Reason::Further(_) => awaited_of(case, reason, named)?,
    };
    let waived = Event::AwaitedWaived { reason: reason.clone(), papers, because: because.to_owned(), at: case.now() };
    Ok(followed_up(case, waived, because))
}

/// Returns those of the papers named that are awaited for this reason; no paper named means all of it.
fn awaited_of(case: Case<'_>, reason: &Reason, named: Vec<String>) -> Result<Vec<String>, Refusal> {
    if !awaits(case, |thing| thing.reason == *reason) {
        return Err(Refusal::NotAwaited);
    }
    if named.is_empty() {
        return Ok(named);
    }
    let asked = |paper: &String| awaits(case, |thing| thing.reason == *reason && thing.papers.contains(paper));
    some(named.into_iter().filter(asked).collect())
}

/// Returns the originals that a waiver covers: those named that are lacking, or all that the step or the pause needs.
fn originals_to_waive(case: Case<'_>, named: Vec<String>) -> Vec<String> {
    let awaited =
        |paper: &String| awaits(case, |thing| thing.reason == Reason::Originals && thing.papers.contains(paper));
    if !named.is_empty() {
        return named.into_iter().filter(|paper| case.dossier.lacks(paper) || awaited(paper)).collect();
    }
    let mut all = case.dossier.step.as_ref().map(|visit| visit.needs.clone()).unwrap_or_default();
    let things = things(case).iter().filter(|thing| thing.reason == Reason::Originals);
    let further: Vec<_> =
        things.flat_map(|thing| &thing.papers).filter(|paper| !all.contains(paper)).cloned().collect();
    all.extend(further);
    all
}

fn some(papers: Vec<String>) -> Result<Vec<String>, Refusal> {
    if papers.is_empty() { Err(Refusal::NotAwaited) } else { Ok(papers) }
}

fn things(case: Case<'_>) -> &[Awaited] {
    match &case.dossier.stage {
        Stage::Paused(pause) => &pause.awaited,
        Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
        _ => &[],
    }
}

fn awaits(case: Case<'_>, what: impl Fn(&Awaited) -> bool) -> bool {
    things(case).iter().any(what)
}

pub(super) fn void(case: Case<'_>, because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let Stage::Paused(pause) = &case.dossier.stage else { return Err(Refusal::NotAwaited) };
    Ok(vec![voided(pause, case, because)])
}

/// Voids the pause: the clock is as if it had never stopped, so that what was due is due again.
fn voided(pause: &Pause, case: Case<'_>, because: &str) -> Event {
    let before = case.dossier.clock.as_ref().and_then(|clock| clock.promised.or(clock.due));
    let due = before.or_else(|| due::with_pauses(case.dossier, &[], case.terms).due);
    Event::PauseVoided { since: pause.since, due, because: because.to_owned() }
}

/// Adds what follows from a fact that may have been the last one awaited. `because` is the reason for voiding the
/// pause, if the fact turns out to be older than it.
pub(super) fn followed_up(case: Case<'_>, fact: Event, because: &str) -> Vec<Event> {
    let mut events = vec![fact];
    let after = case.after(&events);
    match (&case.dossier.stage, &after.stage) {
        (Stage::Incomplete(before), Stage::Incomplete(now)) if !still(&mut before.clone(), &events[0]) => {
            events.push(intake::completed(now, case));
        }
        (Stage::Paused(_), Stage::Paused(now)) if now.awaited.is_empty() => {
            events.push(end_of_pause(now, &events[0], case, because));
        }
        (Stage::Paused(before), Stage::Paused(now)) if before.received < now.received => {
            let missing = now.awaited.iter().map(|thing| thing.papers.len()).sum();
            events.push(Event::PartlyReceived { received: now.received, missing, at: case.at() });
        }
        _ => {}
    }
    events.extend(ran_out(&after, case));
    events
}

/// Says that the time had run out before what is still awaited stopped the clock, once a receipt that is recorded later shows
/// that it ran in between.
pub(super) fn ran_out(after: &Dossier, case: Case<'_>) -> Option<Event> {
    let Stage::Paused(pause) = &after.stage else { return None };
    if pause.overdue || pause.awaited.is_empty() {
        return None;
    }
    let starts_at = after.clock.as_ref()?.starts_at?;
    let due = due::counted(starts_at, &after.stops(), case.terms).due?;
    // A promised date is another matter: it moves when the pause ends.
    after.clock.as_ref()?.promised.is_none().then_some(Event::DueCounted { due, promised: None })
}

/// Ends the pause at the instant of the last thing. A hand-over before the start of the pause voids it, and so does one
/// that is recorded later and happened at that very instant. What happens as it is recorded came after the pause.
fn end_of_pause(pause: &Pause, fact: &Event, case: Case<'_>, because: &str) -> Event {
    let ended = pause.ended();
    let Some(last) = ended.last() else { return voided(pause, case, because) };
    let at_once = ended.iter().all(|part| part.since == part.until);
    if at_once && handed_over_earlier(fact, case) {
        return voided(pause, case, because);
    }
    let counted = due::with_pauses(case.dossier, &ended, case.terms);
    let promised = due::moved_promise(case.dossier, &ended, counted.due, case.terms);
    Event::ClockResumed {
        at: last.until,
        policy: pause.policy,
        due: counted.due,
        gap: counted.gap,
        promised,
        late: pause.in_late,
        was: case.dossier.clock.as_ref().and_then(|clock| clock.promised.or(clock.due)),
        at_once,
    }
}

/// Whether papers are recorded that were handed over earlier. Money is never earlier than it was asked for.
fn handed_over_earlier(fact: &Event, case: Case<'_>) -> bool {
    let handed_over = matches!(
        fact,
        Event::PapersReceived { .. } | Event::SupplementReceived { .. } | Event::DocumentReceived { .. }
    );
    handed_over && case.at().as_second() < case.now().as_second()
}
