//! The generic payload, under either of the two signatures it comes with.

use jiff::Timestamp;
use motcua::config::Channel;
use serde_json::json;

use super::super::webhook::webhook;
use super::{Letter, Payment, callback, hex_256, posted};

pub(super) fn standard_webhooks(channel: &Channel, payment: &Payment, now: Timestamp) -> Letter {
    let delivery = format!("msg-{}-{}", payment.reference, payment.transaction);
    webhook(callback(channel), channel.keys.current(), &delivery, now, body(payment))
}

pub(super) fn github(channel: &Channel, payment: &Payment, _now: Timestamp) -> Letter {
    let body = body(payment);
    let signature = format!("sha256={}", hex_256(channel, &body));
    posted(channel, body, Some(("x-hub-signature-256", signature)))
}

fn body(payment: &Payment) -> String {
    let status = if payment.paid { "paid" } else { "failed" };
    json!({
        "type": "payment.confirmed",
        // Of the payment and not of the delivery: a repeat has the same content.
        "timestamp": payment.at.to_string(),
        "data": {
            "reference": payment.reference,
            "transaction": payment.transaction,
            "amount": payment.amount_vnd.dong(),
            "currency": "VND",
            "status": status,
            "paid_at": payment.at.to_string(),
        },
    })
    .to_string()
}
