//! ZaloPay: a POST of JSON around a text of JSON, HMAC-SHA256 with key2 over that text.

use rules::config::Channel;
use rules::vietnam;
use serde_json::json;

use super::{Letter, Payment, hex_256, integer, merchant, posted};

pub(super) fn letter(channel: &Channel, payment: &Payment) -> Letter {
    // A reference that was not given its date, as on the command line.
    let order = match payment.reference.contains('_') {
        true => payment.reference.clone(),
        false => format!("{}_{}", vietnam::day(payment.at).strftime("%y%m%d"), payment.reference),
    };
    let data = json!({
        "app_id": integer(merchant(channel)), "app_trans_id": order, "app_time": payment.at.as_millisecond(),
        "app_user": "motcua", "amount": payment.amount_vnd.dong(), "embed_data": "{}", "item": "[]",
        "zp_trans_id": integer(&payment.transaction), "server_time": payment.at.as_millisecond(), "channel": 38,
        "merchant_user_id": "motcua", "user_fee_amount": 0, "discount_amount": 0,
    });
    let data = data.to_string();
    let mac = hex_256(channel, &data);
    posted(channel, json!({ "data": data, "mac": mac, "type": 1 }).to_string(), None)
}
