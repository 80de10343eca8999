//! Effects of money on a dossier. Authentic money is never declined: it pays a fee, or it is set aside. The records of
//! staff (cash, a decision about money set aside) are checked against the fee and may be declined.

use super::super::fee::{OWN_CASH, is_own_cash, paper_is_over};
use super::super::{Actor, Because, CASH, Debt, Dossier, Event, FeeState, Payment, PaymentOutcome};
use super::fees::open_debt;
use super::{Case, Refusal, intake, receiving, text};
use crate::limits::LONGEST_FAILURE_CODE;
use crate::vietnam;
use crate::vnd::Vnd;

/// History text for a pause that is void because its fee had been paid before it began.
const PAID_BEFORE: &str = "đã nộp trước khi dừng tính";

pub(super) fn record(case: Case<'_>, payment: &Payment) -> Vec<Event> {
    let event = verdict(case, payment);
    followed(case, event)
}

/// Adds what follows from a fee paid: the pause ends, the clock may start.
fn followed(case: Case<'_>, event: Event) -> Vec<Event> {
    if !matches!(event, Event::FeePaid { .. }) {
        return vec![event];
    }
    let mut events = receiving::followed_up(case, event, PAID_BEFORE);
    let before = events.len();
    intake::start_clock(case, &mut events);
    if events.len() > before {
        events.extend(receiving::ran_out(&case.after(&events), case));
    }
    events
}

/// Records cash at the desk, for which a paper receipt was written, or which gets an electronic one. More than what is missing
/// is given back over the counter.
pub(super) fn cash(
    case: Case<'_>,
    attempt: u8,
    amount_vnd: Vnd,
    receipt_no: Option<&str>,
) -> Result<Vec<Event>, Refusal> {
    if let Some(receipt_no) = receipt_no {
        text("receipt_no", receipt_no)?;
        // What an earlier software took was receipted there.
        let taken_over = matches!(case.command.actor, Actor::Takeover(_));
        if is_own_cash(receipt_no) || (paper_is_over(vietnam::day(case.at())) && !taken_over) {
            return Err(Refusal::PaperReceiptOver);
        }
    }
    let debt = open_debt(case.dossier, attempt)?;
    if amount_vnd == Vnd::ZERO || amount_vnd > debt.missing_vnd() {
        return Err(Refusal::CashDiffers(debt.missing_vnd()));
    }
    let own = || format!("{OWN_CASH}{}-{}", case.dossier.id, case.dossier.version + 1);
    let identity = receipt_no.map_or_else(own, str::to_owned);
    let paid = Brought { attempt, channel: CASH.to_owned(), identity, amount_vnd };
    Ok(followed(case, pays(case, debt, paid, receipt_no.map(str::to_owned))))
}

/// Attaches money set aside, which a person gives to this dossier: it pays a fee, or is recorded beside the fees.
pub(super) fn attach(
    case: Case<'_>,
    payment: &Payment,
    attempt: Option<u8>,
    because: &str,
) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let mut events = vec![Event::MoneyAttached {
        channel: payment.channel.clone(),
        identity: payment.identity.clone(),
        amount_vnd: payment.amount_vnd,
        because: because.to_owned(),
    }];
    let Some(attempt) = attempt else { return Ok(events) };
    let gone = matches!(super::cell(case.dossier.phase(), super::super::Kind::RecordCash), super::Cell::Refused);
    let debt =
        open_debt(case.dossier, attempt).and_then(|debt| if gone { Err(Refusal::FeeNotOpen) } else { Ok(debt) })?;
    let was_taken = matches!(payment.outcome, PaymentOutcome::Paid | PaymentOutcome::Suspected);
    let amount_vnd = payment.amount_vnd.filter(|amount| was_taken && *amount > Vnd::ZERO).ok_or(Refusal::NoMoney)?;
    let (channel, identity) = (payment.channel.clone(), payment.identity.clone());
    let paid = pays(case, debt, Brought { attempt, channel, identity, amount_vnd }, None);
    events.extend(followed(case, paid));
    Ok(events)
}

/// Notes a failure, or sets money aside for a person, if the dossier is over.
pub(super) fn set_aside_or_failed(dossier: &Dossier, payment: &Payment) -> Event {
    let settled = dossier.debt(payment.attempt).and_then(settled);
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
    if payment.outcome != PaymentOutcome::Paid {
        return set_aside_or_failed(case.dossier, payment);
    }
    let fee = case.dossier.attempt(payment.attempt);
    let Some((fee, debt)) = fee.zip(case.dossier.debt(payment.attempt)) else {
        return aside(payment, Because::UnknownReference);
    };
    match (settled(debt), payment.amount_vnd) {
        _ if fee.channel.as_deref() != Some(&payment.channel) => aside(payment, Because::OtherChannel),
        _ if payment.after_reversal => aside(payment, Because::Reversed),
        (Some(_), _) if payment.conflict => aside(payment, Because::Conflict),
        // The transfer may be one of those already counted.
        (None, _) if payment.conflict && debt.paid_vnd > Vnd::ZERO => aside(payment, Because::Conflict),
        (Some(because), _) => aside(payment, because),
        (None, Some(amount_vnd)) if amount_vnd == fee.amount_vnd || in_parts(payment, amount_vnd) => {
            let (channel, identity) = (payment.channel.clone(), payment.identity.clone());
            pays(case, debt, Brought { attempt: fee.attempt, channel, identity, amount_vnd }, None)
        }
        (None, _) => aside(payment, Because::AmountDiffers),
    }
}

/// Whether it is one of several transfers for an order, each reported by a gateway that takes them.
fn in_parts(payment: &Payment, amount_vnd: Vnd) -> bool {
    payment.in_parts && amount_vnd > Vnd::ZERO
}

/// A sum that counts towards a fee.
struct Brought {
    attempt: u8,
    channel: String,
    identity: String,
    amount_vnd: Vnd,
}

/// Counts the sum as part of an open fee, or as the last of it; more than was missing is a surplus.
fn pays(case: Case<'_>, debt: Debt, brought: Brought, receipt_no: Option<String>) -> Event {
    let Brought { attempt, channel, identity, amount_vnd } = brought;
    let missing_vnd = debt.missing_vnd();
    match missing_vnd.checked_sub(amount_vnd).filter(|missing| *missing > Vnd::ZERO) {
        Some(missing_vnd) => Event::FeePartPaid { attempt, channel, identity, amount_vnd, missing_vnd, at: case.at() },
        None => Event::FeePaid {
            attempt,
            channel,
            identity,
            amount_vnd,
            at: case.at(),
            fee: (debt.fee != attempt).then_some(debt.fee),
            total_vnd: (debt.amount_vnd != amount_vnd).then_some(debt.amount_vnd),
            surplus_vnd: amount_vnd.checked_sub(missing_vnd).filter(|surplus| *surplus > Vnd::ZERO),
            receipt_no,
        },
    }
}

/// Returns why a fee takes no more money, if it does not.
fn settled(debt: Debt) -> Option<Because> {
    match debt.state {
        FeeState::Open | FeeState::Superseded => None,
        FeeState::Paid => Some(Because::AlreadyPaid),
        FeeState::Waived => Some(Because::Waived),
    }
}

fn failed(payment: &Payment, code: &str) -> Event {
    let code = code.chars().take(LONGEST_FAILURE_CODE).collect();
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
