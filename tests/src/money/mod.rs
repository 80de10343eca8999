//! Fees, vouchers, exceptions and keys, against the whole office.

mod book;
mod claimed;
mod exceptions;
mod fees;
mod keys;
mod law;
mod limits;
mod no_money;
mod people;
mod races;
mod repeats;
mod vouchers;

use http::Method;
use motcua::store::Key;
use motcua_local::office::claims;
use motcua_local::senders::{Letter, Payment};
use rules::http::{Reply, Request, Response};
use serde_json::{Value, json};

use crate::town::{Town, claiming, request};

fn json_of(response: &Response) -> Value {
    serde_json::from_str(response.text()).unwrap()
}

async fn answered(town: &Town, request: &Request) -> Response {
    Box::pin(town.office.answer(request)).await.expect("there is a route")
}

/// Builds a request of a member of staff, who signs in under their role's name.
fn asked(town: &Town, role: &str, method: Method, target: &str) -> Request {
    let letter = Letter { method, target: target.to_owned(), headers: Vec::new(), body: String::new() };
    claiming(request(&letter), claims(town.agency().as_str(), role, role))
}

/// Builds a decision about a payment.
fn decision(town: &Town, role: &str, (money, version): (&str, u64), name: &str, key: &str, body: &Value) -> Request {
    let letter = Letter {
        method: Method::POST,
        target: format!("/api/v1/money/{money}/{name}"),
        headers: vec![
            ("content-type", "application/json".into()),
            ("if-match", format!("\"{version}\"")),
            ("idempotency-key", key.into()),
        ],
        body: body.to_string(),
    };
    claiming(request(&letter), claims(town.agency().as_str(), role, role))
}

/// Gives a manager's decision on the payment as it is now; it must be recorded.
async fn decided(town: &Town, money: &str, name: &str, body: Value) -> Value {
    let version = one(town, "manager", money).await["version"].as_u64().unwrap();
    let key = format!("{name}-{money}-{version}");
    let answer = answered(town, &decision(town, "manager", (money, version), name, &key, &body)).await;
    assert_eq!(answer.status().as_u16(), 200, "{name}: {}", answer.text());
    json_of(&answer)
}

/// Returns the money that waits, as a clerk sees it.
async fn listed(town: &Town) -> Vec<Value> {
    let answer = answered(town, &asked(town, "clerk", Method::GET, "/api/v1/money")).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    json_of(&answer)["items"].as_array().unwrap().clone()
}

fn classes(listed: &[Value]) -> Vec<&str> {
    listed.iter().map(|entry| entry["class"].as_str().unwrap()).collect()
}

async fn one(town: &Town, role: &str, money: &str) -> Value {
    let answer = answered(town, &asked(town, role, Method::GET, &format!("/api/v1/money/{money}"))).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    json_of(&answer)
}

/// Returns the name of a VNPAY payment in the API.
fn vnpay_name(town: &Town, paid: &Payment) -> String {
    let identity = format!("MOTCUA01/{}/{}", paid.reference, paid.transaction);
    Key::money(&town.agency(), "vnpay-demo", &identity).money_name().unwrap()
}

/// Returns a message of the generic gateway with these members beside the usual ones.
fn generic(town: &Town, reference: &str, transaction: &str, members: &Value) -> Letter {
    let channel = town.channel("generic-demo");
    let now = town.clock.now();
    let mut data = json!({
        "reference": reference, "transaction": transaction, "amount": 125_000, "currency": "VND", "status": "paid",
        "paid_at": now.to_string(),
    });
    for (name, value) in members.as_object().unwrap() {
        data[name] = value.clone();
    }
    let body = json!({ "type": "payment.confirmed", "timestamp": now.to_string(), "data": data }).to_string();
    let path = "/payments/generic-demo/callback";
    motcua_local::senders::webhook(path, channel.keys.current(), &format!("msg-{transaction}"), now, body)
}
