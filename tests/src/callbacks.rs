//! Payment callbacks against the whole office: repeats, order, matching, forgeries.

use motcua::store::{Owner, TaskKind};
use motcua_local::senders::{Letter, payment, vnpay};
use rules::dossier::{Because, Event, FeeState, Phase};
use rules::http::Reply;
use rules::vnd::Vnd;
use serde_json::json;

use crate::town::{FEE_VND, Town, rsp_code};

fn paid_events(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::FeePaid { .. })).count()
}

#[tokio::test]
async fn a_payment_is_recorded_once_and_its_repeats_are_told_so() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let callback = town.callback(&town.paid(&reference));
    let codes = [town.send(&callback).await, town.send(&callback).await, town.send(&callback).await];
    assert_eq!(codes.each_ref().map(rsp_code), ["00", "02", "02"]);
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!(dossier.fees[0].state, FeeState::Paid);
    assert_eq!(paid_events(&town.events(id).await), 1);
    let money = town.money("vnpay-demo", &format!("MOTCUA01/{reference}/14422574")).await.unwrap();
    assert_eq!(money.owner, Owner::Dossier(id));
    assert_eq!(money.payment.amount_vnd, Some(Vnd::new(FEE_VND).unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_copies_at_once_leave_one_payment_one_00_and_one_message() {
    let town = std::sync::Arc::new(Town::new().await);
    let (id, reference) = town.asked("G22-1").await;
    town.office.deliver().await.unwrap();
    let before = town.sms().len();
    let callback = town.callback(&town.paid(&reference));
    let copies: Vec<_> = (0..50)
        .map(|_| {
            let (town, callback) = (town.clone(), callback.clone());
            tokio::spawn(async move { rsp_code(&town.send(&callback).await) })
        })
        .collect();
    let mut codes = Vec::new();
    for copy in copies {
        codes.push(copy.await.unwrap());
    }
    assert_eq!(codes.iter().filter(|code| *code == "00").count(), 1, "{codes:?}");
    assert!(codes.iter().all(|code| ["00", "02", "99"].contains(&code.as_str())), "{codes:?}");
    assert_eq!(rsp_code(&town.send(&callback).await), "02");
    assert_eq!(paid_events(&town.events(id).await), 1);
    town.office.deliver().await.unwrap();
    let sent: Vec<_> = town.sms().drain(before..).collect();
    assert_eq!(sent.iter().filter(|sms| sms.text.contains("Da thu")).count(), 1);
}

#[tokio::test]
async fn a_forged_callback_costs_no_call_to_the_store_and_is_told_97() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let genuine = town.callback(&town.paid(&reference));
    let version = town.dossier(id).await.unwrap().version;
    let last = genuine.target.len() - 1;
    let other = if genuine.target.ends_with('0') { "1" } else { "0" };
    let forged = [
        Letter { target: format!("{}{other}", &genuine.target[..last]), ..genuine.clone() },
        Letter { target: genuine.target[..last].to_owned(), ..genuine.clone() },
        Letter { target: genuine.target.replace("vnp_Amount=12500000", "vnp_Amount=1250000"), ..genuine.clone() },
        Letter { target: genuine.target.split("&vnp_SecureHash").next().unwrap().to_owned(), ..genuine.clone() },
        Letter { target: format!("{}&vnp_Amount=12500000", genuine.target), ..genuine.clone() },
    ];
    town.office.wire().reset();
    for letter in forged {
        assert_eq!(rsp_code(&town.send(&letter).await), "97", "{}", letter.target);
    }
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    assert_eq!(town.dossier(id).await.unwrap().version, version);
}

#[tokio::test]
async fn an_unknown_reference_is_told_01_and_its_money_waits_for_a_person_in_the_end() {
    let town = Town::new().await;
    let callback = town.callback(&town.paid("ZZZZZZZZZZZZ01"));
    assert_eq!(rsp_code(&town.send(&callback).await), "01");
    assert_eq!(rsp_code(&town.send(&callback).await), "01");
    let foreign = town.callback(&town.paid("not-ours"));
    assert_eq!(rsp_code(&town.send(&foreign).await), "01");
    // A reference that is not ours cannot be on its way.
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    for _ in 0..12 {
        town.minutes(24 * 60);
        town.office.sweep().await;
    }
    assert_eq!(town.for_a_person(TaskKind::Money).await, 2);
}

#[tokio::test]
async fn an_unknown_reference_is_told_01_even_if_other_fields_are_missing_and_99_without_one() {
    let town = Town::new().await;
    let (_, reference) = town.asked("G22-1").await;
    let channel = town.channel("vnpay-demo");
    let pairs =
        |reference: &str| vec![("vnp_TxnRef".to_owned(), reference.to_owned()), ("vnp_TmnCode".into(), "M".into())];
    assert_eq!(rsp_code(&town.send(&vnpay(&channel, &pairs("ZZZZZZZZZZZZ01"))).await), "01");
    assert_eq!(rsp_code(&town.send(&vnpay(&channel, &pairs(&reference))).await), "99");
    assert_eq!(rsp_code(&town.send(&vnpay(&channel, &pairs("")[1..])).await), "99");
    // Each is kept as it came, once.
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 3);
}

#[tokio::test]
async fn another_amount_is_told_04_and_the_money_is_in_front_of_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    for (place, amount) in [1, FEE_VND - 1, FEE_VND + 1, 10 * FEE_VND].into_iter().enumerate() {
        let written = motcua_local::senders::Payment {
            amount_vnd: Vnd::new(amount).unwrap(),
            transaction: format!("9{place}"),
            ..town.paid(&reference)
        };
        assert_eq!(rsp_code(&town.send(&town.callback(&written)).await), "04");
        assert_eq!(rsp_code(&town.send(&town.callback(&written)).await), "04");
    }
    assert_eq!(town.for_a_person(TaskKind::Money).await, 4);
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Open);
    assert_eq!(rsp_code(&town.send(&town.callback(&town.paid(&reference))).await), "00");
}

#[tokio::test]
async fn a_part_of_a_dong_is_another_amount() {
    let town = Town::new().await;
    let (_, reference) = town.asked("G22-1").await;
    let genuine = town.callback(&town.paid(&reference));
    let query = genuine.target.split_once('?').unwrap().1;
    let pairs = |amount: &str| -> Vec<(String, String)> {
        let all = form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(name, _)| name != "vnp_SecureHash");
        all.map(|(name, value)| if name == "vnp_Amount" { (name, amount.to_owned()) } else { (name, value) }).collect()
    };
    let channel = town.channel("vnpay-demo");
    assert_eq!(rsp_code(&town.send(&vnpay(&channel, &pairs("12500050"))).await), "04");
    for no_amount in ["-12500000", "12500000.0", "1.25e7", "9223372036854775808", "0x10", " 12500000"] {
        assert_eq!(rsp_code(&town.send(&vnpay(&channel, &pairs(no_amount))).await), "99", "{no_amount}");
    }
}

#[tokio::test]
async fn a_failure_and_then_a_success_is_paid_and_a_later_failure_does_not_undo_it() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let written = |transaction: &str, paid: bool| motcua_local::senders::Payment {
        transaction: transaction.into(),
        paid,
        ..town.paid(&reference)
    };
    let answers = [
        town.send(&town.callback(&written("1", false))).await,
        town.send(&town.callback(&written("2", true))).await,
        town.send(&town.callback(&written("3", false))).await,
        town.send(&town.callback(&written("1", false))).await,
    ];
    assert_eq!(answers.each_ref().map(rsp_code), ["00", "00", "00", "02"]);
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Paid);
}

#[tokio::test]
async fn a_second_payment_of_one_attempt_is_kept_for_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    let second = motcua_local::senders::Payment { transaction: "14422575".into(), ..town.paid(&reference) };
    assert_eq!(rsp_code(&town.send(&town.callback(&second)).await), "02");
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    assert_eq!(paid_events(&town.events(id).await), 1);
    let money = town.money("vnpay-demo", &format!("MOTCUA01/{reference}/14422575")).await.unwrap();
    assert_eq!(money.owner, Owner::Unclaimed(Because::AlreadyPaid));
}

#[tokio::test]
async fn the_same_transaction_with_other_content_is_a_conflict_kept_beside_the_first() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    let other = motcua_local::senders::Payment { amount_vnd: Vnd::new(1_000).unwrap(), ..town.paid(&reference) };
    let callback = town.callback(&other);
    assert_eq!(rsp_code(&town.send(&callback).await), "02");
    assert_eq!(rsp_code(&town.send(&callback).await), "02");
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    assert_eq!(paid_events(&town.events(id).await), 1);
}

#[tokio::test]
async fn money_for_a_withdrawn_dossier_is_answered_as_received_and_kept_for_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.clerk(id, "withdraw", json!({ "reason": "rút hồ sơ" })).await;
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
    let callback = town.callback(&town.paid(&reference));
    assert_eq!(rsp_code(&town.send(&callback).await), "00");
    assert_eq!(rsp_code(&town.send(&callback).await), "02");
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
}

#[tokio::test]
async fn another_channels_order_is_not_paid_with_a_valid_key() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through("G22-1", "generic-demo").await;
    assert_eq!(rsp_code(&town.send(&town.callback(&town.paid(&reference))).await), "01");
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Open);
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    let generic = payment(&town.channel("generic-demo"), &town.paid(&reference), town.clock.now()).unwrap();
    let answer = town.send(&generic).await;
    assert_eq!((answer.status().as_u16(), answer.text()), (200, r#"{"status":"recorded"}"#));
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Paid);
}

#[tokio::test]
async fn money_that_comes_before_its_dossier_is_unclaimed_then_matched_once_and_a_late_repeat_changes_nothing() {
    let town = Town::new().await;
    let reference = format!("{}01", town.id_of("G22-1"));
    let callback = town.callback(&town.paid(&reference));
    let identity = format!("MOTCUA01/{reference}/14422574");
    assert_eq!(rsp_code(&town.send(&callback).await), "01");
    let money = town.money("vnpay-demo", &identity).await.unwrap();
    assert_eq!(money.owner, Owner::Unclaimed(Because::UnknownReference));
    let (id, asked) = town.asked("G22-1").await;
    assert_eq!(asked, reference);
    town.settle(3).await;
    assert_eq!(town.money("vnpay-demo", &identity).await.unwrap().owner, Owner::Dossier(id));
    assert_eq!(paid_events(&town.events(id).await), 1);
    let version = town.dossier(id).await.unwrap().version;
    assert_eq!(rsp_code(&town.send(&callback).await), "02");
    town.settle(3).await;
    assert_eq!(town.dossier(id).await.unwrap().version, version);
    assert_eq!(town.for_a_person(TaskKind::Money).await, 0);
}

#[tokio::test]
async fn methods_paths_and_sizes_are_refused_before_anything_is_looked_up() {
    let town = Town::new().await;
    let genuine = town.callback(&town.paid("ZZZZZZZZZZZZ01"));
    town.office.wire().reset();
    let post = Letter { method: http::Method::POST, ..genuine.clone() };
    assert_eq!(town.send(&post).await.status().as_u16(), 405);
    let nowhere = Letter { target: "/payments/nobody/callback".into(), ..genuine.clone() };
    assert_eq!(town.send(&nowhere).await.status().as_u16(), 404);
    let long = Letter { target: format!("{}&x={}", genuine.target, "y".repeat(40_000)), ..genuine };
    assert_eq!(town.send(&long).await.text(), r#"{"RspCode":"97","Message":"Invalid signature"}"#);
    assert_eq!(town.office.wire().tally().round_trips(), 0);
}
