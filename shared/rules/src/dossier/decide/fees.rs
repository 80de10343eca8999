//! Requests for fees: by the catalogue, by a clerk, and once more through another channel.

use std::collections::BTreeMap;

use super::super::{Awaited, Debt, Dossier, Event, FeeState, Stage};
use super::{Case, Refusal, pausing, refused_by, text};
use crate::catalogue::{FeeDue, Reason};
use crate::post::postage::POSTAGE;
use crate::vnd::{Limits, Vnd};

/// Payment references have room for two digits of attempts.
const MOST_ATTEMPTS: u8 = 99;

/// Asks for a fee whose amount a clerk names.
pub(super) fn ask(case: Case<'_>, channel: &str, amount_vnd: Vnd) -> Result<Vec<Event>, Refusal> {
    text("channel", channel)?;
    if amount_vnd == Vnd::ZERO {
        return Err(Refusal::ZeroFee);
    }
    let open = case.dossier.fees.iter().filter(|fee| fee.state == FeeState::Open);
    if open.filter(|fee| fee.channel.as_deref() == Some(channel)).any(|fee| fee.amount_vnd == amount_vnd) {
        return Err(Refusal::FeeAlreadyAsked);
    }
    asked(case, case.dossier, channel, amount_vnd, None)
}

/// Asks, for a clerk, for the missing part of a fee through this channel, under a new attempt.
pub(super) fn ask_again(case: Case<'_>, attempt: u8, channel: &str) -> Result<Vec<Event>, Refusal> {
    text("channel", channel)?;
    let debt = open_debt(case.dossier, attempt)?;
    let mut attempts = case.dossier.fees.iter().filter(|fee| fee.fee() == debt.fee);
    let current = attempts.next_back().ok_or(Refusal::FeeNotOpen)?;
    if current.channel.as_deref() == Some(channel) && current.amount_vnd == debt.missing_vnd() {
        return Err(Refusal::FeeAlreadyAsked);
    }
    let attempt = next_attempt(case.dossier)?;
    let missing_vnd = debt.missing_vnd();
    // The wait runs on: asking again gives no new time.
    let until = match awaited(case.dossier, debt.fee) {
        Some(awaited) => awaited.wait.map(|wait| wait.until),
        None => until(case),
    };
    let again = Event::FeeAsked {
        attempt,
        channel: channel.to_owned(),
        amount_vnd: missing_vnd,
        until,
        code: current.code.clone(),
        again: Some(debt.fee),
        asked_at: Some(case.at()),
    };
    Ok(with_pause(case, case.dossier, again, debt.fee))
}

/// Asks for what the catalogue says is due now, each fee once in a dossier's life. If the agency has no default
/// channel, the fee is recorded as owed until a clerk chooses one.
pub(super) fn by_catalogue(case: Case<'_>, due: FeeDue, events: &mut Vec<Event>) -> Result<(), Refusal> {
    let terms = case.terms.procedure.map(|procedure| procedure.fees.as_slice()).unwrap_or_default();
    for fee in terms.iter().filter(|fee| fee.due == due && fee.amount_vnd > Vnd::ZERO) {
        let after = case.after(events);
        if after.fees.iter().any(|asked| asked.code.as_deref() == Some(&fee.code)) {
            continue;
        }
        match case.terms.channel {
            Some(channel) => events.extend(asked(case, &after, channel, fee.amount_vnd, Some(&fee.code))?),
            None => events.push(Event::FeeOwed {
                attempt: next_attempt(&after)?,
                code: fee.code.clone(),
                amount_vnd: fee.amount_vnd,
            }),
        }
    }
    Ok(())
}

/// Asks for the postage of a result, through the agency's default channel if it has one. The clock has ended by then, so
/// it never stops for it, and nothing is missed if it is not paid: the result stays at the desk.
pub(super) fn postage(case: Case<'_>, amount_vnd: Vnd) -> Result<Event, Refusal> {
    let (attempt, code) = (next_attempt(case.dossier)?, POSTAGE.to_owned());
    let Some(channel) = case.terms.channel.map(str::to_owned) else {
        return Ok(Event::FeeOwed { attempt, code, amount_vnd });
    };
    let (code, asked_at) = (Some(code), Some(case.at()));
    Ok(Event::FeeAsked { attempt, channel, amount_vnd, until: None, code, again: None, asked_at })
}

/// Returns the refusal of the first fee that is asked for through a channel which does not take its amount.
pub(super) fn outside(events: &[Event], channels: &BTreeMap<String, Limits>) -> Option<Refusal> {
    events.iter().find_map(|event| match event {
        Event::FeeAsked { channel, amount_vnd, .. } => refused_by(channel, *amount_vnd, channels),
        _ => None,
    })
}

/// Returns the fee of an attempt if it is still to be paid.
pub(super) fn open_debt(dossier: &Dossier, attempt: u8) -> Result<Debt, Refusal> {
    dossier.debt(attempt).filter(|debt| debt.state == FeeState::Open).ok_or(Refusal::FeeNotOpen)
}

fn next_attempt(dossier: &Dossier) -> Result<u8, Refusal> {
    let last = dossier.fees.iter().map(|fee| fee.attempt).max().unwrap_or(0);
    if last < MOST_ATTEMPTS { Ok(last + 1) } else { Err(Refusal::TooManyAttempts) }
}

fn asked(
    case: Case<'_>,
    dossier: &Dossier,
    channel: &str,
    amount_vnd: Vnd,
    code: Option<&str>,
) -> Result<Vec<Event>, Refusal> {
    let attempt = next_attempt(dossier)?;
    let (channel, code, until) = (channel.to_owned(), code.map(str::to_owned), until(case));
    let event = Event::FeeAsked { attempt, channel, amount_vnd, until, code, again: None, asked_at: Some(case.at()) };
    Ok(with_pause(case, dossier, event, attempt))
}

fn until(case: Case<'_>) -> Option<jiff::Timestamp> {
    let terms = case.terms.procedure.map(|procedure| &procedure.pauses.fee)?;
    pausing::waiting(case, terms).wait.map(|wait| wait.until)
}

/// Adds a pause for the fee, since only a clock that runs can stop: not before acceptance, before the clock's start or
/// after the result; nor twice for one fee.
fn with_pause(case: Case<'_>, dossier: &Dossier, event: Event, fee: u8) -> Vec<Event> {
    let started = dossier.clock.as_ref().is_some_and(|clock| clock.starts_at.is_some());
    let stops = started && awaited(dossier, fee).is_none();
    let terms = case.terms.procedure.map(|procedure| &procedure.pauses.fee);
    match (&dossier.stage, terms) {
        (Stage::Running(_) | Stage::Paused(_), Some(terms)) if stops => {
            let thing = pausing::thing(case, Reason::Fee, Vec::new(), Some(fee), terms);
            vec![event, pausing::awaiting(case, dossier, thing, terms, None)]
        }
        _ => vec![event],
    }
}

fn awaited(dossier: &Dossier, fee: u8) -> Option<&Awaited> {
    match &dossier.stage {
        Stage::Paused(pause) => pause.awaited.iter().find(|thing| thing.attempt == Some(fee)),
        _ => None,
    }
}
