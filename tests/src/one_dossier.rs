//! The life of one dossier, as `cargo run -- demo` tells it: submitted, accepted, paid, without its originals, paused,
//! complete, finished.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use rules::http::Reply;
use serde_json::{Value, json};

use crate::town::{FEE_VND, Town, form};

/// The national portal's code of the dossier.
pub const CODE: &str = "G22.99-200415-0001";

/// Returns its submission.
#[must_use]
pub fn submission() -> Value {
    form(CODE)
}

/// Lives it in a fresh town. Everybody who works by the clock works after each of its days and commands.
pub async fn live(town: &Town, submission: Value) {
    let response = town.portal("dossier.submitted", "one-dossier", submission).await;
    assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    let id = town.id_of(CODE);
    until(town, "2020-04-15T08:03:00+07:00").await;
    town.clerk(id, "accept", json!({})).await;
    until(town, "2020-04-15T08:06:00+07:00").await;
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    until(town, "2020-04-15T09:40:00+07:00").await;
    let response = town.send(&town.callback(&town.paid(&format!("{id}01")))).await;
    assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    until(town, "2020-04-15T10:00:00+07:00").await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    until(town, "2020-04-17T17:10:00+07:00").await;
    until(town, "2020-04-20T09:00:00+07:00").await;
    let received = |paper: &str, no: &str, by: &str| json!({ "papers": [paper], "minutes_no": no, "by": by });
    town.clerk(id, "record-receipt", received("GPXD-DON", "BB-20/04-01", "post")).await;
    until(town, "2020-04-21T15:00:00+07:00").await;
    town.clerk(id, "record-receipt", received("GPXD-BV", "BB-21/04-01", "hand")).await;
    until(town, "2020-05-06T10:00:00+07:00").await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    until(town, "2020-05-07T08:15:00+07:00").await;
    let handed_out = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" });
    town.clerk(id, "hand-out", handed_out).await;
    until(town, "2020-05-07T17:00:00+07:00").await;
}

/// Lets the stream be read, time pass until this instant, and the sweep and the stream do what is due then.
async fn until(town: &Town, at: &str) {
    town.office.deliver().await.unwrap();
    town.until(at);
    town.office.sweep().await;
    town.office.deliver().await.unwrap();
}
