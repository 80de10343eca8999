use jiff::SignedDuration;
use motcua::store::{Key, SHARDS, TaskKind, ask_pk, text};
use motcua_local::rights::in_role;
use payment_reconcile::Report;
use rules::config::Config;
use rules::dossier::{Event, FeeState, PaymentOutcome};
use rules::http::Reply;

use super::*;

/// Counts the orders that wait to be asked about, due or not.
async fn waiting(town: &Town) -> usize {
    let site = town.office.site();
    let mut waiting = 0;
    for shard in 0..SHARDS {
        waiting += site.recorder.store().indexed(&ask_pk(&town.agency(), shard), None, None).await.unwrap().items.len();
    }
    waiting
}

#[tokio::test]
async fn where_every_callback_is_lost_asking_alone_brings_all_payments_in() {
    let town = Town::new().await;
    town.office.gateways().lose_callbacks(true);
    let mut ids = Vec::new();
    for (place, channel) in ASKABLE.into_iter().cycle().take(24).enumerate() {
        let id = asked(&town, &format!("G22-{place}"), channel).await;
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::Pay);
        ids.push(id);
    }
    let report = minutes(&town, 60).await;
    assert_eq!((report.paid, report.errors, report.unverified, report.given_up), (24, 0, 0, 0), "{report:?}");
    for id in &ids {
        assert_eq!(fee(&town, *id).await, FeeState::Paid);
        let paid = town.events(*id).await.into_iter().filter(|event| matches!(event, Event::FeePaid { .. }));
        assert_eq!(paid.count(), 1);
    }
    assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Money).await), (0, 0));
    assert_eq!(minutes(&town, 120).await, Report::default());
}

#[tokio::test]
async fn a_callback_that_comes_after_all_is_told_that_it_was_recorded() {
    for (channel, expected) in [
        ("vnpay-demo", "{\"RspCode\":\"02\",\"Message\":\"Order already confirmed\"}"),
        ("momo-demo", ""),
        ("zalopay-demo", "{\"return_code\":1,\"return_message\":\"success\"}"),
        ("payos-demo", "{\"success\":true}"),
    ] {
        let town = Town::new().await;
        let id = asked(&town, "G22-1", channel).await;
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::PayLate);
        let report = minutes(&town, 60).await;
        assert_eq!((report.paid, report.asked), (1, 1), "{channel} {report:?}");
        town.minutes(26 * 60);
        assert_eq!(town.office.call_back().await, 1);
        let call = town.office.gateways().calls(channel, &order.number).remove(0);
        assert_eq!(call.told.len(), 1, "{channel}");
        assert_eq!(call.told[0].answer.as_ref().unwrap().text(), expected, "{channel}");
        assert_eq!(town.for_a_person(TaskKind::Money).await, 0, "{channel}");
        let paid = town.events(id).await.into_iter().filter(|event| matches!(event, Event::FeePaid { .. }));
        assert_eq!(paid.count(), 1, "{channel}");
    }
}

#[tokio::test]
async fn where_the_callback_came_nobody_is_asked() {
    let town = Town::new().await;
    for (place, channel) in ASKABLE.into_iter().enumerate() {
        let id = asked(&town, &format!("G22-{place}"), channel).await;
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::Pay);
        assert_eq!(town.office.call_back().await, 1);
        assert_eq!(fee(&town, id).await, FeeState::Paid, "{channel}");
    }
    let report = minutes(&town, 60).await;
    assert_eq!((report.asked, report.settled), (0, 4), "{report:?}");
    assert_eq!((town.office.gateways().questions(), waiting(&town).await), (0, 0));
}

#[tokio::test]
async fn nothing_is_asked_before_a_gateway_would_have_stopped_calling() {
    for (channel, span) in ASKABLE.into_iter().zip([45, 30, 15, 30]) {
        let town = Town::new().await;
        let id = asked(&town, "G22-1", channel).await;
        open(&town, id, Wish::Current).await.unwrap();
        assert_eq!(minutes(&town, span - 5).await, Report::default(), "{channel}");
        let report = minutes(&town, 5).await;
        assert_eq!((report.asked, report.open), (1, 1), "{channel}");
    }
}

#[tokio::test]
async fn a_refused_payment_is_noted_and_the_fee_stays_open() {
    for channel in ["vnpay-demo", "momo-demo"] {
        let town = Town::new().await;
        town.office.gateways().lose_callbacks(true);
        let id = asked(&town, "G22-1", channel).await;
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::Fail);
        let report = minutes(&town, 60).await;
        assert_eq!((report.failed, report.paid), (1, 0), "{channel} {report:?}");
        assert_eq!(fee(&town, id).await, FeeState::Open);
        assert!(town.events(id).await.iter().any(|event| matches!(event, Event::PaymentFailed { attempt: 1, .. })));
        // The next click opens another order, since this one no longer takes money.
        let next = open(&town, id, Wish::Current).await.unwrap();
        assert_eq!(next.order, 2);
        act(&town, &next, Act::Pay);
        let report = minutes(&town, 60).await;
        assert_eq!((report.paid, fee(&town, id).await), (1, FeeState::Paid), "{channel} {report:?}");
    }
}

#[tokio::test]
async fn an_order_that_nobody_paid_ends_without_a_person() {
    let town = Town::new().await;
    for (place, channel) in ["momo-demo", "zalopay-demo", "payos-demo", "vnpay-demo"].into_iter().enumerate() {
        let id = asked(&town, &format!("G22-{place}"), channel).await;
        // VNPAY never hears of an order if its page is not opened.
        if channel == "vnpay-demo" {
            let site = town.office.site();
            let reference = Reference { id, attempt: 1 };
            let ip = "127.0.0.1".parse().unwrap();
            checkout::open(&site, &town.agency(), reference, ip, Wish::Current, now(&town)).await.unwrap();
        } else {
            open(&town, id, Wish::Current).await.unwrap();
        }
    }
    let report = minutes(&town, 4 * 60).await;
    assert_eq!((report.unpaid, report.paid, report.given_up, report.errors), (4, 0, 0, 0), "{report:?}");
    assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Checkout).await), (0, 0));
}

#[tokio::test]
async fn a_payment_that_is_begun_and_never_ends_is_a_person_s_once_its_order_ran_out() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "vnpay-demo").await;
    open(&town, id, Wish::Current).await.unwrap();
    let report = minutes(&town, 4 * 60).await;
    assert_eq!((report.given_up, report.unpaid), (1, 0), "{report:?}");
    assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Checkout).await), (0, 1));
}

#[tokio::test]
async fn two_orders_paid_are_one_fee_and_money_before_a_person() {
    let town = Town::new().await;
    town.office.gateways().lose_callbacks(true);
    let id = asked(&town, "G22-1", "momo-demo").await;
    let first = open(&town, id, Wish::Current).await.unwrap();
    let second = open(&town, id, Wish::Fresh).await.unwrap();
    assert_eq!((second.order, second.number.clone()), (2, format!("{}B", first.number)));
    act(&town, &second, Act::Pay);
    act(&town, &first, Act::Pay);
    let report = minutes(&town, 60).await;
    assert_eq!((report.paid, report.asked), (2, 2), "{report:?}");
    assert_eq!((fee(&town, id).await, town.for_a_person(TaskKind::Money).await), (FeeState::Paid, 1));
}

#[tokio::test]
async fn an_answer_that_is_not_authentic_brings_nothing_and_is_asked_for_ten_times() {
    for channel in ["vnpay-demo", "payos-demo"] {
        let town = Town::new().await;
        town.office.gateways().lose_callbacks(true);
        let id = asked(&town, "G22-1", channel).await;
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::Pay);
        // The gateway signs with a key that the office does not have.
        let other = rules::config::DEMO.replace("hash-secret-000000001", "hash-secret-000000002");
        let other = other.replace("checksum-key-00000001", "checksum-key-00000002");
        town.office.gateways().configure(&Config::strict(&other, rules::config::Host::Loopback).unwrap());
        for failures in 0..10 {
            town.minutes(if failures == 0 { 45 } else { 1 << failures });
            let report = town.office.reconcile().await;
            assert_eq!((report.unverified, report.asked, report.paid), (1, 1, 0), "{channel} {failures} {report:?}");
        }
        assert_eq!(fee(&town, id).await, FeeState::Open);
        assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Checkout).await), (0, 1));
    }
}

#[tokio::test]
async fn the_first_look_and_the_pauses_after_it_stand_in_the_order_s_item() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "zalopay-demo").await;
    let opened_at = now(&town);
    let order = open(&town, id, Wish::Current).await.unwrap();
    let item = async || {
        let site = town.office.site();
        site.recorder.store().item(&Key::checkout(&town.agency(), id, 1, order.order)).await.unwrap().unwrap()
    };
    let wakes_at = |item: &motcua::store::Item| text(item, "wake_at").unwrap().parse::<Timestamp>().unwrap();
    assert_eq!(wakes_at(&item().await), opened_at + SignedDuration::from_mins(15));
    minutes(&town, 15).await;
    assert_eq!(wakes_at(&item().await), now(&town) + SignedDuration::from_mins(2));
    minutes(&town, 5).await;
    assert_eq!(wakes_at(&item().await), now(&town) + SignedDuration::from_mins(4));
    assert_eq!(Checkout::read(&item().await).unwrap(), order);
}

#[tokio::test]
async fn a_run_without_time_leaves_everything_to_the_next() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "momo-demo").await;
    let order = open(&town, id, Wish::Current).await.unwrap();
    town.office.gateways().lose_callbacks(true);
    act(&town, &order, Act::Pay);
    town.minutes(30);
    let site = town.office.site();
    let report = in_role("payment-reconcile", payment_reconcile::handle(&site, now(&town), &|| false)).await;
    assert_eq!(report, Report { unfinished: true, ..Report::default() });
    let report = town.office.reconcile().await;
    assert_eq!((report.paid, report.unfinished), (1, false));
    let identity = format!("MOMOTCUADEMO/{}/14422574", order.number);
    assert_eq!(town.money("momo-demo", &identity).await.unwrap().payment.outcome, PaymentOutcome::Paid);
}
