//! Payment callbacks in the words of their gateways.

use data_encoding::HEXLOWER;
use http::Method;
use jiff::Timestamp;
use motcua::config::{Channel, Gateway};
use motcua::http::query::encode;
use motcua::signature::{sign_hmac_sha256, sign_hmac_sha512};
use motcua::vietnam;
use motcua::vnd::Vnd;
use serde_json::json;

use super::Letter;
use super::webhook::webhook;

/// A payment that a gateway tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Our reference.
    pub reference: String,
    /// The gateway's number.
    pub transaction: String,
    /// How much.
    pub amount_vnd: Vnd,
    /// Whether the payer paid.
    pub paid: bool,
    /// When.
    pub at: Timestamp,
}

/// A gateway whose callbacks are not written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("callbacks of {} are not sent from here", .0.name())]
pub struct Unspoken(pub Gateway);

/// The callback of a payment through a channel, signed with its current key at `now`.
///
/// # Errors
/// [`Unspoken`].
pub fn payment(channel: &Channel, payment: &Payment, now: Timestamp) -> Result<Letter, Unspoken> {
    match channel.gateway {
        Gateway::Vnpay => Ok(vnpay(channel, &vnpay_pairs(channel, payment))),
        Gateway::StandardWebhooks => {
            let delivery = format!("msg-{}-{}", payment.reference, payment.transaction);
            Ok(webhook(callback(channel), channel.keys.current(), &delivery, now, generic(payment, now)))
        }
        Gateway::Github => Ok(github(channel, payment, now)),
        other => Err(Unspoken(other)),
    }
}

fn callback(channel: &Channel) -> String {
    format!("/payments/{}/callback", channel.id)
}

fn vnpay_pairs(channel: &Channel, payment: &Payment) -> Vec<(String, String)> {
    let code = if payment.paid { "00" } else { "24" };
    let pairs = [
        ("vnp_Amount", (payment.amount_vnd.dong() * 100).to_string()),
        ("vnp_BankCode", "NCB".into()),
        ("vnp_CardType", "ATM".into()),
        ("vnp_OrderInfo", format!("Le phi ho so {}", payment.reference)),
        ("vnp_PayDate", vietnam::portal_instant(payment.at)),
        ("vnp_ResponseCode", code.into()),
        ("vnp_TmnCode", channel.merchant.clone().unwrap_or_default()),
        ("vnp_TransactionNo", payment.transaction.clone()),
        ("vnp_TransactionStatus", if payment.paid { "00" } else { "02" }.into()),
        ("vnp_TxnRef", payment.reference.clone()),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value)).into()
}

/// A VNPAY query of these parameters, sorted and signed.
pub fn vnpay(channel: &Channel, pairs: &[(String, String)]) -> Letter {
    let mut sorted: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    sorted.sort();
    let written: Vec<_> = sorted
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value.as_bytes())))
        .collect();
    let signed = written.join("&");
    let hash = HEXLOWER.encode(&sign_hmac_sha512(channel.keys.current(), &[signed.as_bytes()]));
    let target = format!("{}?{signed}&vnp_SecureHash={hash}", callback(channel));
    Letter { method: Method::GET, target, headers: Vec::new(), body: String::new() }
}

fn generic(payment: &Payment, now: Timestamp) -> String {
    let status = if payment.paid { "paid" } else { "failed" };
    json!({
        "type": "payment.confirmed",
        "timestamp": now.to_string(),
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

fn github(channel: &Channel, payment: &Payment, now: Timestamp) -> Letter {
    let body = generic(payment, now);
    let tag = HEXLOWER.encode(&sign_hmac_sha256(channel.keys.current(), &[body.as_bytes()]));
    let signature = ("x-hub-signature-256", format!("sha256={tag}"));
    let headers = vec![("content-type", "application/json".to_owned()), signature];
    Letter { method: Method::POST, target: callback(channel), headers, body }
}
