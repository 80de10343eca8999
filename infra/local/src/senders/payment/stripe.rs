//! Stripe: an event about a payment intent, HMAC-SHA256 over instant and body.

use jiff::Timestamp;
use rules::config::Channel;
use serde_json::json;

use super::{Ending, Letter, Payment, hex_256, posted};

pub(super) fn letter(channel: &Channel, payment: &Payment, ending: Ending, now: Timestamp) -> Letter {
    let Payment { reference, transaction, .. } = payment;
    let paid = ending == Ending::Paid;
    let amount = payment.amount_vnd.dong();
    let body = json!({
        "id": format!("evt_{transaction}_{}", if paid { "s" } else { "f" }),
        "object": "event",
        "livemode": !channel.test,
        "created": payment.at.as_second(),
        "type": if paid { "payment_intent.succeeded" } else { "payment_intent.payment_failed" },
        "data": { "object": {
            "id": format!("pi_{transaction}"), "object": "payment_intent", "amount": amount,
            "amount_received": if paid { amount } else { 0 }, "currency": "vnd",
            "metadata": { "reference": reference },
        } },
    });
    let (body, instant) = (body.to_string(), now.as_second());
    let tag = hex_256(channel, &format!("{instant}.{body}"));
    posted(channel, body, Some(("stripe-signature", format!("t={instant},v1={tag}"))))
}
