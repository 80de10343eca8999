//! The staff's API against the whole office.

mod answers;
pub(crate) mod audited;
mod described;
mod reading;
mod story;

use http::Method;
use motcua_local::office::claims;
use motcua_local::senders::Letter;
use rules::http::{Reply, Request, Response};
use rules::id::DossierId;
use serde_json::{Value, json};

use crate::town::{PERMIT, Town, claiming, request};

/// Builds a request of a member of staff, who signs in under their role's name.
fn asked(
    town: &Town,
    role: &str,
    method: Method,
    target: &str,
    headers: &[(&'static str, &str)],
    body: &str,
) -> Request {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let letter = Letter { method, target: target.to_owned(), headers, body: body.to_owned() };
    claiming(request(&letter), claims(town.agency().as_str(), role, role))
}

async fn answered(town: &Town, request: &Request) -> Response {
    Box::pin(town.office.answer(request)).await.expect("there is a route")
}

/// Builds a clerk's filing under a key.
fn filing(town: &Town, key: &str, body: &Value) -> Request {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    asked(town, "clerk", Method::POST, "/api/v1/dossiers", &headers, &body.to_string())
}

/// Returns a clerk's view of a dossier, by its id or code.
pub(crate) async fn get(town: &Town, name: &str) -> Response {
    answered(town, &asked(town, "clerk", Method::GET, &format!("/api/v1/dossiers/{name}"), &[], "")).await
}

/// Returns the answer to a clerk who files this under a key.
pub(crate) async fn file(town: &Town, key: &str, body: &Value) -> Response {
    answered(town, &filing(town, key, body)).await
}

fn json_of(response: &Response) -> Value {
    serde_json::from_str(response.text()).unwrap()
}

/// Returns a declaration at the desk.
fn declared() -> Value {
    json!({
        "procedure": PERMIT, "filing": "desk",
        "applicant": { "name": "Công ty TNHH Thử Nghiệm", "phone": "0905 000 001" },
        "filer": { "name": "Hộ kinh doanh Tư", "phone": "0258 3822 222" },
    })
}

/// Files a dossier at the desk.
async fn filed(town: &Town, key: &str) -> DossierId {
    let answer = answered(town, &filing(town, key, &declared())).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    DossierId::parse(json_of(&answer)["dossier"]["id"].as_str().unwrap()).unwrap()
}
