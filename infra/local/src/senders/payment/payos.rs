//! payOS: a POST of JSON, HMAC-SHA256 over the members of `data`, sorted.

use rules::config::Channel;
use rules::signature::sha256_hex;
use rules::vietnam;
use serde_json::{Value, json};

use super::{Letter, Payment, hex_256, integer, posted};

/// Returns the id that payOS gives the link of an order.
pub fn payment_link(channel: &Channel, order_code: &str) -> String {
    sha256_hex(format!("{} {order_code}", channel.id).as_bytes())[..32].to_owned()
}

pub(super) fn letter(channel: &Channel, payment: &Payment) -> Letter {
    let data = json!({
        "orderCode": integer(&payment.reference), "amount": payment.amount_vnd.dong(),
        "description": "LE PHI HO SO", "accountNumber": "0071000123456", "reference": payment.transaction,
        "transactionDateTime": vietnam::civil(payment.at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        "currency": "VND", "paymentLinkId": payment_link(channel, &payment.reference),
        "code": "00", "desc": "success", "counterAccountBankId": "", "counterAccountBankName": Value::Null,
        "counterAccountName": "", "counterAccountNumber": "", "virtualAccountName": "", "virtualAccountNumber": "",
    });
    let signature = hex_256(channel, &signed_text(&data));
    let body = json!({ "code": "00", "desc": "success", "success": true, "data": data, "signature": signature });
    posted(channel, body.to_string(), None)
}

/// Returns the text that payOS signs: the members by name; texts bare, null as nothing, lists as compact JSON, which
/// serde_json writes sorted.
pub fn signed_text(data: &Value) -> String {
    let members = data.as_object().into_iter().flatten().map(|(name, value)| match value {
        Value::String(text) => format!("{name}={text}"),
        Value::Null => format!("{name}="),
        other => format!("{name}={other}"),
    });
    members.collect::<Vec<_>>().join("&")
}
