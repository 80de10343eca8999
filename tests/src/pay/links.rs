use motcua::store::{Declined, Did};
use motcua_local::senders::Letter;
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::config::{Config, DEMO, Host};
use rules::http::{Reply, Response};
use serde_json::Value;

use super::*;
use crate::desk::audited::acts;
use crate::sign_in::{Browser, csrf_in, location, of};
use crate::town::{claiming, request};

async fn link(town: &Town, id: &str, query: &str) -> Response {
    asks(town, "clerk", http::Method::POST, id, query).await
}

async fn asks(town: &Town, role: &str, method: http::Method, id: &str, query: &str) -> Response {
    let letter = Letter {
        method,
        target: format!("/api/v1/dossiers/{id}/pay-link?{query}"),
        headers: vec![("x-forwarded-for", "1.2.3.4, 203.113.131.1".into())],
        body: String::new(),
    };
    let claims = motcua_local::office::claims(town.agency().as_str(), role, role);
    let request = claiming(request(&letter), claims);
    Box::pin(town.office.answer(&request)).await.unwrap()
}

fn json_of(response: &Response) -> Value {
    assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    serde_json::from_str(response.text()).unwrap()
}

#[tokio::test]
async fn a_clerk_is_given_the_same_link_until_it_has_run_out_and_a_fresh_one_on_demand() {
    for channel in ASKABLE {
        let town = Town::new().await;
        let id = asked(&town, "G22-1", channel).await.to_string();
        let first = link(&town, &id, "attempt=1").await;
        assert_eq!(first.header("cache-control"), Some("no-store"));
        let first = json_of(&first);
        assert_eq!((first["channel"].as_str(), first["amount_vnd"].as_u64()), (Some(channel), Some(FEE_VND)));
        assert!(first["url"].as_str().unwrap().starts_with(&format!("/local/pay/{channel}?")));
        assert_eq!(json_of(&link(&town, &id, "attempt=1").await), first, "{channel}");
        let fresh = json_of(&link(&town, &id, "attempt=1&fresh=true").await);
        assert_eq!(fresh["reference"], format!("{id}01B"), "{channel}");
        assert_eq!(json_of(&link(&town, &id, "attempt=1").await), fresh, "{channel}");
        town.minutes(60);
        assert_eq!(json_of(&link(&town, &id, "attempt=1").await)["reference"], format!("{id}01C"), "{channel}");
    }
}

#[tokio::test]
async fn a_vnpay_link_carries_the_address_that_the_door_saw() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "vnpay-demo").await.to_string();
    let url = json_of(&link(&town, &id, "attempt=1").await)["url"].as_str().unwrap().to_owned();
    assert!(url.contains("vnp_IpAddr=203.113.131.1&") && url.contains(&format!("vnp_TxnRef={id}01&")), "{url}");
}

#[tokio::test]
async fn behind_a_front_it_carries_the_address_that_the_front_saw() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "vnpay-demo").await.to_string();
    let fronted = format!("front_keys = [\"the-front-s-key-000000001\"]\n{DEMO}");
    town.office.configure(Config::strict(&fronted, Host::Loopback).unwrap());
    let url = json_of(&link(&town, &id, "attempt=1").await)["url"].as_str().unwrap().to_owned();
    assert!(url.contains("vnp_IpAddr=1.2.3.4&"), "{url}");
}

/// Returns what was done about orders so far: who, and for which attempt; `None` for a refusal.
async fn about_orders(town: &Town) -> Vec<(String, Option<u8>)> {
    let entries = acts(town).await.into_iter();
    let told = entries.filter_map(|entry| match entry.did {
        Did::OpenedOrder { attempt, .. } => Some((entry.who, Some(attempt))),
        Did::Refused { what, id: Some(_), because: Declined::NotAllowed } if what == "pay-link" => {
            Some((entry.who, None))
        }
        _ => None,
    });
    told.collect()
}

#[tokio::test]
async fn an_order_is_opened_by_a_post_of_those_who_handle_dossiers_with_an_entry_first() {
    let town = Town::new().await;
    let asked_for = asked(&town, "G22-1", "momo-demo").await;
    let id = asked_for.to_string();
    for method in [http::Method::GET, http::Method::PUT, http::Method::DELETE] {
        let looked = asks(&town, "clerk", method, &id, "attempt=1").await;
        assert_eq!((looked.status().as_u16(), looked.header("allow")), (405, Some("POST")));
    }
    let expected = [("administrator", 403, None), ("specialist", 200, Some(1)), ("manager", 200, Some(1))];
    let mut entries = Vec::new();
    for (role, status, attempt) in expected {
        town.minutes(1);
        assert_eq!(asks(&town, role, http::Method::POST, &id, "attempt=1").await.status().as_u16(), status, "{role}");
        entries.push((role.to_owned(), attempt));
    }
    assert_eq!(about_orders(&town).await, entries);
    // An order that cannot be audited is not opened.
    town.minutes(120);
    let order = open(&town, asked_for, Wish::Current).await.unwrap().order;
    town.minutes(120);
    let plan = Plan::Burst { first_call: 3, calls: 9, fault: Fault::Throttle };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    assert_eq!(link(&town, &id, "attempt=1").await.status().as_u16(), 503);
    town.office.wire().set_faults(Faults::none());
    assert_eq!(open(&town, asked_for, Wish::Current).await.unwrap().order, order + 1);
}

#[tokio::test]
async fn the_page_opens_an_order_by_its_form_alone() {
    let town = Town::new().await;
    let asked_for = asked(&town, "G22-1", "momo-demo").await;
    let (dossier, pay) = (format!("/desk/dossiers/{asked_for}"), format!("/desk/dossiers/{asked_for}/pay"));
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    for path in [format!("{pay}?attempt=1"), pay.clone()] {
        let looked = clerk.get(&path).await;
        assert_eq!((looked.status().as_u16(), location(&looked)), (303, dossier.as_str()));
    }
    let forged = clerk.post(&pay, &[("attempt", "1")]).await;
    assert_eq!(forged.status().as_u16(), 403, "{}", forged.text());
    town.minutes(1);
    let shown = clerk.get(&dossier).await;
    assert!(shown.text().contains(&format!("action=\"{pay}\"")), "{}", shown.text());
    let csrf = csrf_in(shown.text());
    town.minutes(1);
    let page = clerk.post(&pay, &[("csrf", &csrf), ("attempt", "1")]).await;
    assert!(page.status() == 200 && page.text().contains(&format!("{asked_for}01")), "{}", page.text());
    for wrong in ["2", "300", "", "x"] {
        let page = clerk.post(&pay, &[("csrf", &csrf), ("attempt", wrong)]).await;
        assert_eq!(page.status().as_u16(), 404, "{wrong}");
    }
    assert_eq!(open(&town, asked_for, Wish::Current).await.unwrap().order, 1, "one was opened");
    let mut administrator = Browser::new(&town);
    administrator.signs_in(&of(&town, "administrator"), "/desk").await;
    town.minutes(1);
    let shown = administrator.get(&dossier).await;
    assert!(shown.status() == 200 && !shown.text().contains(&pay), "{}", shown.text());
    let csrf = csrf_in(shown.text());
    town.minutes(1);
    assert_eq!(administrator.post(&pay, &[("csrf", &csrf), ("attempt", "1")]).await.status().as_u16(), 403);
    let entries: Vec<_> = about_orders(&town).await.into_iter().map(|(_, attempt)| attempt).collect();
    assert_eq!(entries, [Some(1), None], "no attempt that does not exist");
}

#[tokio::test]
async fn an_attempt_that_has_no_order_left_is_begun_anew_by_asking_again() {
    let town = Town::new().await;
    let asked_for = asked(&town, "G22-1", "momo-demo").await;
    let id = asked_for.to_string();
    for _ in 0..26 {
        assert_eq!(link(&town, &id, "attempt=1&fresh=true").await.status().as_u16(), 200);
    }
    let none = link(&town, &id, "attempt=1&fresh=true").await;
    assert!(none.status() == 409 && none.text().contains("ask-again"), "{}", none.text());
    // The one that is open goes on.
    assert_eq!(json_of(&link(&town, &id, "attempt=1").await)["reference"], format!("{id}01Z"));
    town.minutes(60);
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    let csrf = csrf_in(clerk.get(&format!("/desk/dossiers/{id}")).await.text());
    let told = clerk.post(&format!("/desk/dossiers/{id}/pay"), &[("csrf", &csrf), ("attempt", "1")]).await;
    assert!(told.status() == 409 && told.text().contains("đã mở quá nhiều đơn"), "{}", told.text());
    town.clerk(asked_for, "ask-again", json!({ "attempt": 1, "channel": "zalopay-demo" })).await;
    let next = json_of(&link(&town, &id, "attempt=2").await);
    assert!(next["reference"].as_str().unwrap().ends_with(&format!("{id}02")), "{next}");
}

#[tokio::test]
async fn a_transfer_is_led_by_a_code_and_its_picture() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "generic-demo").await.to_string();
    let link = json_of(&link(&town, &id, "attempt=1").await);
    assert_eq!(link["url"], Value::Null);
    assert!(link["qr"].as_str().unwrap().contains(&format!("{id}01")));
    assert!(link["qr_svg"].as_str().unwrap().starts_with("<svg"));
}

#[tokio::test]
async fn what_cannot_be_paid_so_says_why() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "stripe-demo").await.to_string();
    let check = async |name: &str, query: &str, status: u16, words: &str| {
        let response = link(&town, name, query).await;
        assert_eq!(response.status().as_u16(), status, "{query}: {}", response.text());
        assert!(response.text().contains(words), "{query}: {}", response.text());
    };
    check(&id, "attempt=1", 409, "orders are not opened at this channel's gateway").await;
    check(&id, "attempt=2", 404, "not found").await;
    check(&id, "", 400, "\"field\":\"attempt\"").await;
    check(&id, "attempt=300", 400, "\"field\":\"attempt\"").await;
    check(&id, "attempt=1&fresh=yes", 400, "\"field\":\"fresh\"").await;
    check("ZZZZZZZZZZZZ", "attempt=1", 404, "not found").await;
    let paid = asked(&town, "G22-2", "vnpay-demo").await;
    act(&town, &open(&town, paid, Wish::Current).await.unwrap(), Act::Pay);
    town.office.call_back().await;
    check(&paid.to_string(), "attempt=1", 409, "the fee is not open").await;
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_leaves_an_order_that_is_asked_about() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "momo-demo").await;
    // The gateway no longer has such a channel.
    let without = DEMO.replace("id = \"momo-demo\"", "id = \"momo-gone\"");
    town.office.gateways().configure(&Config::strict(&without, Host::Loopback).unwrap());
    assert!(matches!(open(&town, id, Wish::Current).await, Err(OpenError::Web(_))));
    assert_eq!(link(&town, &id.to_string(), "attempt=1").await.status().as_u16(), 503);
    town.office.gateways().configure(&crate::prompt::prompt());
    // Whether one of those orders was paid is found out all the same.
    let third = open(&town, id, Wish::Current).await.unwrap();
    assert_eq!(third.order, 3);
    let report = minutes(&town, 3 * 60).await;
    assert_eq!((report.unpaid, report.given_up), (3, 0), "{report:?}");
}

#[tokio::test]
async fn payos_s_integer_leads_back_to_the_attempt() {
    let town = Town::new().await;
    let id = asked(&town, "G22-1", "payos-demo").await;
    let order = open(&town, id, Wish::Current).await.unwrap();
    let number: u64 = order.number.parse().unwrap();
    assert!((1 << 52..1 << 53).contains(&number));
    act(&town, &order, Act::Pay);
    town.office.call_back().await;
    let call = town.office.gateways().calls("payos-demo", &order.number).remove(0);
    assert_eq!(call.told[0].answer.as_ref().unwrap().text(), "{\"success\":true}");
    assert_eq!(fee(&town, id).await, FeeState::Paid);
}
