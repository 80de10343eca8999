//! What a payment does to a dossier. Authentic money is never declined: it pays an attempt, or it is set aside.

use super::super::{Because, Dossier, Event, Fee, FeeState, Payment, PaymentOutcome};
use super::{Case, intake, receiving};

/// Longest gateway code kept in the history, in characters.
const LONGEST_CODE: usize = 64;

/// Why a pause never was whose fee turns out to have been paid before it, in the words of the history.
const PAID_BEFORE: &str = "đã nộp trước khi dừng tính";

pub(super) fn record(case: Case<'_>, payment: &Payment) -> Vec<Event> {
    let event = verdict(case, payment);
    if !matches!(event, Event::FeePaid { .. }) {
        return vec![event];
    }
    let mut events = receiving::followed_up(case, event, PAID_BEFORE);
    intake::start_clock(case, &mut events);
    events
}

/// Where the dossier is over: a failure is only noted, money waits for a person.
pub(super) fn set_aside_or_failed(dossier: &Dossier, payment: &Payment) -> Event {
    let settled = attempt(dossier, payment).and_then(settled);
    match (&payment.outcome, settled) {
        (PaymentOutcome::Suspected, _) => aside(payment, Because::Suspected),
        (PaymentOutcome::Reversed, _) => aside(payment, Because::Reversed),
        (PaymentOutcome::Paid | PaymentOutcome::Failed(_), Some(Because::AlreadyPaid)) if payment.conflict => {
            aside(payment, Because::Conflict)
        }
        (PaymentOutcome::Failed(code), _) => failed(payment, code),
        (PaymentOutcome::Paid, settled) => aside(payment, settled.unwrap_or(Because::NotOpen)),
    }
}

fn verdict(case: Case<'_>, payment: &Payment) -> Event {
    let fee = attempt(case.dossier, payment);
    if payment.outcome != PaymentOutcome::Paid {
        return set_aside_or_failed(case.dossier, payment);
    }
    let Some(fee) = fee else { return aside(payment, Because::UnknownReference) };
    match (settled(fee), payment.amount_vnd) {
        _ if fee.channel != payment.channel => aside(payment, Because::OtherChannel),
        (Some(_), _) if payment.conflict => aside(payment, Because::Conflict),
        (Some(because), _) => aside(payment, because),
        (None, Some(amount_vnd)) if amount_vnd == fee.amount_vnd => Event::FeePaid {
            attempt: fee.attempt,
            channel: payment.channel.clone(),
            identity: payment.identity.clone(),
            amount_vnd,
            at: case.at(),
        },
        (None, _) => aside(payment, Because::AmountDiffers),
    }
}

/// Why an attempt takes no more money, if it does not.
fn settled(fee: &Fee) -> Option<Because> {
    match fee.state {
        FeeState::Open => None,
        FeeState::Paid => Some(Because::AlreadyPaid),
        FeeState::Waived => Some(Because::Waived),
    }
}

fn attempt<'a>(dossier: &'a Dossier, payment: &Payment) -> Option<&'a Fee> {
    dossier.fees.iter().find(|fee| fee.attempt == payment.attempt)
}

fn failed(payment: &Payment, code: &str) -> Event {
    let code = code.chars().take(LONGEST_CODE).collect();
    Event::PaymentFailed { attempt: payment.attempt, channel: payment.channel.clone(), code }
}

fn aside(payment: &Payment, because: Because) -> Event {
    Event::PaymentSetAside {
        channel: payment.channel.clone(),
        identity: payment.identity.clone(),
        amount_vnd: payment.amount_vnd,
        because,
    }
}
