//! Voucher numbers: no hole, no repeat, whoever sweeps and whatever breaks.

use std::collections::BTreeSet;
use std::sync::Arc;

use motcua::recorder::Arrived;
use motcua::store::{Money, TaskKind, Voucher, number};
use motcua_local::wire::faults::{Fault, Faults, Plan};
use motcua_local::wire::seed_jitter;
use rules::config::DEFAULT_VOUCHER_SERIES;
use rules::dossier::{Action, PaymentOutcome};
use rules::gateway::Found;
use rules::id::{DossierId, Reference};
use rules::vnd::Vnd;

use super::*;
use crate::fixture::{CHANNEL, Office, people};
use crate::town::FEE_VND;

/// Files so many dossiers whose fee is paid and not numbered yet.
async fn paid(office: &Office, count: u64) -> Vec<DossierId> {
    let mut dossiers = Vec::new();
    for n in 1..=count {
        let id = office.submit(n, people(None, None)).await;
        office.order(id, Action::AskFee { channel: CHANNEL.into(), amount_vnd: Vnd::new(FEE_VND).unwrap() }).await;
        let arrived = Arrived {
            channel: CHANNEL.into(),
            reference: Reference { id, attempt: 1 }.to_string(),
            found: Found {
                identity: format!("t{n}"),
                amount_vnd: Some(Vnd::new(FEE_VND).unwrap()),
                outcome: PaymentOutcome::Paid,
                at: Some(office.now()),
            },
            digest: "d".into(),
            own_merchant: true,
            raw: None,
        };
        office.site.recorder.record_money(&office.agency, &arrived, office.now()).await.unwrap();
        dossiers.push(id);
    }
    dossiers
}

/// Checks every number of the series, of the money and of the dossiers, each apart: they are 1 to `count`, once each.
async fn whole_series(office: &Office, dossiers: &[DossierId], series: &str) {
    let count = dossiers.len() as u64;
    let store = office.store();
    let mut given = Vec::new();
    let mut from = None;
    loop {
        let page = store.under(&Key::vouchers_pk(&office.agency, series), "voucher#", from).await.unwrap();
        let number = |item: &motcua::store::Item| motcua::store::text(item, "sk").unwrap()[8..].parse::<u64>().unwrap();
        given.extend(page.items.iter().map(number));
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(given, (1..=count).collect::<Vec<_>>());
    let counter = store.item(&Voucher::counter(&office.agency, series)).await.unwrap().unwrap();
    assert_eq!(number(&counter, "count"), Some(count));
    let mut on_money = BTreeSet::new();
    for (n, id) in dossiers.iter().enumerate() {
        let key = Key::money(&office.agency, CHANNEL, &format!("t{}", n + 1));
        let money = Money::read(&store.item(&key).await.unwrap().unwrap()).unwrap();
        let no = money.voucher.unwrap();
        let items = store.under(&Key::dossier_pk(&office.agency, *id), "voucher#", None).await.unwrap().items;
        let [item] = &items[..] else { panic!("{} vouchers on {id}", items.len()) };
        let voucher = Voucher::read(item).unwrap();
        assert_eq!((&voucher.no, voucher.dossier, voucher.amount_vnd.dong()), (&no, *id, FEE_VND));
        on_money.insert(no.number);
    }
    assert_eq!(on_money.len() as u64, count);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sweeps_at_once_leave_neither_hole_nor_repeat() {
    let office = Arc::new(Office::open().await);
    let dossiers = paid(&office, 40).await;
    let mut given = 0;
    for _ in 0..20 {
        let sweeps: Vec<_> = (0..3)
            .map(|_| {
                let office = office.clone();
                tokio::spawn(async move { office.sweep().await })
            })
            .collect();
        for sweep in sweeps {
            given += sweep.await.unwrap().vouchers;
        }
        office.wait(jiff::SignedDuration::from_mins(5));
    }
    assert_eq!(given, 40);
    whole_series(&office, &dossiers, DEFAULT_VOUCHER_SERIES).await;
}

#[tokio::test]
async fn whatever_breaks_while_numbers_are_given_the_series_is_whole_in_the_end() {
    for seed in 0..12 {
        seed_jitter(seed);
        let office = Office::open().await;
        let dossiers = paid(&office, 6).await;
        let per_mille = 150 + u32::try_from(seed % 5).unwrap() * 100;
        let plan = Plan::Chance { per_mille, faults: Fault::ALL.to_vec() };
        office.wire.set_faults(Faults::from_seed(seed, plan));
        for _ in 0..4 {
            let _ = tokio::join!(office.sweep(), office.sweep());
            office.wait(jiff::SignedDuration::from_mins(5));
        }
        office.wire.set_faults(Faults::none());
        for _ in 0..3 {
            office.wait(jiff::SignedDuration::from_hours(24));
            office.sweep().await;
        }
        assert_eq!(office.waiting(TaskKind::Money).await, 0, "seed {seed}");
        assert_eq!(office.before_a_person(TaskKind::Money).await, [], "seed {seed}");
        whole_series(&office, &dossiers, DEFAULT_VOUCHER_SERIES).await;
    }
}

#[tokio::test]
async fn a_number_whose_writing_was_not_answered_is_not_given_twice() {
    for (call, fault) in (1..=6).flat_map(|call| Fault::ALL.map(|fault| (call, fault))) {
        let office = Office::open().await;
        let dossiers = paid(&office, 2).await;
        let key = |n: u64| Key::money(&office.agency, CHANNEL, &format!("t{n}"));
        office.wire.set_faults(Faults::from_seed(7, Plan::Burst { first_call: call, calls: 4, fault }));
        for n in [1, 2, 1, 2] {
            drop(office.site.recorder.give_voucher(&office.agency, &key(n), office.now()).await);
        }
        office.wire.set_faults(Faults::none());
        for n in [1, 2] {
            office.site.recorder.give_voucher(&office.agency, &key(n), office.now()).await.unwrap();
        }
        whole_series(&office, &dossiers, DEFAULT_VOUCHER_SERIES).await;
    }
}

#[tokio::test]
async fn a_number_is_given_after_the_fact_and_shown_on_the_dossier() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    let seen = async || json_of(&crate::desk::get(&town, id.as_str()).await);
    assert_eq!(seen().await["vouchers"], json!([]), "never inside a callback");
    let version = seen().await["version"].clone();
    town.office.sweep().await;
    let voucher = &seen().await["vouchers"][0];
    assert_eq!((&voucher["no"], &voucher["amount_vnd"]), (&json!("AA/20P-0000001"), &json!(FEE_VND)));
    assert_eq!(voucher["money"], vnpay_name(&town, &town.paid(&reference)));
    assert_eq!(seen().await["version"], version, "a clerk at work is not disturbed");
    assert_eq!(town.office.sweep().await.vouchers, 0);
}

#[tokio::test]
async fn a_cancelled_number_is_kept_and_the_next_one_is_fresh() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    town.office.sweep().await;
    let money = vnpay_name(&town, &town.paid(&reference));
    let official = json!({ "form": "01BLP2-001", "symbol": "AA-20P", "number": "0001234" });
    let version = one(&town, "clerk", &money).await["version"].as_u64().unwrap();
    let noted = decision(&town, "clerk", (&money, version), "official-receipt", "o1", &official);
    let answer = json_of(&answered(&town, &noted).await);
    let receipt = &answer["money"]["voucher"]["official_receipt"];
    assert_eq!(
        (&receipt["form"], &receipt["symbol"], &receipt["number"]),
        (&official["form"], &official["symbol"], &official["number"])
    );
    decided(&town, &money, "cancel-voucher", json!({ "reason": "in sai tên", "replace": true })).await;
    assert_eq!(town.office.sweep().await.vouchers, 1);
    let seen = json_of(&crate::desk::get(&town, id.as_str()).await);
    let vouchers = seen["vouchers"].as_array().unwrap();
    assert_eq!(vouchers.len(), 2);
    let first = &vouchers[0];
    assert_eq!((&first["no"], &first["cancelled"]["because"]), (&json!("AA/20P-0000001"), &json!("in sai tên")));
    assert_eq!((&vouchers[1]["no"], &vouchers[1]["cancelled"]), (&json!("AA/20P-0000002"), &Value::Null));
    // Cancelled for good: the money needs no number any more, and the next payment's is the next.
    decided(&town, &money, "cancel-voucher", json!({ "reason": "hoàn phí" })).await;
    let version = one(&town, "manager", &money).await["version"].as_u64().unwrap();
    let again = decision(&town, "manager", (&money, version), "cancel-voucher", "c3", &json!({ "reason": "x" }));
    assert_eq!(answered(&town, &again).await.status().as_u16(), 422);
    let (_, reference) = town.asked("G22-2").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    assert_eq!(town.office.sweep().await.vouchers, 1);
    let money = one(&town, "clerk", &vnpay_name(&town, &town.paid(&reference))).await;
    assert_eq!(money["voucher"]["no"], "AA/20P-0000003");
}
