//! The portal's calls.

use std::time::Duration;

use http::Method;
use rules::config::{Password, Telling};
use rules::gateway::Call;
use serde_json::{Map, Value, json};

/// The longest time that a call may take.
const LIMIT: Duration = Duration::from_secs(15);

/// Opens a session.
pub(crate) fn log_in(to: &Telling, password: &Password) -> Call {
    let body = json!({ "username": to.username, "password": password.expose() });
    call(to, "login", &body, true)
}

/// Asks whether the portal knows a dossier.
pub(crate) fn look_up(to: &Telling, session: &str, code: &str) -> Call {
    service(to, session, "TraCuuHoSo", true, |body| {
        body.insert("mahoso".to_owned(), json!(code));
    })
}

/// Adds a dossier, or updates one.
pub(crate) fn upsert(to: &Telling, session: &str, updates: bool, dossier: &Map<String, Value>) -> Call {
    service(to, session, "DongBoHoSoMC", false, |body| {
        body.insert("isUpdating".to_owned(), json!(if updates { "True" } else { "False" }));
        body.insert("data".to_owned(), json!([dossier]));
    })
}

/// Adds steps, at most ten.
pub(crate) fn progress(to: &Telling, session: &str, rows: &[&Map<String, Value>]) -> Call {
    service(to, session, "CapNhatTienDoHoSoMC", false, |body| {
        body.insert("data".to_owned(), json!(rows));
    })
}

fn service(
    to: &Telling,
    session: &str,
    name: &str,
    repeatable: bool,
    fill: impl FnOnce(&mut Map<String, Value>),
) -> Call {
    let mut body = Map::new();
    body.insert("session".to_owned(), json!(session));
    body.insert("madonvi".to_owned(), json!(to.unit));
    body.insert("service".to_owned(), json!(name));
    fill(&mut body);
    call(to, name, &Value::Object(body), repeatable)
}

fn call(to: &Telling, name: &str, body: &Value, repeatable: bool) -> Call {
    Call {
        method: Method::POST,
        url: format!("{}/{name}", to.url),
        headers: vec![("content-type", "application/json".to_owned()), ("dstcode", to.service.clone())],
        body: body.to_string(),
        limit: LIMIT,
        repeatable,
    }
}
