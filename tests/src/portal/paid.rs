//! Payments made at the portal: recorded as the gateway's own, in either order, once.

use motcua::store::{Owner, TaskKind};
use motcua_local::senders::payment;
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Because, Event, FeeState, Phase};
use rules::vnd::Vnd;

use super::*;
use crate::town::FEE_VND;

const CHANNEL: &str = "paygov-demo";

fn confirmed(order: &str) -> Value {
    json!({
        "MaThamChieu": order, "SoTien": FEE_VND.to_string(), "MaTienTe": "VND", "MaGiaoDich": "14422574",
        "MaLoi": "00", "ThoiGianGD": "20200415080000", "MaDoiTac": "MOTCUADVC",
    })
}

async fn paid(town: &Town, delivery: &str, data: Value) -> Value {
    body(&town.portal("payment.confirmed", delivery, about(CODE, data)).await)
}

async fn settled(town: &Town, id: rules::id::DossierId, what: &str) {
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!((dossier.fees[0].state, dossier.phase()), (FeeState::Paid, Phase::Accepted), "{what}");
    let paid = town.events(id).await.into_iter().filter(|event| matches!(event, Event::FeePaid { .. })).count();
    assert_eq!((paid, town.for_a_person(TaskKind::Money).await), (1, 0), "{what}");
}

#[tokio::test]
async fn a_fee_paid_at_the_portal_is_paid_with_amount_reference_and_instant() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through(CODE, CHANNEL).await;
    let answer = paid(&town, "p_1", confirmed(&reference)).await;
    assert_eq!(
        answer,
        json!({ "status": "recorded", "did": "payment_recorded", "dossier": id.to_string(), "code": CODE })
    );
    settled(&town, id, "paid").await;
    let money = town.money(CHANNEL, &format!("MOTCUADVC/{reference}")).await.unwrap();
    assert_eq!((money.owner, money.reference), (Owner::Dossier(id), reference));
    assert_eq!(money.payment.amount_vnd, Vnd::new(FEE_VND).ok());
    assert_eq!(money.at, crate::town::at(crate::town::MORNING));
}

#[tokio::test]
async fn the_gateway_s_own_callback_and_the_portal_s_message_are_one_payment_in_either_order() {
    for portal_first in [true, false] {
        let town = Town::new().await;
        let (id, reference) = town.asked_through(CODE, CHANNEL).await;
        let callback = payment(&town.channel(CHANNEL), &town.paid(&reference), town.clock.now()).unwrap();
        if portal_first {
            assert_eq!(paid(&town, "p_1", confirmed(&reference)).await["status"], "recorded");
            let answer = town.send(&callback).await;
            assert!(answer.text().contains("already recorded"), "{}", answer.text());
        } else {
            assert!(town.send(&callback).await.text().contains("\"00\""));
            assert_eq!(paid(&town, "p_1", confirmed(&reference)).await["status"], "already_recorded");
        }
        settled(&town, id, if portal_first { "portal first" } else { "gateway first" }).await;
    }
}

#[tokio::test]
async fn a_payment_told_again_under_other_bytes_or_another_delivery_is_counted_once() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through(CODE, CHANNEL).await;
    paid(&town, "p_1", confirmed(&reference)).await;
    town.minutes(3);
    let mut rewritten = confirmed(&reference);
    rewritten["SoTien"] = json!(FEE_VND);
    rewritten["GhiChu"] = json!("nhắc lại");
    for (delivery, data) in [("p_1", confirmed(&reference)), ("p_1", rewritten.clone()), ("p_2", rewritten)] {
        assert_eq!(paid(&town, delivery, data).await["status"], "already_recorded", "{delivery}");
    }
    settled(&town, id, "once").await;
}

#[tokio::test]
async fn an_order_of_the_portal_s_own_pays_the_one_open_fee_that_it_fits() {
    let town = Town::new().await;
    let (id, _) = town.asked_through(CODE, CHANNEL).await;
    assert_eq!(paid(&town, "p_1", confirmed("DVC-2020-7")).await["did"], "payment_recorded");
    settled(&town, id, "the only open fee").await;
    // The same again finds the fee paid, and is the same payment all the same.
    assert_eq!(paid(&town, "p_2", confirmed("DVC-2020-7")).await["status"], "already_recorded");
    settled(&town, id, "once").await;
}

#[tokio::test]
async fn money_that_fits_no_fee_is_never_dropped() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through(CODE, CHANNEL).await;
    let mut other_amount = confirmed(&reference);
    other_amount["SoTien"] = json!("1000");
    let answer = paid(&town, "p_1", other_amount).await;
    assert_eq!((&answer["status"], &answer["did"]), (&json!("kept"), &json!("kept_for_a_person")));
    assert_eq!(answer["reason"], "The amount is not the one asked for.");
    let unknown = paid(&town, "p_2", {
        let mut data = confirmed("DVC-9");
        data["SoTien"] = json!("7");
        data
    })
    .await;
    assert_eq!(unknown["reason"], "No fee has this reference.");
    let mut foreign = confirmed("DVC-10");
    foreign["MaDoiTac"] = json!("SHOPKHAC");
    assert_eq!(paid(&town, "p_3", foreign).await["status"], "kept", "another merchant's money pays nothing here");
    assert_eq!(town.for_a_person(TaskKind::Money).await, 3);
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Open);
}

#[tokio::test]
async fn a_payment_for_a_dossier_that_ended_waits_for_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through(CODE, CHANNEL).await;
    town.portal("dossier.withdrawn", "w_1", about(CODE, json!({}))).await;
    let answer = paid(&town, "p_1", confirmed(&reference)).await;
    assert_eq!((&answer["status"], &answer["reason"]), (&json!("kept"), &json!("The dossier is over.")));
    let money = town.money(CHANNEL, &format!("MOTCUADVC/{reference}")).await.unwrap();
    assert_eq!(money.owner, Owner::Unclaimed(Because::NotOpen));
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
}

#[tokio::test]
async fn a_payment_that_cannot_be_read_is_answered_with_its_field_and_kept_as_it_came() {
    let town = Town::new().await;
    let (_, reference) = town.asked_through(CODE, CHANNEL).await;
    let mut data = confirmed(&reference);
    data["SoTien"] = json!("12,5");
    let letter = told_by(&town, NATIONAL, "payment.confirmed", "p_1", &about(CODE, data));
    for _ in 0..2 {
        let answer = town.send(&letter).await;
        assert_eq!(answer.status().as_u16(), 400);
        assert_eq!(body(&answer)["field"], "data.SoTien");
    }
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1, "money is never dropped");
}

#[tokio::test]
async fn a_portal_whose_entry_names_no_channel_leaves_its_payments_to_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through(CODE, CHANNEL).await;
    let text = DEMO.replace("payments = \"paygov-demo\"\n", "");
    assert_ne!(text, DEMO);
    town.office.configure(Config::strict(&text, Host::Loopback).unwrap());
    let answer = paid(&town, "p_1", confirmed(&reference)).await;
    assert_eq!(answer["reason"], "The entry of this portal names no channel for payments.");
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Open);
}

#[tokio::test]
async fn a_payment_before_its_dossier_is_applied_once_the_dossier_is_there() {
    let town = Town::new().await;
    let answer = paid(&town, "p_1", confirmed("DVC-2020-7")).await;
    assert_eq!((&answer["status"], &answer["did"]), (&json!("kept"), &json!("kept_until_its_dossier_is_there")));
    let (id, _) = town.asked_through(CODE, CHANNEL).await;
    town.settle(2).await;
    settled(&town, id, "applied by the sweep").await;
}

#[tokio::test]
async fn who_paid_stands_in_no_key() {
    let town = Town::new().await;
    town.asked_through(CODE, CHANNEL).await;
    paid(&town, "p_1", confirmed("Nguyen Van Mau 0905000001")).await;
    let site = town.office.site();
    let store = site.recorder.store();
    let all = store.client().scan().table_name(store.table()).send().await.unwrap().items.unwrap_or_default();
    let keys = all.iter().map(|item| format!("{:?} {:?}", item["pk"], item["sk"]));
    assert!(keys.into_iter().all(|key| !key.contains("Nguyen") && !key.contains("0905000001")));
}
