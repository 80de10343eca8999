//! What came in, and whether the clock runs again.

use super::super::{ClosedPause, Event, Pause, Stage};
use super::{Case, Refusal, due, intake, text};

pub(super) fn papers(
    case: Case<'_>,
    papers: &[String],
    minutes_no: &str,
    by_post: bool,
) -> Result<Vec<Event>, Refusal> {
    text("minutes_no", minutes_no)?;
    if papers.is_empty() {
        return Err(Refusal::NoPapers);
    }
    let awaited = |paper: &String| match &case.dossier.stage {
        Stage::Paused(pause) => pause.awaited.iter().any(|a| a.papers.contains(paper)),
        Stage::Incomplete(awaited) => awaited.papers.contains(paper),
        _ => false,
    };
    let fresh: Vec<_> = papers.iter().filter(|paper| case.dossier.lacks(paper) || awaited(paper)).cloned().collect();
    if fresh.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    let received = Event::PapersReceived { papers: fresh, at: case.at(), minutes_no: minutes_no.to_owned(), by_post };
    Ok(followed_up(case, received, ""))
}

pub(super) fn supplement(case: Case<'_>, papers: &[String]) -> Vec<Event> {
    let received = Event::SupplementReceived { papers: papers.to_vec(), at: case.at() };
    followed_up(case, received, "")
}

pub(super) fn waive(case: Case<'_>, reason: &str, papers: &[String], because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let owed = reason == "fee" && case.dossier.owes();
    let lacking = !papers.is_empty() && papers.iter().any(|paper| case.dossier.lacks(paper));
    let awaited = match &case.dossier.stage {
        Stage::Paused(pause) => pause.awaited.iter().any(|a| a.reason == reason),
        Stage::Incomplete(awaited) => awaited.reason == reason,
        _ => false,
    };
    if !(owed || lacking || awaited) {
        return Err(Refusal::NotAwaited);
    }
    let waived = Event::AwaitedWaived {
        reason: reason.to_owned(),
        papers: papers.to_vec(),
        because: because.to_owned(),
        at: case.now(),
    };
    Ok(followed_up(case, waived, because))
}

pub(super) fn void(case: Case<'_>, because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let Stage::Paused(pause) = &case.dossier.stage else { return Err(Refusal::NotAwaited) };
    let due = case.dossier.clock.as_ref().and_then(|clock| clock.due);
    Ok(vec![Event::PauseVoided { since: pause.since, due, because: because.to_owned() }])
}

/// What follows from a fact that may have been the last one awaited.
pub(super) fn followed_up(case: Case<'_>, fact: Event, because: &str) -> Vec<Event> {
    let mut events = vec![fact];
    let after = case.after(&events);
    match (&case.dossier.stage, &after.stage) {
        (Stage::Incomplete(before), Stage::Incomplete(now)) if now.papers.is_empty() => {
            // Nothing outstanding: either all its papers are in, or the whole supplement, which named none.
            let done =
                before.asked > 0 || matches!(events[0], Event::SupplementReceived { .. } | Event::AwaitedWaived { .. });
            if done {
                events.push(intake::completed(case.dossier, case));
            }
        }
        (Stage::Paused(before), Stage::Paused(now)) => {
            let missing: usize = now.awaited.iter().map(|a| a.papers.len()).sum();
            let outstanding: usize = before.awaited.iter().map(|a| a.papers.len()).sum();
            if now.awaited.is_empty() {
                events.push(end_of_pause(before, now, case, because));
            } else if missing < outstanding {
                let asked: usize = before.awaited.iter().map(|a| a.asked).sum();
                events.push(Event::PartlyReceived { received: asked - missing, missing, at: case.at() });
            }
        }
        _ => {}
    }
    events
}

/// The last thing is in. Its instant ends the pause; a hand-over at or before the start of the pause voids it.
fn end_of_pause(before: &Pause, now: &Pause, case: Case<'_>, because: &str) -> Event {
    let at = now.last_in.unwrap_or_else(|| case.at());
    if at <= now.since {
        let due = case.dossier.clock.as_ref().and_then(|clock| clock.due);
        let because = if because.is_empty() { "handed over before the pause" } else { because };
        return Event::PauseVoided { since: now.since, due, because: because.to_owned() };
    }
    let late = before.awaited.iter().any(|a| a.wait.is_some_and(|wait| wait.missed()));
    let ended = ClosedPause { since: now.since, until: at, policy: now.policy };
    let counted = due::with_pause(case.dossier, ended, case.terms);
    let promised = due::moved_promise(case.dossier, ended, case.terms);
    Event::ClockResumed { at, policy: now.policy, due: counted.due, gap: counted.gap, promised, late }
}
