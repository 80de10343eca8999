//! ZaloPay's `create` and `query`.

use jiff::SignedDuration;
use rules::config::Channel;
use rules::signature::{encode_hex, sign_hmac_sha256};
use rules::vnd::Vnd;
use serde_json::{Value, json};

use super::super::Gateways;
use super::Asked;

const WRONG_MAC: i64 = -402;
const NUMBER_TAKEN: i64 = -68;

pub(super) fn create(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let number = asked.form("app_trans_id");
    let fields = ["app_id", "app_trans_id", "app_user", "amount", "app_time", "embed_data", "item"];
    let signed = fields.map(|field| asked.form(field)).join("|");
    let amount = asked.form("amount").parse().ok().and_then(|dong| Vnd::new(dong).ok());
    let (Some(amount), true) = (amount, mac(channel, &signed) == asked.form("mac")) else { return refused(WRONG_MAC) };
    if gateways.order(&channel.id, &number).is_some() {
        return refused(NUMBER_TAKEN);
    }
    let seconds = asked.form("expire_duration_seconds").parse().unwrap_or(900);
    gateways.know(&channel.id, &number, amount, Some(gateways.now() + SignedDuration::from_secs(seconds)));
    let embedded: Value = serde_json::from_str(&asked.form("embed_data")).unwrap_or_default();
    gateways.leads_back(&channel.id, &number, embedded["redirecturl"].as_str().unwrap_or_default());
    json!({ "return_code": 1, "sub_return_code": 1, "order_url": Gateways::page(channel, &number) })
}

pub(super) fn query(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let number = asked.form("app_trans_id");
    let key = channel.request_key.as_ref().map(|key| String::from_utf8_lossy(key.expose()).into_owned());
    let signed = [asked.form("app_id"), number.clone(), key.unwrap_or_default()].join("|");
    if mac(channel, &signed) != asked.form("mac") {
        return refused(WRONG_MAC);
    }
    gateways.was_asked();
    let Some(order) = gateways.order(&channel.id, &number) else { return refused(-101) };
    match order.paid().next() {
        Some(payment) => json!({
            "return_code": 1, "is_processing": false, "amount": payment.amount_vnd.dong(),
            "zp_trans_id": payment.transaction.parse::<u64>().unwrap_or_default(),
            "server_time": payment.at.as_millisecond(),
        }),
        None if order.is_open(gateways.now()) => json!({ "return_code": 3, "is_processing": true, "zp_trans_id": 0 }),
        None => refused(-54),
    }
}

fn refused(code: i64) -> Value {
    json!({ "return_code": 2, "sub_return_code": code })
}

fn mac(channel: &Channel, text: &str) -> String {
    let key = channel.request_key.as_ref();
    key.map(|key| encode_hex(&sign_hmac_sha256(key, &[text.as_bytes()]))).unwrap_or_default()
}
