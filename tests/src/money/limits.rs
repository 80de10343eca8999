//! Amounts that a gateway does not take: refused where a fee is asked for and where an order is opened, with the
//! channels that take them.

use motcua::recorder::{Order, Receipt};
use rules::dossier::{Action, Actor, Command};
use rules::http::Reply;
use rules::vnd::Vnd;

use super::*;

async fn accepted(town: &Town, code: &str) -> rules::id::DossierId {
    let id = town.submit(code).await;
    town.clerk(id, "accept", json!({})).await;
    id
}

#[tokio::test]
async fn a_fee_that_vnpay_does_not_take_is_refused_and_another_channel_is_offered() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    for amount in [1_u64, 2_000, 4_999, 1_000_000_000] {
        let body = json!({ "channel": "vnpay-demo", "amount_vnd": amount });
        let answer = town.staff("clerk", id, "ask-fee", &body).await;
        assert_eq!(answer.status().as_u16(), 422, "{amount}: {}", answer.text());
        let told = answer.text();
        assert!(told.contains("takes VND 5,000") && told.contains("momo-demo"), "{told}");
        assert!(!told.contains("one: vnpay-demo") && !told.contains(", vnpay-demo"), "{told}");
    }
    for (channel, amount) in [("vnpay-demo", 5_000_u64), ("vnpay-demo", 999_999_999), ("momo-demo", 2_000)] {
        town.clerk(id, "ask-fee", json!({ "channel": channel, "amount_vnd": amount })).await;
    }
    let again = json!({ "attempt": 3, "channel": "vnpay-demo" });
    let answer = town.staff("clerk", id, "ask-again", &again).await;
    assert_eq!(answer.status().as_u16(), 422, "{}", answer.text());
}

#[tokio::test]
async fn an_order_that_the_gateway_would_decline_is_not_opened() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    // Asked for by a version that knew no limits.
    let now = town.clock.now();
    let action = Action::AskFee { channel: "vnpay-demo".into(), amount_vnd: Vnd::new(2_000).unwrap() };
    let digest = "of-an-earlier-version".to_owned();
    let order = Order {
        agency: town.agency(),
        id,
        command: Command::now(now, Actor::Staff("clerk".into()), action),
        receipt: Receipt { source: "desk".into(), delivery: "earlier".into(), as_written: digest.clone(), digest },
        called: None,
        expected_version: None,
        form: None,
        person: None,
        accept: false,
    };
    let recorder = town.office.site().recorder.clone().with_tills(std::collections::BTreeMap::new());
    Box::pin(recorder.record(&order)).await.unwrap();
    let target = format!("/api/v1/dossiers/{id}/pay-link?attempt=1");
    let answer = answered(&town, &asked(&town, "clerk", Method::POST, &target)).await;
    assert_eq!(answer.status().as_u16(), 422, "{}", answer.text());
    assert!(answer.text().contains("momo-demo"), "{}", answer.text());
}
