//! Lawful receipts: which payments get one, what the provider is asked, and the tables of the days.

mod faults;
mod issued;
mod many;
mod overdue;
mod paper;
mod reminded;
mod year;

use motcua::receipts::{Act, decide};
use motcua::store::lawful_key;
use motcua_local::neighbours::invoices::Invoice;
use rules::id::DossierId;
use rules::receipt::{Lawful, Row};
use serde_json::json;

use crate::town::Town;

/// The provider of the demo configuration.
pub const PROVIDER: &str = "viettel-demo";
/// The account of the clerk.
pub const CLERK: &str = "clerk";

/// Returns a town on the last day of November 2026.
pub async fn town() -> Town {
    let town = Town::new().await;
    town.until("2026-11-30T08:00:00+07:00");
    town
}

/// Returns a dossier whose fee was paid through VNPAY.
pub async fn paid(town: &Town, code: &str) -> DossierId {
    let (id, reference) = town.asked(code).await;
    let payment = motcua_local::senders::Payment {
        transaction: format!("T{code}").replace(['.', '-'], ""),
        ..town.paid(&reference)
    };
    assert_eq!(town.send(&town.callback(&payment)).await.status().as_u16(), 200);
    id
}

/// Returns a dossier whose fee was paid in cash, without a paper receipt.
pub async fn cash(town: &Town, code: &str, amount: u64) -> DossierId {
    let (id, _) = town.asked(code).await;
    town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": amount })).await;
    id
}

/// Runs for so many minutes.
pub async fn minutes(town: &Town, minutes: u32) {
    for _ in 0..minutes {
        town.minutes(1);
        town.office.deliver().await.unwrap();
        Box::pin(town.office.issue_receipts()).await;
    }
}

/// Returns the receipts of a dossier.
pub async fn of(town: &Town, id: DossierId) -> Vec<Lawful> {
    town.office.site().recorder.store().receipts_of(&town.agency(), id).await.unwrap()
}

/// Returns the only receipt of a dossier.
pub async fn one(town: &Town, id: DossierId) -> Lawful {
    let mut all = of(town, id).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Returns what the provider issued.
pub fn at_provider(town: &Town) -> Vec<Invoice> {
    town.office.invoices().issued(PROVIDER)
}

/// Has something decided about a receipt.
pub async fn decided(town: &Town, id: DossierId, act: &Act) {
    let (lawful, site, agency) = (one(town, id).await, town.office.site(), town.agency());
    let key = lawful_key(&agency, &lawful);
    Box::pin(decide(&site, &agency, (&key, lawful.version), (CLERK, act), town.clock.now())).await.unwrap();
}

/// Returns the rows of a day's table.
pub async fn rows(town: &Town, day: &str) -> Vec<Row> {
    let site = town.office.site();
    site.recorder.store().receipt_rows(&town.agency(), day.parse().unwrap()).await.unwrap().unwrap()
}
