//! payOS's payment requests.

use jiff::Timestamp;
use rules::config::{BankAccount, Channel};
use rules::gateway::vietqr;
use rules::signature::{encode_hex, sign_hmac_sha256};
use rules::vietnam;
use serde_json::{Value, json};

use super::super::{Gateways, Order};
use super::{Asked, dong, text};
use crate::senders::{payment_link, payos_text};

pub(super) fn create(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>) -> Value {
    let body = asked.json();
    let fields = ["amount", "cancelUrl", "description", "orderCode", "returnUrl"];
    let signed = fields.map(|field| match &body[field] {
        Value::String(text) => format!("{field}={text}"),
        other => format!("{field}={other}"),
    });
    let amount = dong(&body["amount"]);
    let known = is_client(channel, asked) && signature(channel, &signed.join("&")) == text(&body, "signature");
    let (Some(amount_vnd), true) = (amount, known) else { return refused("201", "signature invalid") };
    let number = body["orderCode"].to_string();
    if gateways.order(&channel.id, &number).is_some() {
        return refused("231", "order exists");
    }
    let expires_at = body["expiredAt"].as_i64().and_then(|at| Timestamp::from_second(at).ok());
    gateways.know(&channel.id, &number, amount_vnd, expires_at);
    gateways.leads_back(&channel.id, &number, text(&body, "returnUrl"));
    let account = BankAccount { bank_bin: "970436".to_owned(), number: "0071000123456".to_owned() };
    let data = json!({
        "bin": account.bank_bin, "accountNumber": account.number, "amount": amount_vnd.dong(),
        "description": body["description"], "orderCode": body["orderCode"], "currency": "VND",
        "paymentLinkId": payment_link(channel, &number), "status": "PENDING",
        "checkoutUrl": Gateways::page(channel, &number),
        "qrCode": vietqr::text(&account, Some(amount_vnd), Some(text(&body, "description"))).unwrap_or_default(),
    });
    done(channel, data)
}

pub(super) fn read(gateways: &Gateways, channel: &Channel, asked: &Asked<'_>, number: &str) -> Value {
    if !is_client(channel, asked) {
        return refused("401", "unauthorized");
    }
    gateways.was_asked();
    match gateways.order(&channel.id, number) {
        Some(order) => done(channel, data(gateways, channel, &order)),
        None => refused("101", "no such payment request"),
    }
}

fn data(gateways: &Gateways, channel: &Channel, order: &Order) -> Value {
    let paid: u64 = order.paid().map(|payment| payment.amount_vnd.dong()).sum();
    let transactions = order.paid().map(|payment| {
        let at = vietnam::civil(payment.at).strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string();
        json!({
            "accountNumber": "0071000123456", "amount": payment.amount_vnd.dong(), "description": "LE PHI HO SO",
            "reference": payment.transaction, "transactionDateTime": at, "counterAccountName": Value::Null,
        })
    });
    let status = match (paid, order.is_open(gateways.now()), order.payments.is_empty()) {
        (0, true, _) => "PENDING",
        (0, false, true) => "EXPIRED",
        (0, false, false) => "CANCELLED",
        _ => "PAID",
    };
    json!({
        "id": payment_link(channel, &order.number), "orderCode": order.number.parse::<u64>().unwrap_or_default(),
        "amount": order.amount_vnd.dong(), "amountPaid": paid,
        "amountRemaining": order.amount_vnd.dong().saturating_sub(paid), "status": status,
        "transactions": transactions.collect::<Vec<_>>(), "canceledAt": Value::Null,
    })
}

fn is_client(channel: &Channel, asked: &Asked<'_>) -> bool {
    let key = channel.request_key.as_ref().map(|key| key.expose());
    channel.merchant.as_deref() == Some(asked.header("x-client-id"))
        && key == Some(asked.header("x-api-key").as_bytes())
}

fn done(channel: &Channel, data: Value) -> Value {
    let signature = signature(channel, &payos_text(&data));
    json!({ "code": "00", "desc": "success", "data": data, "signature": signature })
}

fn refused(code: &str, what: &str) -> Value {
    json!({ "code": code, "desc": what, "data": Value::Null })
}

fn signature(channel: &Channel, text: &str) -> String {
    encode_hex(&sign_hmac_sha256(channel.keys.current(), &[text.as_bytes()]))
}
