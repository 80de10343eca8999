//! Many payments, each with one receipt, whatever befalls provider and table, and however often a run is killed.
#![expect(clippy::unwrap_used, reason = "a proof that fails is a panic")]

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use jiff::civil::Date;
use motcua_local::neighbours::invoices::Failure;
use motcua_local::senders::Payment;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::receipt::Lawful;
use rules::vietnam;
use serde_json::json;

use crate::town::{FEE_VND, Town};

/// The provider of the demo configuration.
const PROVIDER: &str = "viettel-demo";
/// Calls of the table within which a killed run ends.
const WITHIN: u64 = 60;

/// A count made beside the office: the đồng paid on each day, and the payments.
#[derive(Default)]
struct Tally {
    by_day: BTreeMap<Date, u64>,
    payments: usize,
    set_aside: usize,
}

/// Proves it with so many payments, a run in three of which is killed at a call of the table, and with a fault at one call of
/// the provider in seven. Returns how many runs were killed.
///
/// # Panics
/// If anything is not as it should be.
pub async fn prove(payments: usize, seed: u64) -> usize {
    let (town, mut rng) = (Town::new().await, Rng::with_seed(seed));
    town.until("2026-12-28T07:30:00+07:00");
    let (mut tally, mut killed, mut ids) = (Tally::default(), 0, Vec::new());
    let chance = Plan::Chance { per_mille: 140, faults: Failure::ALL.to_vec() };
    town.office.invoices().set_failures(PROVIDER, Faults::from_seed(seed, chance));
    for number in 0..payments {
        ids.push(pay(&town, &mut rng, number, &mut tally).await);
        town.office.deliver().await.unwrap();
        if rng.u8(..3) == 0 {
            // From that call on nothing of the run is heard any more, as after a kill.
            let fault = if rng.bool() { Fault::TimeoutApplied } else { Fault::TimeoutNotApplied };
            let plan = Plan::Burst { first_call: rng.u64(1..WITHIN), calls: u64::MAX / 2, fault };
            town.office.wire().set_faults(Faults::from_seed(rng.u64(..), plan));
            killed += 1;
        }
        Box::pin(town.office.issue_receipts()).await;
        town.office.wire().set_faults(Faults::none());
        // So that the payments are spread over days, and the year turns among them.
        let minutes = 6 * 24 * 60 / payments.max(1) as u64;
        town.minutes(rng.u64(1..=(2 * minutes).max(2)));
    }
    town.office.invoices().set_failures(PROVIDER, Faults::none());
    // A provider that failed often is left alone for up to an hour.
    for _ in 0..40 {
        town.minutes(5);
        town.office.deliver().await.unwrap();
        Box::pin(town.office.issue_receipts()).await;
    }
    hold(&town, &ids, &tally).await;
    killed
}

/// Has a fee paid: in cash, online, or by money that fits nothing.
async fn pay(town: &Town, rng: &mut Rng, number: usize, tally: &mut Tally) -> rules::id::DossierId {
    let (id, reference) = town.asked(&format!("G22.99-{number}")).await;
    let today = vietnam::day(town.clock.now());
    let mut counts = |dong: u64| {
        *tally.by_day.entry(today).or_default() += dong;
        tally.payments += 1;
    };
    match rng.u8(..10) {
        0..4 => {
            town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": FEE_VND })).await;
            counts(FEE_VND);
        }
        4 => {
            let part = rng.u64(1..FEE_VND);
            for amount_vnd in [part, FEE_VND - part] {
                town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": amount_vnd })).await;
                counts(amount_vnd);
            }
        }
        5 => {
            let other = rules::vnd::Vnd::new(FEE_VND - 1).unwrap();
            let payment = Payment { amount_vnd: other, transaction: format!("9{number}"), ..town.paid(&reference) };
            town.send(&town.callback(&payment)).await;
            tally.set_aside += 1;
        }
        _ => {
            let payment = Payment { transaction: format!("8{number}"), ..town.paid(&reference) };
            for _ in 0..rng.usize(1..=2) {
                town.send(&town.callback(&payment)).await;
            }
            counts(FEE_VND);
        }
    }
    id
}

/// Holds everything against what was counted beside.
async fn hold(town: &Town, ids: &[rules::id::DossierId], tally: &Tally) {
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let mut receipts: Vec<Lawful> = Vec::new();
    for id in ids {
        receipts.extend(store.receipts_of(&agency, *id).await.unwrap());
    }
    let issued = town.office.invoices().issued(PROVIDER);
    assert_eq!((receipts.len(), issued.len()), (tally.payments, tally.payments), "one receipt each");
    let keys: BTreeSet<&str> = issued.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys.len(), issued.len(), "no key has two");
    for receipt in &receipts {
        let own = issued.iter().find(|it| it.key == receipt.last().key).unwrap();
        let no = receipt.no().unwrap_or_else(|| panic!("{receipt:?}"));
        assert_eq!(format!("{}{}", no.symbol, no.number), own.no, "the number is the provider's");
        assert_eq!((own.amount, receipt.last().issued().unwrap().on), (receipt.last().amount_vnd.dong(), own.on));
    }
    let mut by_period: BTreeMap<Date, u64> = BTreeMap::new();
    let mut before = None;
    loop {
        let page = store.receipt_days(&agency, before).await.unwrap();
        for day in &page.days {
            let rows = store.receipt_rows(&agency, day.day).await.unwrap().unwrap();
            assert_eq!(rows.len() as u64, day.rows);
            for row in &rows {
                *by_period.entry(row.period().unwrap_or(day.day)).or_default() += row.amount_vnd.dong();
            }
        }
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(by_period, tally.by_day, "the tables sum to the fees paid by day of collection");
    let refusals = town.office.invoices().tally(PROVIDER).refusals;
    assert!(refusals.keys().all(|code| code == "TRANSACTION_UUID_INVALID"), "{refusals:?}");
}
