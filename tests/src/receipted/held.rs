//! What is counted beside the office, and everything held against it.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use jiff::civil::Date;
use motcua_local::neighbours::invoices::Invoices;
use motcua_local::senders::Payment;
use rules::id::DossierId;
use rules::receipt::Lawful;
use rules::vietnam;
use serde_json::json;

use crate::town::{FEE_VND, Town};

/// The provider of the demo configuration.
pub(super) const PROVIDER: &str = "viettel-demo";

/// A count made beside the office: the đồng paid on each day, and the payments.
#[derive(Default)]
pub(super) struct Tally {
    by_day: BTreeMap<Date, u64>,
    payments: usize,
    set_aside: usize,
}

/// Has a fee paid: in cash, online, or by money that fits nothing.
pub(super) async fn pay(town: &Town, rng: &mut Rng, number: usize, tally: &mut Tally) -> DossierId {
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

/// Holds the office and the provider against what was counted beside.
pub(super) async fn hold((town, provider): (&Town, &Invoices), ids: &[DossierId], tally: &Tally) {
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let mut receipts: Vec<Lawful> = Vec::new();
    for id in ids {
        receipts.extend(store.receipts_of(&agency, *id).await.unwrap());
    }
    let issued = provider.issued(PROVIDER);
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
    let refusals = provider.tally(PROVIDER).refusals;
    assert!(refusals.keys().all(|code| code == "TRANSACTION_UUID_INVALID"), "{refusals:?}");
}
