//! Lawful receipts: what one costs.

use motcua_tests::town::{FEE_VND, Town};
use serde_json::json;

/// The provider of the demo configuration.
const PROVIDER: &str = "viettel-demo";

/// Prints the calls and capacity of receipts, on a warm function.
pub async fn table() {
    println!(
        "| lawful receipts | calls of the provider | round trips | read units | write units |\n| --- | ---: | ---: | ---: | ---: |"
    );
    let town = Town::new().await;
    town.until("2026-11-30T08:00:00+07:00");
    for number in 0..12 {
        let (id, _) = town.asked(&format!("G22-{number}")).await;
        town.office.deliver().await.unwrap();
        town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": FEE_VND })).await;
        match number {
            0 => told(&town, "a receipt with its two files, the first of a day").await,
            1 => told(&town, "a receipt with its two files").await,
            _ => drop(town.office.deliver().await.unwrap()),
        }
    }
    told(&town, "ten receipts with their files").await;
    told(&town, "nothing").await;
    town.until("2026-11-30T08:59:00+07:00");
    told(&town, "nothing, with the look of the hour for what is past its last day").await;
    town.until("2026-11-30T16:01:00+07:00");
    told(&town, "the reminder of a day, one e-mail").await;
    told(&town, "nothing, after the reminder").await;
}

async fn told(town: &Town, what: &str) {
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let before = town.office.invoices().tally(PROVIDER).calls;
    town.office.wire().reset();
    town.office.issue_receipts().await;
    let (tally, calls) = (town.office.wire().tally(), town.office.invoices().tally(PROVIDER).calls - before);
    println!("| {what} | {calls} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}
