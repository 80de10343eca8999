//! Paper receipts, until they end.

use motcua::store::TaskKind;
use rules::http::Reply;
use rules::receipt::Standing;
use serde_json::json;

use super::{at_provider, minutes, of, one, town};
use crate::town::{FEE_VND, Town};

/// Returns a town whose office has no provider.
async fn without() -> Town {
    let town = town().await;
    let whole = rules::config::DEMO;
    let config = whole.split("# Electronic receipts are of 2026").next().unwrap();
    town.office.configure(rules::config::Config::strict(config, rules::config::Host::Loopback).unwrap());
    town.office.deliver().await.unwrap();
    town
}

#[tokio::test]
async fn cash_with_a_paper_receipt_gets_no_second_one() {
    let town = town().await;
    let (id, _) = town.asked("G22.99-1").await;
    let body = json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "0000123" });
    town.clerk(id, "record-cash-payment", body).await;
    minutes(&town, 2).await;
    assert!(of(&town, id).await.is_empty() && at_provider(&town).is_empty());
}

#[tokio::test]
async fn without_a_provider_paper_is_needed_until_it_ends_and_then_a_person_is_called() {
    let town = without().await;
    let (id, _) = town.asked("G22.99-1").await;
    let bare = json!({ "attempt": 1, "amount_vnd": FEE_VND - 1_000 });
    let paper = json!({ "attempt": 1, "amount_vnd": 1_000, "receipt_no": "0000123" });
    let said = town.staff("clerk", id, "record-cash-payment", &bare).await;
    assert_eq!(said.status().as_u16(), 400, "{}", said.text());
    town.until("2027-01-04T08:00:00+07:00");
    let said = town.staff("clerk", id, "record-cash-payment", &paper).await;
    assert!(said.status().as_u16() == 422 && said.text().contains("31/12/2026"), "{}", said.text());
    town.clerk(id, "record-cash-payment", bare).await;
    minutes(&town, 2).await;
    assert_eq!(one(&town, id).await.standing(), Standing::ForAPerson);
    assert_eq!(town.for_a_person(TaskKind::Receipt).await, 1);
}
