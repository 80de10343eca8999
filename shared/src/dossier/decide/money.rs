//! What a payment does to a dossier. Authentic money is never declined: it pays an attempt, or it is set aside.

use super::super::{Because, Dossier, Event, Fee, FeeState, Payment, PaymentOutcome};
use super::{Case, intake, receiving};
use crate::catalogue::ClockStart;

pub(super) fn record(case: Case<'_>, payment: &Payment) -> Vec<Event> {
    let event = verdict(case.dossier, payment, case);
    if !matches!(event, Event::FeePaid { .. }) {
        return vec![event];
    }
    let mut events = receiving::followed_up(case, event, "");
    let after = case.after(&events);
    let waiting = after.clock.as_ref().is_some_and(|clock| clock.starts_at.is_none() && clock.ended_at.is_none());
    let on_fee = case.terms.procedure.is_some_and(|p| p.starts_on == ClockStart::FeePaid);
    if waiting && on_fee && !after.owes() {
        events.push(intake::clock_started(case, case.terms));
    }
    events
}

/// Where the dossier is over: a failure is only noted, money waits for a person.
pub(super) fn set_aside_or_failed(dossier: &Dossier, payment: &Payment) -> Event {
    match &payment.outcome {
        PaymentOutcome::Failed(code) => failed(payment, code),
        PaymentOutcome::Paid => {
            let paid = attempt(dossier, payment).is_some_and(|fee| fee.state == FeeState::Paid);
            aside(payment, if paid { Because::AlreadyPaid } else { Because::NotOpen })
        }
        PaymentOutcome::Suspected => aside(payment, Because::Suspected),
        PaymentOutcome::Reversed => aside(payment, Because::Reversed),
    }
}

fn verdict(dossier: &Dossier, payment: &Payment, case: Case<'_>) -> Event {
    match &payment.outcome {
        PaymentOutcome::Failed(code) => return failed(payment, code),
        PaymentOutcome::Suspected => return aside(payment, Because::Suspected),
        PaymentOutcome::Reversed => return aside(payment, Because::Reversed),
        PaymentOutcome::Paid => {}
    }
    let Some(fee) = attempt(dossier, payment) else { return aside(payment, Because::UnknownReference) };
    match payment.amount_vnd {
        _ if fee.channel != payment.channel => aside(payment, Because::OtherChannel),
        _ if fee.state != FeeState::Open && payment.conflict => aside(payment, Because::Conflict),
        _ if fee.state != FeeState::Open => aside(payment, Because::AlreadyPaid),
        Some(amount_vnd) if amount_vnd == fee.amount_vnd => Event::FeePaid {
            attempt: fee.attempt,
            channel: payment.channel.clone(),
            identity: payment.identity.clone(),
            amount_vnd,
            at: case.at(),
        },
        Some(_) | None => aside(payment, Because::AmountDiffers),
    }
}

fn attempt<'a>(dossier: &'a Dossier, payment: &Payment) -> Option<&'a Fee> {
    dossier.fees.iter().find(|fee| fee.attempt == payment.attempt)
}

fn failed(payment: &Payment, code: &str) -> Event {
    Event::PaymentFailed { attempt: payment.attempt, channel: payment.channel.clone(), code: code.to_owned() }
}

fn aside(payment: &Payment, because: Because) -> Event {
    Event::PaymentSetAside {
        channel: payment.channel.clone(),
        identity: payment.identity.clone(),
        amount_vnd: payment.amount_vnd,
        because,
    }
}
