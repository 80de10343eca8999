//! The result, and every other way a dossier ends.

use jiff::civil::Date;

use super::super::{DueDate, Event, Identity, Recipient, ResultKind, Stage};
use super::{Case, Refusal, at_most, fees, intake, text};
use crate::catalogue::{FeeDue, Reason};
use crate::vietnam;

pub(super) fn result(case: Case<'_>, kind: ResultKind, reason: Option<&str>) -> Result<Vec<Event>, Refusal> {
    if kind == ResultKind::Negative {
        text("reason", reason.unwrap_or_default()).map_err(|_| Refusal::NoReason)?;
    }
    at_most("reason", reason.unwrap_or_default())?;
    if let Stage::Paused(pause) = &case.dossier.stage {
        let missed = pause.awaited.iter().any(|a| a.wait.is_some_and(|wait| wait.missed()));
        if kind != ResultKind::Negative || !missed {
            return Err(Refusal::OnlyNegative);
        }
    }
    let mut events = vec![Event::ResultReady { result: kind, reason: reason.map(str::to_owned), at: case.at() }];
    // If nothing is granted, nothing is owed for granting it.
    if kind == ResultKind::Positive {
        fees::by_catalogue(case, FeeDue::OnReturn, &mut events)?;
    }
    Ok(events)
}

pub(super) fn hand_out(case: Case<'_>, part: bool, to: Recipient, shown: Identity) -> Result<Vec<Event>, Refusal> {
    // A result fetched at the desk needs no post.
    let spared = spared(case, "nhận tại nơi trả kết quả")?;
    let (at, to, shown) = (case.at(), Some(to), Some(shown));
    let handed =
        if part { Event::PartHandedOut { at: Some(at), to, shown } } else { Event::HandedOut { at, to, shown } };
    Ok(spared.into_iter().chain([handed]).collect())
}

pub(super) fn paid_up(case: Case<'_>) -> Result<(), Refusal> {
    if case.dossier.owes() { Err(Refusal::FeeOwed) } else { Ok(()) }
}

/// Spares the applicant a postage that is owed and not needed any more; any other debt is a refusal.
pub(super) fn spared(case: Case<'_>, because: &str) -> Result<Option<Event>, Refusal> {
    if !case.dossier.owes_postage_alone() {
        return paid_up(case).map(|()| None);
    }
    let because = because.to_owned();
    Ok(Some(Event::AwaitedWaived { reason: Reason::Fee, papers: Vec::new(), because, at: case.at() }))
}

pub(super) fn withdraw(case: Case<'_>, reason: &str) -> Result<Vec<Event>, Refusal> {
    // The applicant need not give a reason.
    at_most("reason", reason)?;
    Ok(vec![Event::Withdrawn { reason: reason.to_owned(), at: case.at() }])
}

pub(super) fn close(case: Case<'_>, reason: &str, article: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    text("article", article)?;
    Ok(vec![Event::Closed { reason: reason.to_owned(), article: article.to_owned(), at: case.at() }])
}

/// Reopens a dossier: its clock is as if it had never been closed, and the acceptance limit of a refused one runs anew.
pub(super) fn reopen(case: Case<'_>, reason: &str) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    let accept_until = intake::limit_after_reopening(case.dossier, case);
    let accept_from = accept_until.map(|_| case.now());
    Ok(vec![Event::Reopened { reason: reason.to_owned(), accept_until, accept_from }])
}

pub(super) fn apologise(case: Case<'_>, reason: &str, new_due_on: Date) -> Result<Vec<Event>, Refusal> {
    text("reason", reason)?;
    let clock = case.dossier.clock.as_ref().ok_or(Refusal::NothingDue)?;
    if clock.promised.is_some() {
        return Err(Refusal::AlreadyApologised);
    }
    let today = vietnam::day(case.now());
    // No other date was promised before, so this is the counted date; there is none while the clock is stopped.
    let was = case.dossier.due().ok_or(if clock.gap.is_empty() { Refusal::NothingDue } else { Refusal::Gap })?;
    let working = case.terms.office.calendar.is_working_day(new_due_on).map_err(|_| Refusal::Gap)?;
    if new_due_on <= was.on || new_due_on <= today || !working {
        return Err(Refusal::NotLater);
    }
    let at = case.terms.office.close_of(new_due_on).map_err(|_| Refusal::Gap)?;
    // NĐ 61/2018 art. 19(9): at the latest one day before the due date.
    let late = today >= was.on;
    let promised = DueDate { on: new_due_on, at };
    Ok(vec![Event::Apologised { reason: reason.to_owned(), was: Some(was), promised, late }])
}
