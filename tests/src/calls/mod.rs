//! The phone list: who is in it, in which order, what becomes of each call, and what it keeps to itself.

mod asked;
mod grouping;
mod kept;
mod outcomes;
mod page;
mod private;
mod stops;
mod twice;

use http::Method;
use motcua_local::office::claims;
use motcua_local::senders::Letter;
use rules::http::{Reply, Response};
use rules::id::DossierId;
use serde_json::{Value, json};

use crate::town::{Town, claiming, form, request};

/// A landline, which takes no SMS.
const LANDLINE: &str = "02583822222";

/// Files a dossier of somebody whom no SMS reaches.
async fn filed(town: &Town, code: &str, changes: Value) -> DossierId {
    let mut form = form(code);
    form["SoDienThoai"] = json!(LANDLINE);
    form["SoGiayToChuHoSo"] = json!("056099001234");
    for (name, value) in changes.as_object().unwrap() {
        form[name] = value.clone();
    }
    let response = town.portal("dossier.submitted", &format!("submit-{code}"), form).await;
    assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    town.office.deliver().await.unwrap();
    town.id_of(code)
}

/// Returns the entries of the list.
async fn list(town: &Town) -> Vec<Value> {
    town.reading("clerk", "/api/v1/calls").await["items"].as_array().unwrap().clone()
}

/// Returns the only entry of the list.
async fn only(town: &Town) -> Value {
    let mut list = list(town).await;
    assert_eq!(list.len(), 1, "{list:?}");
    list.remove(0)
}

/// Returns one person's entry, in the list or not.
async fn entry(town: &Town, call: &Value) -> Value {
    town.reading("clerk", &format!("/api/v1/calls/{}", call["id"].as_str().unwrap())).await
}

/// Returns the ids of the dossiers of an entry, in their order.
fn dossiers(entry: &Value) -> Vec<&str> {
    entry["dossiers"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

/// Sends an outcome for an entry as it was seen, under a key.
async fn send(town: &Town, role: &str, seen: &Value, key: &str, body: &Value) -> Response {
    let letter = Letter {
        method: Method::POST,
        target: format!("/api/v1/calls/{}/outcome", seen["id"].as_str().unwrap()),
        headers: vec![
            ("content-type", "application/json".into()),
            ("if-match", format!("\"{}\"", seen["version"])),
            ("idempotency-key", key.into()),
        ],
        body: body.to_string(),
    };
    let request = claiming(request(&letter), claims(town.agency().as_str(), role, role));
    Box::pin(town.office.answer(&request)).await.expect("there is a route")
}

/// Records a clerk's outcome for an entry as it is now, and returns the entry after it.
async fn records(town: &Town, call: &Value, body: Value) -> Value {
    let seen = entry(town, call).await;
    let key = format!("key-{}-{}", seen["id"], seen["version"]).replace('"', "");
    let answer = send(town, "clerk", &seen, &key, &body).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    town.office.deliver().await.unwrap();
    let answer: Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!(answer["status"], "recorded");
    answer["call"].clone()
}

/// Returns the number of people to be called today, as the menu counts them.
async fn counted(town: &Town) -> u64 {
    let counted = town.office.site().recorder.store().counted(&town.agency()).await.unwrap();
    counted.counts.calls(rules::vietnam::day(town.clock.now()))
}
