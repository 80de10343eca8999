//! Cash at the desk: money of its own, stored under the number of its receipt.

use super::Order;
use super::money::Whose;
use super::rounds::{RecordError, Round};
use crate::store::{Claim, Key, Money};
use rules::dossier::{Action, Actor, CASH, Event, Payment, PaymentOutcome, Refusal};
use rules::id::Reference;

/// Returns the key of an order's cash; `None` if the order brings none.
pub(super) fn key(order: &Order) -> Option<Key> {
    match &order.command.action {
        Action::RecordCash { receipt_no, .. } => Some(Key::money(&order.agency, CASH, receipt_no)),
        _ => None,
    }
}

/// Returns the claim on the money that these events brought over the counter. An agency uses a receipt's number once.
pub(super) fn claim(order: &Order, round: &Round<'_>, events: &[Event]) -> Result<Option<Claim>, RecordError> {
    let (Some(key), Action::RecordCash { attempt, amount_vnd, receipt_no }) = (key(order), &order.command.action)
    else {
        return Ok(None);
    };
    if round.beside(&key).is_some() {
        return Err(Refusal::ReceiptUsed.into());
    }
    let now = order.command.now;
    let payment = Payment {
        channel: CASH.to_owned(),
        identity: receipt_no.clone(),
        attempt: *attempt,
        amount_vnd: Some(*amount_vnd),
        outcome: PaymentOutcome::Paid,
        in_parts: true,
        conflict: false,
        after_reversal: false,
    };
    let reference = Reference { id: order.id, attempt: *attempt }.to_string();
    let mut money = Money::new(payment, reference, order.receipt.digest.clone(), order.command.at, now);
    // The earlier software numbered it in its own series.
    money.voucherless = matches!(order.command.actor, Actor::Takeover(_));
    Ok(Some(Claim::New(Whose::of(round, events).on(money).item(&order.agency, now, None))))
}
