//! The portal's events against the whole office: repeats, order, sources, forgeries, odd bodies.

mod authenticity;
mod changed;
mod order;
mod others;
mod paid;
mod privacy;
mod reach;
mod repeats;
mod transport;
mod withdrawn;

use motcua_local::senders::{Letter, event, webhook};
use rules::http::{Reply, Response};
use serde_json::{Value, json};

use crate::town::{Town, form};

const NATIONAL: &str = "dvcqg-demo";
const PROVINCIAL: &str = "khanhhoa-demo";
/// A dossier's code as the national portal makes it.
const CODE: &str = "G09-20200415-0000007";

/// Signs a body as a portal of the configuration does now.
fn signed_by(town: &Town, portal: &str, delivery: &str, body: String) -> Letter {
    let site = town.office.site();
    let key = site.config.portal(portal).unwrap().keys.current().clone();
    webhook("/portal/events", &key, delivery, town.clock.now(), body)
}

/// Writes an event of a portal, as the portal writes and signs it now.
fn told_by(town: &Town, portal: &str, kind: &str, delivery: &str, data: &Value) -> Letter {
    let body = event(kind, town.clock.now(), data.as_object().unwrap());
    signed_by(town, portal, delivery, body)
}

/// Returns the status, and the body's `status` and `dossier`.
fn said(response: &Response) -> (u16, String, Option<String>) {
    let body: Value = serde_json::from_str(response.text()).unwrap();
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    (response.status().as_u16(), text("status").or_else(|| text("error")).unwrap_or_default(), text("dossier"))
}

fn status(response: &Response) -> (u16, String) {
    let (status, said, _) = said(response);
    (status, said)
}

fn is(status: u16, said: &str) -> (u16, String) {
    (status, said.to_owned())
}

/// Returns the form with members added.
fn form_with(code: &str, more: Value) -> Value {
    let mut form = form(code);
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    form
}

/// Returns the content of a later event about the dossier: its code, and the members given.
fn about(code: &str, more: Value) -> Value {
    let mut data = json!({ "MaHoSo": code });
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    data
}

/// Returns the whole body of an answer.
fn body(response: &Response) -> Value {
    serde_json::from_str(response.text()).unwrap()
}
