//! Money that fits nothing: kept with its message, listed by age, and decided by a person.

use motcua::store::Owner;
use motcua_local::senders::vnpay;
use rules::dossier::{Event, FeeState};
use rules::http::Reply;
use rules::vnd::Vnd;

use super::*;
use crate::town::FEE_VND;

fn of(town: &Town, reference: &str, transaction: &str, amount: u64) -> Payment {
    Payment { transaction: transaction.into(), amount_vnd: Vnd::new(amount).unwrap(), ..town.paid(reference) }
}

/// Returns a message of VNPAY's that suspects fraud.
fn suspected(town: &Town, reference: &str) -> Letter {
    let genuine = town.callback(&of(town, reference, "700", FEE_VND));
    let query = genuine.target.split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .filter(|(name, _)| name != "vnp_SecureHash")
        .map(|(name, value)| if name == "vnp_ResponseCode" { (name, "07".to_owned()) } else { (name, value) })
        .collect();
    vnpay(&town.channel("vnpay-demo"), &pairs)
}

#[tokio::test]
async fn every_class_of_exception_is_listed_by_age_with_its_reason() {
    let town = Town::new().await;
    let (_, reference) = town.asked("G22-1").await;
    let (withdrawn, over) = town.asked("G22-2").await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "rút" })).await;
    let (_, generic_order) = town.asked_through("G22-3", "generic-demo").await;
    let letters = [
        town.callback(&of(&town, "not-ours", "1", FEE_VND)),
        town.callback(&of(&town, &reference, "2", FEE_VND + 1)),
        generic(&town, &generic_order, "3", &json!({ "currency": "USD" })),
        suspected(&town, &reference),
        town.callback(&of(&town, &over, "5", FEE_VND)),
        town.callback(&of(&town, &generic_order, "6", FEE_VND)),
        town.callback(&of(&town, &reference, "7", FEE_VND)),
        town.callback(&of(&town, &reference, "8", FEE_VND)),
        town.callback(&of(&town, &reference, "7", 1)),
        generic(&town, &generic_order, "10", &json!({ "status": "reversed" })),
    ];
    for letter in letters {
        town.clock.advance(std::time::Duration::from_secs(7));
        assert_eq!(town.send(&letter).await.status().as_u16(), 200, "{letter:?}");
    }
    let waiting = listed(&town).await;
    let expected = [
        "unknown_reference",
        "amount_differs",
        "amount_differs",
        "suspected",
        "not_open",
        "other_channel",
        "already_paid",
        "conflict",
        "reversed",
    ];
    assert_eq!(classes(&waiting), expected);
    let received: Vec<_> = waiting.iter().map(|entry| entry["received_at"].as_str().unwrap()).collect();
    assert!(received.is_sorted());
    assert_eq!(waiting[2]["amount_vnd"], Value::Null, "dollars are no đồng");
}

#[tokio::test]
async fn the_message_as_received_is_shown_to_managers_alone_and_in_no_list() {
    let town = Town::new().await;
    let paid = of(&town, "Ho kinh doanh Tu", "1", FEE_VND);
    town.send(&town.callback(&paid)).await;
    let name = vnpay_name(&town, &paid);
    let list = answered(&town, &asked(&town, "manager", Method::GET, "/api/v1/money")).await.text().to_owned();
    assert!(list.contains(&name) && !list.contains("vnp_OrderInfo"), "{list}");
    assert_eq!(one(&town, "clerk", &name).await["raw"], Value::Null);
    let raw = one(&town, "manager", &name).await["raw"].clone();
    assert!(raw.as_str().unwrap().contains("vnp_OrderInfo=Le+phi+ho+so"), "{raw}");
    decided(&town, &name, "mark-refund", json!({ "reason": "không rõ của ai" })).await;
    assert!(one(&town, "manager", &name).await["raw"].is_string(), "until the money went back");
    decided(&town, &name, "refunded", json!({ "reference": "FT20106", "reason": "đã hoàn" })).await;
    let settled = one(&town, "manager", &name).await;
    assert_eq!((&settled["raw"], &settled["standing"]), (&Value::Null, &json!("refunded")));
}

#[tokio::test]
async fn money_of_another_amount_is_attached_to_the_fee_and_cash_makes_it_whole() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let paid = of(&town, &reference, "1", 100_000);
    town.send(&town.callback(&paid)).await;
    let name = vnpay_name(&town, &paid);
    town.until("2020-04-16T09:00:00+07:00");
    let code = town.dossier(id).await.unwrap().code.unwrap();
    let body = json!({ "dossier": code, "attempt": 1, "reason": "người nộp chuyển thiếu" });
    let done = decided(&town, &name, "attach", body).await;
    assert_eq!((&done["status"], &done["money"]["standing"]), (&json!("recorded"), &json!("settled")));
    let entry = &done["money"]["history"][0];
    assert_eq!((&entry["by"], &entry["because"]), (&json!("manager"), &json!("người nộp chuyển thiếu")));
    assert_eq!(entry["at"], "2020-04-16T02:00:00Z");
    assert_eq!(listed(&town).await, Vec::<Value>::new());
    let seen =
        town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": 25_000, "receipt_no": "7" })).await;
    let fee = &seen["dossier"]["fees"][0];
    assert_eq!((&fee["state"], &fee["paid_vnd"], &fee["missing_vnd"]), (&json!("paid"), &json!(125_000), &json!(0)));
    let history = town.history(id).await;
    assert!(matches!(&history[4].events[..], [Event::MoneyAttached { .. }, Event::FeePartPaid { .. }]));
    assert!(matches!(&history[5].events[..], [Event::FeePaid { .. }, Event::ClockResumed { .. }]));
}

#[tokio::test]
async fn money_goes_back_in_two_steps_each_with_its_reason() {
    let town = Town::new().await;
    let (_, reference) = town.asked("G22-1").await;
    for transaction in ["1", "2"] {
        town.send(&town.callback(&of(&town, &reference, transaction, FEE_VND))).await;
    }
    let second = vnpay_name(&town, &of(&town, &reference, "2", FEE_VND));
    assert_eq!(classes(&listed(&town).await), ["already_paid"]);
    let early = decision(&town, "manager", (&second, 1), "refunded", "k", &json!({ "reference": "F", "reason": "r" }));
    assert_eq!(answered(&town, &early).await.status().as_u16(), 422);
    let silent = decision(&town, "manager", (&second, 1), "mark-refund", "k", &json!({}));
    assert_eq!(json_of(&answered(&town, &silent).await)["field"], "reason");
    decided(&town, &second, "mark-refund", json!({ "reason": "nộp hai lần" })).await;
    assert_eq!(listed(&town).await[0]["standing"], "to_refund");
    // A payment that is reported twice stays as it was decided.
    town.send(&town.callback(&of(&town, &reference, "2", FEE_VND))).await;
    let done = decided(&town, &second, "refunded", json!({ "reference": "FT20106", "reason": "đã hoàn" })).await;
    assert_eq!(done["money"]["refund_reference"], "FT20106");
    assert_eq!(done["money"]["history"].as_array().unwrap().len(), 2);
    assert_eq!(listed(&town).await, Vec::<Value>::new());
    let again = decision(&town, "manager", (&second, 3), "mark-refund", "k2", &json!({ "reason": "lại" }));
    let answer = answered(&town, &again).await;
    assert_eq!((answer.status().as_u16(), &json_of(&answer)["status"]), (422, &json!("refused")));
}

#[tokio::test]
async fn a_decision_needs_a_manager_a_version_a_key_and_a_dossier_that_is_there() {
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    let paid = of(&town, "not-ours", "1", FEE_VND);
    town.send(&town.callback(&paid)).await;
    let name = vnpay_name(&town, &paid);
    let body = json!({ "dossier": id.as_str(), "attempt": 1, "reason": "đúng hồ sơ" });
    for role in ["clerk", "specialist", "administrator"] {
        assert_eq!(
            answered(&town, &decision(&town, role, (&name, 1), "attach", "k", &body)).await.status().as_u16(),
            403
        );
    }
    let stale = answered(&town, &decision(&town, "manager", (&name, 2), "attach", "k", &body)).await;
    assert_eq!((stale.status().as_u16(), stale.header("etag")), (412, Some("\"1\"")));
    let mut bare = decision(&town, "manager", (&name, 1), "attach", "k", &body);
    bare.headers_mut().remove("if-match");
    assert_eq!(answered(&town, &bare).await.status().as_u16(), 428);
    for nowhere in ["ZZZZZZZZZZZZ", "H32-khong-co"] {
        let body = json!({ "dossier": nowhere, "reason": "x" });
        let answer = answered(&town, &decision(&town, "manager", (&name, 1), "attach", "k", &body)).await;
        assert_eq!((answer.status().as_u16(), &json_of(&answer)["field"]), (400, &json!("dossier")), "{nowhere}");
    }
    for unknown in ["AAAA", "x", "%2e%2e", &"A".repeat(5_000)] {
        let target = format!("/api/v1/money/{unknown}");
        assert_eq!(answered(&town, &asked(&town, "clerk", Method::GET, &target)).await.status().as_u16(), 404);
    }
    let first = answered(&town, &decision(&town, "manager", (&name, 1), "attach", "k", &body)).await;
    assert_eq!(json_of(&first)["status"], "recorded", "{}", first.text());
    let again = answered(&town, &decision(&town, "manager", (&name, 1), "attach", "k", &body)).await;
    assert_eq!(json_of(&again)["status"], "already_recorded");
    let other = json!({ "dossier": id.as_str(), "attempt": 1, "reason": "khác" });
    assert_eq!(
        answered(&town, &decision(&town, "manager", (&name, 2), "attach", "k", &other)).await.status().as_u16(),
        409
    );
    assert_eq!(town.dossier(id).await.unwrap().fees[0].state, FeeState::Paid);
}

#[tokio::test]
async fn another_agency_s_money_is_not_there() {
    let town = Town::new().await;
    let paid = of(&town, "not-ours", "1", FEE_VND);
    town.send(&town.callback(&paid)).await;
    let two = r#"
        id_key = "demo-dossier-id-key-000000000001"
        [[agencies]]
        code = "000.00.01.H32"
        name = "Ban Quản lý"
        [[agencies]]
        code = "000.00.02.H32"
        name = "Sở khác"
    "#;
    town.office.configure(rules::config::Config::strict(two, rules::config::Host::Loopback).unwrap());
    let name = vnpay_name(&town, &paid);
    let mut read = asked(&town, "manager", Method::GET, &format!("/api/v1/money/{name}"));
    assert_eq!(answered(&town, &read).await.status().as_u16(), 200);
    read.extensions_mut().insert(claims("000.00.02.H32", "boss", "manager"));
    assert_eq!(answered(&town, &read).await.status().as_u16(), 404);
    let mut list = asked(&town, "manager", Method::GET, "/api/v1/money");
    list.extensions_mut().insert(claims("000.00.02.H32", "boss", "manager"));
    assert_eq!(json_of(&answered(&town, &list).await)["items"], json!([]));
}

#[tokio::test]
async fn a_long_list_comes_by_the_page_and_names_no_place_twice() {
    let town = Town::new().await;
    for number in 0..120 {
        town.send(&town.callback(&of(&town, "not-ours", &format!("{number}"), FEE_VND))).await;
        town.clock.advance(std::time::Duration::from_secs(7));
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let list = asked(&town, "clerk", Method::GET, &format!("/api/v1/money?{after}"));
        let page = json_of(&answered(&town, &list).await);
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        match page["next_after"].as_str() {
            Some(next) => after = format!("after={}", rules::http::query::encode(next.as_bytes())),
            None => break,
        }
    }
    let expected: Vec<_> = (0..120).map(|n| vnpay_name(&town, &of(&town, "not-ours", &n.to_string(), 1))).collect();
    assert_eq!(seen, expected);
    let odd = asked(&town, "clerk", Method::GET, "/api/v1/money?after=hom-qua");
    assert_eq!(json_of(&answered(&town, &odd).await)["field"], "after");
}

#[tokio::test]
async fn money_attached_to_a_withdrawn_dossier_is_recorded_there_and_has_no_voucher() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.clerk(id, "withdraw", json!({ "reason": "rút" })).await;
    let paid = of(&town, &reference, "1", FEE_VND);
    town.send(&town.callback(&paid)).await;
    let name = vnpay_name(&town, &paid);
    let to_fee = decision(
        &town,
        "manager",
        (&name, 1),
        "attach",
        "k",
        &json!({ "dossier": id.as_str(), "attempt": 1, "reason": "x" }),
    );
    assert_eq!(answered(&town, &to_fee).await.status().as_u16(), 422);
    decided(&town, &name, "attach", json!({ "dossier": id.as_str(), "reason": "giữ lại theo đơn" })).await;
    assert_eq!(town.office.sweep().await.vouchers, 0);
    let money = town.money("vnpay-demo", &format!("MOTCUA01/{reference}/1")).await.unwrap();
    assert_eq!((money.owner, money.attempt), (Owner::Dossier(id), None));
}
