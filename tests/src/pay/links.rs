use motcua_local::senders::Letter;
use rules::config::{Config, DEMO, Host};
use rules::http::{Reply, Response};
use serde_json::Value;

use super::*;
use crate::town::{claiming, request};

async fn link(town: &Town, id: &str, query: &str) -> Response {
    let letter = Letter {
        method: http::Method::GET,
        target: format!("/api/v1/dossiers/{id}/pay-link?{query}"),
        headers: vec![("x-forwarded-for", "1.2.3.4, 203.113.131.1".into())],
        body: String::new(),
    };
    let claims = motcua_local::office::claims(town.agency().as_str(), "clerk", "clerk");
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
    town.office.gateways().configure(&Config::demo());
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
