//! A law over random histories of all gateways: the book is the fees paid through gateways, what waits and what went
//! back, by channel and day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use motcua::store::{Booked, Money, Owner};
use motcua_local::senders::payment;
use proptest::prelude::*;
use rules::dossier::{CASH, Event, PaymentOutcome};
use rules::vietnam;
use rules::vnd::Vnd;

use super::*;
use crate::town::FEE_VND;

/// Every channel of the demo office whose gateway's messages can be written without an order opened before.
const CHANNELS: [&str; 7] =
    ["vnpay-demo", "momo-demo", "zalopay-demo", "onepay-demo", "paygov-demo", "generic-demo", "stripe-demo"];

/// One thing that happens: a message of a gateway, or a decision about the oldest money that waits.
#[derive(Clone, Debug)]
enum Step {
    Message { channel: usize, dossier: usize, transaction: u8, amount: usize, paid: bool },
    Decide(u8),
    Hours(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let message = (0..CHANNELS.len(), 0..CHANNELS.len() + 1, 0..4_u8, 0..3_usize, prop::bool::weighted(0.8)).prop_map(
        |(channel, dossier, transaction, amount, paid)| Step::Message { channel, dossier, transaction, amount, paid },
    );
    prop_oneof![6 => message, 2 => (0..4_u8).prop_map(Step::Decide), 1 => (1..30_u8).prop_map(Step::Hours)]
}

type Sums = BTreeMap<(String, Date), u64>;

fn add(sums: &mut Sums, channel: &str, at: jiff::Timestamp, amount: Vnd) {
    *sums.entry((channel.to_owned(), vietnam::day(at))).or_default() += amount.dong();
}

async fn take(town: &Town, step: &Step, references: &[String]) {
    match step {
        Step::Hours(hours) => town.minutes(u64::from(*hours) * 60),
        Step::Decide(what) => {
            let Some(entry) = listed(town).await.into_iter().next() else { return };
            let name = entry["id"].as_str().unwrap();
            let reason = json!({ "reason": "kiểm tra" });
            let (decision_name, body) = match what {
                0 => ("mark-refund", reason),
                1 => ("refunded", json!({ "reason": "kiểm tra", "reference": "FT1" })),
                2 => ("no-money", json!({ "reason": "kiểm tra", "kind": "test" })),
                _ => ("attach", json!({ "reason": "kiểm tra", "dossier": &references[0][..12], "attempt": 1 })),
            };
            let version = entry["version"].as_u64().unwrap();
            let key = format!("{name}-{version}-{what}");
            let letter = decision(town, "manager", (name, version), decision_name, &key, &body);
            assert!(answered(town, &letter).await.status().as_u16() < 500);
        }
        Step::Message { channel, dossier, transaction, amount, paid } => {
            let channel = town.channel(CHANNELS[*channel]);
            let reference = references.get(*dossier).cloned().unwrap_or_else(|| "00000000000012".to_owned());
            let reference = match channel.gateway.name() {
                "zalopay" => format!("200415_{reference}"),
                _ => reference,
            };
            let amount_vnd = Vnd::new([FEE_VND, FEE_VND + 1, 7_000][*amount]).unwrap();
            let transaction = (1_000 + u64::from(*transaction)).to_string();
            let now = town.clock.now();
            let written = Payment { reference, transaction, amount_vnd, paid: *paid, at: now };
            // A gateway that tells of no failures has no such message.
            if let Ok(letter) = payment(&channel, &written, now) {
                assert!(town.send(&letter).await.status().as_u16() < 500);
            }
        }
    }
}

/// Checks the law on what is stored now.
async fn holds(town: &Town, references: &[String]) {
    town.office.deliver().await.unwrap();
    let site = town.office.site();
    let store = site.recorder.store();
    let (mut book, mut owned) = (Sums::new(), Sums::new());
    for channel in site.config.channels() {
        let always = (jiff::civil::date(2020, 1, 1), jiff::civil::date(2021, 1, 1));
        for Booked { at, channel, amount_vnd, .. } in
            store.booked(&town.agency(), &channel.id, always, 1_000).await.unwrap().unwrap()
        {
            add(&mut book, &channel, at, amount_vnd);
        }
    }
    for reference in references {
        let id = rules::id::DossierId::parse(&reference[..12]).unwrap();
        for event in town.events(id).await {
            match event {
                Event::FeePaid { channel, amount_vnd, at, .. } | Event::FeePartPaid { channel, amount_vnd, at, .. }
                    if channel != CASH =>
                {
                    add(&mut owned, &channel, at, amount_vnd);
                }
                _ => {}
            }
        }
    }
    let page = store.every_payment(&town.agency(), None).await.unwrap();
    assert!(page.next.is_none());
    for money in page.items.into_iter().map(Result::unwrap) {
        let Money { owner, at, no_money, other_merchant, attempt, .. } = &money;
        let brought = matches!(money.payment.outcome, PaymentOutcome::Paid | PaymentOutcome::Suspected);
        let pays = matches!(owner, Owner::Dossier(_)) && attempt.is_some();
        let is_money = no_money.is_none() && !other_merchant;
        if let Some(amount_vnd) = money.payment.amount_vnd.filter(|_| brought && !pays && is_money) {
            assert!(money.needs_a_person() || money.refund.is_some() || matches!(owner, Owner::Dossier(_)));
            add(&mut owned, &money.payment.channel, *at, amount_vnd);
        }
        if !brought {
            assert!(!pays, "a message without money pays nothing");
        }
    }
    assert_eq!(book, owned);
    assert!(Box::pin(project::rebuild(&site, &town.agency())).await.unwrap().not_booked == 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_book_is_what_was_paid_what_waits_and_what_went_back(steps in prop::collection::vec(step(), 1..16)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(Box::pin(async {
            let town = Town::new().await;
            let mut references = Vec::new();
            for (number, channel) in CHANNELS.iter().enumerate() {
                let (_, reference) = Box::pin(town.asked_through(&format!("G22-{number}"), channel)).await;
                references.push(reference);
            }
            for step in &steps {
                Box::pin(take(&town, step, &references)).await;
            }
            Box::pin(holds(&town, &references)).await;
        }));
    }
}
