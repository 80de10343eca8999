//! Payment callbacks in the words of their gateways, one file per gateway.

mod dvcqg;
mod generic;
mod momo;
mod onepay;
mod payos;
mod stripe;
mod vnpay;
mod zalopay;

use http::Method;
use jiff::Timestamp;
use rules::config::{Channel, Gateway};
use rules::signature::{encode_hex, sign_hmac_sha256, sign_hmac_sha512};
use rules::vnd::Vnd;

pub use payos::{payment_link, signed_text as payos_text};
pub use vnpay::vnpay;

use super::Letter;

/// A payment that a gateway reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Our reference, as the gateway was given it: for payOS an integer.
    pub reference: String,
    /// The gateway's number.
    pub transaction: String,
    /// Its amount.
    pub amount_vnd: Vnd,
    /// Whether the payer paid.
    pub paid: bool,
    /// Its time.
    pub at: Timestamp,
}

/// Ending of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The payer paid.
    Paid,
    /// The payer had not enough money.
    Failed,
    /// The payer turned back.
    Cancelled,
}

/// A gateway that reports money, and never a payment that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} never tells of a payment that failed", .0.name())]
pub struct Unspoken(pub Gateway);

/// Whether a gateway calls about a payment that failed. These two know only money that came.
#[must_use]
pub fn tells_failures(gateway: Gateway) -> bool {
    !matches!(gateway, Gateway::Zalopay | Gateway::Payos)
}

/// Writes the callback of a payment through a channel, signed with its current key at `now`.
///
/// # Errors
/// [`Unspoken`].
pub fn payment(channel: &Channel, payment: &Payment, now: Timestamp) -> Result<Letter, Unspoken> {
    callback_of(channel, payment, if payment.paid { Ending::Paid } else { Ending::Cancelled }, now)
}

/// Writes the same, with an ending that says more than whether the payer paid.
///
/// # Errors
/// [`Unspoken`].
pub fn callback_of(channel: &Channel, payment: &Payment, ending: Ending, now: Timestamp) -> Result<Letter, Unspoken> {
    match channel.gateway {
        gateway if ending != Ending::Paid && !tells_failures(gateway) => Err(Unspoken(gateway)),
        Gateway::Vnpay => Ok(vnpay(channel, &vnpay::pairs(channel, payment, ending))),
        Gateway::Momo => Ok(momo::letter(channel, payment, ending)),
        Gateway::Zalopay => Ok(zalopay::letter(channel, payment)),
        Gateway::Payos => Ok(payos::letter(channel, payment)),
        Gateway::Onepay => Ok(onepay::letter(channel, payment, ending)),
        Gateway::Dvcqg => Ok(dvcqg::letter(channel, payment, ending)),
        Gateway::StandardWebhooks => Ok(generic::standard_webhooks(channel, payment, ending, now)),
        Gateway::Stripe => Ok(stripe::letter(channel, payment, ending, now)),
        Gateway::Github => Ok(generic::github(channel, payment, ending)),
    }
}

fn address(channel: &Channel) -> String {
    format!("/payments/{}/callback", channel.id)
}

/// Writes a POST of JSON to the channel's address.
fn posted(channel: &Channel, body: String, signature: Option<(&'static str, String)>) -> Letter {
    let mut headers = vec![("content-type", "application/json".to_owned())];
    headers.extend(signature);
    Letter { method: Method::POST, target: address(channel), headers, body }
}

fn merchant(channel: &Channel) -> &str {
    channel.merchant.as_deref().unwrap_or_default()
}

fn hex_256(channel: &Channel, text: &str) -> String {
    encode_hex(&sign_hmac_sha256(channel.keys.current(), &[text.as_bytes()]))
}

fn hex_512(channel: &Channel, text: &str) -> String {
    encode_hex(&sign_hmac_sha512(channel.keys.current(), &[text.as_bytes()]))
}

/// Writes a number as JSON does, if it is one; gateways count transactions in integers.
fn integer(text: &str) -> serde_json::Value {
    text.parse::<u64>().map_or_else(|_| text.into(), Into::into)
}
