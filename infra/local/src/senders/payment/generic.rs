//! The generic payload, under either of its two signatures.

use jiff::Timestamp;
use rules::config::Channel;
use serde_json::json;

use super::super::webhook::webhook;
use super::{Ending, Letter, Payment, address, hex_256, posted};

pub(super) fn standard_webhooks(channel: &Channel, payment: &Payment, ending: Ending, now: Timestamp) -> Letter {
    let delivery = format!("msg-{}-{}", payment.reference, payment.transaction);
    webhook(address(channel), channel.keys.current(), &delivery, now, body(payment, ending))
}

pub(super) fn github(channel: &Channel, payment: &Payment, ending: Ending) -> Letter {
    let body = body(payment, ending);
    let signature = format!("sha256={}", hex_256(channel, &body));
    posted(channel, body, Some(("x-hub-signature-256", signature)))
}

fn body(payment: &Payment, ending: Ending) -> String {
    let (status, code) = match ending {
        Ending::Paid => ("paid", None),
        Ending::Failed => ("failed", Some("insufficient_funds")),
        Ending::Cancelled => ("failed", Some("cancelled")),
    };
    json!({
        "type": "payment.confirmed",
        // The instant of the payment and not of the delivery: a repeat has the same content.
        "timestamp": payment.at.to_string(),
        "data": {
            "reference": payment.reference,
            "transaction": payment.transaction,
            "amount": payment.amount_vnd.dong(),
            "currency": "VND",
            "status": status,
            "code": code,
            "paid_at": payment.at.to_string(),
        },
    })
    .to_string()
}
