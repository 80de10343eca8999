//! Keys: two live at once, changed without a deployment, each good for its own channel alone.

use motcua::store::{Money, Owner};
use rules::config::{Config, Host};
use rules::dossier::{Because, FeeState};

use super::*;
use crate::town::rsp_code;

const OLD: &str = "demo-vnpay-hash-secret-000000001";
const NEW: &str = "vnpay-hash-secret-of-next-year-1";

/// Returns the demo office with these keys of VNPAY, and a second VNPAY channel of another contract.
fn keys(live: &[&str]) -> Config {
    let live: Vec<_> = live.iter().map(|key| format!("{key:?}")).collect();
    let text = format!(
        r#"
        id_key = "demo-dossier-id-key-000000000001"
        [[channels]]
        id = "vnpay-demo"
        gateway = "vnpay"
        merchant = "MOTCUA01"
        keys = [{}]
        [[channels]]
        id = "vnpay-other"
        gateway = "vnpay"
        merchant = "MOTCUA02"
        keys = ["vnpay-hash-secret-of-the-other-1"]
        [[portals]]
        id = "dvcqg-demo"
        keys = ["whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk="]
        "#,
        live.join(", ")
    );
    Config::strict(&text, Host::Loopback).unwrap()
}

/// Returns a payment as a channel with this current key would sign it, sent to `vnpay-demo`.
fn signed(town: &Town, key: &str, reference: &str, transaction: &str) -> Letter {
    let config = keys(&[key]);
    let paid = Payment { transaction: transaction.into(), ..town.paid(reference) };
    motcua_local::senders::payment(config.channel("vnpay-demo").unwrap(), &paid, town.clock.now()).unwrap()
}

#[tokio::test]
async fn a_key_is_changed_without_a_deployment_and_the_removed_one_is_refused() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let told =
        async |key: &str, transaction: &str| rsp_code(&town.send(&signed(&town, key, &reference, transaction)).await);
    assert_eq!(told(NEW, "1").await, "97", "not yet");
    town.office.configure(keys(&[NEW, OLD]));
    assert_eq!(told(OLD, "2").await, "00", "what was signed before the change");
    assert_eq!(told(NEW, "3").await, "02", "paid before, and believed");
    town.office.configure(keys(&[NEW]));
    town.office.wire().reset();
    assert_eq!(told(OLD, "4").await, "97");
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    // A gateway repeats a message that it signed with the old key: it signs it anew.
    assert_eq!(told(NEW, "2").await, "02");
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Paid);
    assert_eq!(classes(&listed(&town).await), ["already_paid"]);
}

#[test]
fn a_third_key_is_refused_by_the_configuration() {
    let text = r#"
        id_key = "demo-dossier-id-key-000000000001"
        [[channels]]
        id = "c"
        gateway = "payos"
        keys = ["0123456789abcdef", "0123456789abcdeg", "0123456789abcdeh"]
    "#;
    assert!(Config::strict(text, Host::Loopback).is_err());
}

#[tokio::test]
async fn a_channel_s_key_is_never_good_for_another_channel_s_order_and_its_money_is_a_person_s() {
    let town = Town::new().await;
    town.office.configure(keys(&[OLD]));
    let (id, reference) = town.asked("G22-1").await;
    // With the other's key at this channel: forged.
    let other_key = signed(&town, "vnpay-hash-secret-of-the-other-1", &reference, "1");
    assert_eq!(rsp_code(&town.send(&other_key).await), "97");
    // At its own channel it is authentic, but the order belongs to another channel.
    let other = town.channel("vnpay-other");
    let written = Payment { transaction: "2".into(), ..town.paid(&reference) };
    let letter = motcua_local::senders::payment(&other, &written, town.clock.now()).unwrap();
    assert_eq!(rsp_code(&town.send(&letter).await), "01");
    let money: Money = town.money("vnpay-other", &format!("MOTCUA02/{reference}/2")).await.unwrap();
    assert_eq!(money.owner, Owner::Unclaimed(Because::OtherChannel));
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Open);
    assert_eq!(classes(&listed(&town).await), ["other_channel"]);
}
