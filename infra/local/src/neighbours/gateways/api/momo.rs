//! MoMo's `create` and `query`.

use rules::config::Channel;
use rules::signature::{encode_hex, sign_hmac_sha256};
use serde_json::{Value, json};

use super::super::Gateways;
use super::{Asked, dong, text};
use crate::senders::Ending;
use jiff::SignedDuration;

const WRONG_SIGNATURE: u32 = 11;

pub(super) fn create(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let body = asked.json();
    let (number, amount) = (text(&body, "orderId"), &body["amount"]);
    let fields = ["extraData", "ipnUrl", "orderId", "orderInfo", "partnerCode", "redirectUrl", "requestId"];
    let rest = fields.map(|field| format!("{field}={}", text(&body, field))).join("&");
    let signed = format!("amount={amount}&{rest}&requestType={}", text(&body, "requestType"));
    let answer = json!({ "partnerCode": channel.merchant, "orderId": number, "requestId": body["requestId"] });
    let (Some(amount_vnd), true) = (dong(amount), signature(channel, &signed) == text(&body, "signature")) else {
        return with(answer, WRONG_SIGNATURE);
    };
    let minutes = body["orderExpireTime"].as_i64().unwrap_or(100);
    let expires_at = gateways.now() + SignedDuration::from_mins(minutes);
    gateways.know(&channel.id, number, amount_vnd, Some(expires_at));
    gateways.leads_back(&channel.id, number, text(&body, "redirectUrl"));
    let mut answer = with(answer, 0);
    answer["payUrl"] = Gateways::page(channel, number).into();
    answer
}

pub(super) fn query(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let body = asked.json();
    let number = text(&body, "orderId");
    let fields = ["orderId", "partnerCode", "requestId"].map(|field| format!("{field}={}", text(&body, field)));
    let answer = json!({ "partnerCode": channel.merchant, "orderId": number, "requestId": body["requestId"] });
    if signature(channel, &fields.join("&")) != text(&body, "signature") {
        return with(answer, WRONG_SIGNATURE);
    }
    gateways.was_asked();
    let Some(order) = gateways.order(&channel.id, number) else { return with(answer, 42) };
    let Some((payment, ending)) = order.payments.first() else {
        return with(answer, if order.has_run_out(gateways.now()) { 1005 } else { 1000 });
    };
    let code = match ending {
        Ending::Paid => 0,
        Ending::Failed => 1001,
        Ending::Cancelled => 1006,
    };
    let mut answer = with(answer, code);
    answer["amount"] = payment.amount_vnd.dong().into();
    answer["transId"] = payment.transaction.parse::<u64>().unwrap_or_default().into();
    answer["responseTime"] = payment.at.as_millisecond().into();
    answer
}

fn with(mut answer: Value, code: u32) -> Value {
    answer["resultCode"] = code.into();
    answer
}

fn signature(channel: &Channel, rest: &str) -> String {
    let access_key = channel.access_key.as_ref().map(|key| key.expose().to_vec()).unwrap_or_default();
    let parts: [&[u8]; 4] = [b"accessKey=", &access_key, b"&", rest.as_bytes()];
    encode_hex(&sign_hmac_sha256(channel.keys.current(), &parts))
}
