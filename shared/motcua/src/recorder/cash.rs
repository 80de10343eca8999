//! Cash at the desk: money of its own, stored under the number of its receipt.

use super::Order;
use super::money::Whose;
use super::rounds::{RecordError, Round};
use crate::store::{Claim, Key, Money};
use rules::dossier::{Action, Actor, CASH, Event, Payment, PaymentOutcome, Refusal};
use rules::id::Reference;

/// Returns the key of the cash for which a paper receipt was written; `None` if the order brings none.
pub(super) fn key(order: &Order) -> Option<Key> {
    match &order.command.action {
        Action::RecordCash { receipt_no: Some(no), .. } => Some(Key::money(&order.agency, CASH, no)),
        _ => None,
    }
}

/// Returns the claim on the money that these events brought over the counter. An agency uses a receipt's number once.
pub(super) fn claim(order: &Order, round: &Round<'_>, events: &[Event]) -> Result<Option<Claim>, RecordError> {
    let Action::RecordCash { attempt, amount_vnd, .. } = &order.command.action else { return Ok(None) };
    if key(order).is_some_and(|key| round.beside(&key).is_some()) {
        return Err(Refusal::ReceiptUsed.into());
    }
    let Some(identity) = events.iter().find_map(brought) else { return Ok(None) };
    let now = order.command.now;
    let payment = Payment {
        channel: CASH.to_owned(),
        identity: identity.to_owned(),
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

/// Returns the identity of the cash that an event tells of.
fn brought(event: &Event) -> Option<&str> {
    match event {
        Event::FeePaid { channel, identity, .. } | Event::FeePartPaid { channel, identity, .. } if channel == CASH => {
            Some(identity)
        }
        _ => None,
    }
}
