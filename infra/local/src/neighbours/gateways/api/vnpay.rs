//! VNPAY's `querydr`.

use rules::config::Channel;
use rules::signature::{encode_hex, sign_hmac_sha512};
use rules::vietnam::portal_instant;
use serde_json::{Value, json};

use super::super::Gateways;
use super::{Asked, text};
use crate::senders::Ending;

const ASKED: [&str; 9] = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionDate",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
];
const ANSWERED: [&str; 15] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

pub(super) fn querydr(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let body = asked.json();
    let expected = hash(channel, &body, &ASKED);
    let number = text(&body, "vnp_TxnRef");
    let answer = json!({
        "vnp_ResponseId": text(&body, "vnp_RequestId"), "vnp_Command": "querydr", "vnp_TmnCode": channel.merchant,
        "vnp_TxnRef": number, "vnp_OrderInfo": "Le phi ho so",
    });
    if text(&body, "vnp_SecureHash") != expected {
        return signed(channel, with(answer, &[("ResponseCode", "97"), ("Message", "Invalid checksum")]));
    }
    gateways.was_asked();
    let Some(order) = gateways.order(&channel.id, number) else {
        return signed(channel, with(answer, &[("ResponseCode", "91"), ("Message", "Transaction not found")]));
    };
    let amount = (order.amount_vnd.dong() * 100).to_string();
    let answer = with(answer, &[("ResponseCode", "00"), ("Message", "QueryDR Success"), ("Amount", &amount)]);
    let Some((payment, ending)) = order.payments.first() else {
        return signed(channel, with(answer, &[("TransactionNo", "0"), ("TransactionStatus", "01")]));
    };
    let status = if *ending == Ending::Paid { "00" } else { "02" };
    let more = [
        ("BankCode", "NCB"),
        ("PayDate", &portal_instant(payment.at)),
        ("TransactionNo", &payment.transaction),
        ("TransactionType", "01"),
        ("TransactionStatus", status),
    ];
    signed(channel, with(answer, &more))
}

fn with(mut answer: Value, more: &[(&str, &str)]) -> Value {
    for (name, value) in more {
        answer[format!("vnp_{name}")] = (*value).into();
    }
    answer
}

fn signed(channel: &Channel, mut answer: Value) -> Value {
    answer["vnp_SecureHash"] = hash(channel, &answer, &ANSWERED).into();
    answer
}

fn hash(channel: &Channel, body: &Value, fields: &[&str]) -> String {
    let values: Vec<_> = fields.iter().map(|field| text(body, field)).collect();
    encode_hex(&sign_hmac_sha512(channel.keys.current(), &[values.join("|").as_bytes()]))
}
