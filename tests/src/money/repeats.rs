//! Two messages of one payment: the same if they mean the same, and what else brings money is in the book.

use jiff::civil::date;
use rules::dossier::{Event, FeeState};

use super::*;
use crate::town::FEE_VND;

async fn fee(town: &Town, id: rules::id::DossierId) -> FeeState {
    town.dossier(id).await.unwrap().fees[0].state
}

/// The sums of the book of a channel on the first day.
async fn booked(town: &Town, channel: &str) -> Vec<u64> {
    town.office.deliver().await.unwrap();
    let day = date(2020, 4, 15);
    let store = town.office.site().recorder.store().clone();
    let lines = store.booked(&town.agency(), channel, (day, day), 100).await.unwrap().unwrap();
    lines.into_iter().map(|line| line.amount_vnd.dong()).collect()
}

/// A Stripe event of the demo's channel, which takes test money.
fn stripe(town: &Town, event: &Value) -> Letter {
    let (channel, now) = (town.channel("stripe-demo"), town.clock.now());
    let body = event.to_string();
    let seconds = now.as_second().to_string();
    let parts: [&[u8]; 3] = [seconds.as_bytes(), b".", body.as_bytes()];
    let tag = rules::signature::encode_hex(&rules::signature::sign_hmac_sha256(channel.keys.current(), &parts));
    let headers = vec![("stripe-signature", format!("t={seconds},v1={tag}"))];
    Letter { method: Method::POST, target: "/payments/stripe-demo/callback".into(), headers, body }
}

fn succeeded(town: &Town, id: &str, reference: Option<&str>) -> Value {
    let metadata = reference.map_or(Value::Null, |reference| json!({ "reference": reference }));
    json!({
        "id": "evt_1", "type": "payment_intent.succeeded", "livemode": false,
        "created": town.clock.now().as_second(),
        "data": { "object": { "id": id, "amount": FEE_VND, "amount_received": FEE_VND, "currency": "vnd", "metadata": metadata } },
    })
}

#[tokio::test]
async fn a_message_written_in_another_way_is_the_same_payment() {
    let town = Town::new().await;
    let (_, reference) = town.asked_through("G22-1", "generic-demo").await;
    let first = generic(&town, &reference, "T1", &json!({}));
    assert_eq!(json_of(&town.send(&first).await)["status"], "recorded");
    town.minutes(3);
    for more in [json!({}), json!({ "api_version": "2", "pending_webhooks": 0 }), json!({ "paid_at": null })] {
        let again = generic(&town, &reference, "T1", &more);
        assert_eq!(json_of(&town.send(&again).await)["status"], "already recorded", "{more}");
    }
    let (_, reference) = town.asked_through("G22-2", "stripe-demo").await;
    let first = succeeded(&town, "pi_1", Some(&reference));
    assert_eq!(json_of(&town.send(&stripe(&town, &first)).await)["status"], "recorded");
    let mut again = first;
    (again["id"], again["api_version"], again["pending_webhooks"]) = (json!("evt_2"), json!("2026-01-01"), json!(3));
    assert_eq!(json_of(&town.send(&stripe(&town, &again)).await)["status"], "already recorded");
    assert_eq!(listed(&town).await, Vec::<Value>::new());
    assert_eq!(
        (booked(&town, "generic-demo").await, booked(&town, "stripe-demo").await),
        (vec![FEE_VND], vec![FEE_VND])
    );
}

#[tokio::test]
async fn amount_currency_and_outcome_each_make_another_message() {
    let town = Town::new().await;
    let (_, reference) = town.asked_through("G22-1", "generic-demo").await;
    town.send(&generic(&town, &reference, "T1", &json!({}))).await;
    let others = [
        json!({ "amount": 1_000 }),
        json!({ "currency": "USD" }),
        json!({ "currency": "USD", "amount": 1_000 }),
        json!({ "status": "reversed" }),
    ];
    for (place, more) in others.iter().enumerate() {
        for _ in 0..2 {
            town.minutes(1);
            town.send(&generic(&town, &reference, "T1", more)).await;
        }
        assert_eq!(listed(&town).await.len(), place + 1, "{more}");
    }
}

#[tokio::test]
async fn a_success_after_a_failure_of_one_identity_pays_and_is_booked() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through("G22-1", "generic-demo").await;
    town.send(&generic(&town, &reference, "T1", &json!({ "status": "failed", "code": "12" }))).await;
    assert_eq!((fee(&town, id).await, booked(&town, "generic-demo").await), (FeeState::Open, vec![]));
    town.minutes(1);
    town.send(&generic(&town, &reference, "T1", &json!({}))).await;
    assert_eq!((fee(&town, id).await, booked(&town, "generic-demo").await), (FeeState::Paid, vec![FEE_VND]));
}

#[tokio::test]
async fn a_payers_second_payment_on_the_platform_waits_and_is_booked() {
    let town = Town::new().await;
    let (_, reference) = town.asked_through("G22-1", "paygov-demo").await;
    let channel = town.channel("paygov-demo");
    for (transaction, amount) in [("GD1", FEE_VND), ("GD2", FEE_VND)] {
        let amount_vnd = rules::vnd::Vnd::new(amount).unwrap();
        let written = Payment { transaction: transaction.into(), amount_vnd, ..town.paid(&reference) };
        town.send(&motcua_local::senders::payment(&channel, &written, town.clock.now()).unwrap()).await;
    }
    assert_eq!((listed(&town).await.len(), booked(&town, "paygov-demo").await), (1, vec![FEE_VND, FEE_VND]));
}

#[tokio::test]
async fn what_is_said_to_be_paid_after_it_was_given_back_goes_to_a_person() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through("G22-1", "generic-demo").await;
    town.send(&generic(&town, &reference, "T1", &json!({ "status": "reversed" }))).await;
    town.send(&generic(&town, &reference, "T1", &json!({}))).await;
    assert_eq!((fee(&town, id).await, listed(&town).await.len()), (FeeState::Open, 2));
    assert!(!town.events(id).await.iter().any(|event| matches!(event, Event::FeePaid { .. })));
}

#[tokio::test]
async fn nothing_of_another_applications_payment_is_kept_and_its_dispute_is_none_of_ours() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through("G22-1", "stripe-demo").await;
    let stranger = succeeded(&town, "pi_9", None);
    assert_eq!(json_of(&town.send(&stripe(&town, &stranger)).await)["status"], "ignored");
    town.send(&stripe(&town, &succeeded(&town, "pi_1", Some(&reference)))).await;
    let dispute = |id: &str| {
        json!({
            "id": "evt_3", "type": "charge.dispute.created", "livemode": false, "created": town.clock.now().as_second(),
            "data": { "object": { "id": "dp_1", "payment_intent": id, "amount": FEE_VND, "currency": "vnd" } },
        })
    };
    assert_eq!(json_of(&town.send(&stripe(&town, &dispute("pi_9"))).await)["status"], "ignored");
    assert_eq!(listed(&town).await.len(), 0);
    assert_eq!(json_of(&town.send(&stripe(&town, &dispute("pi_1"))).await)["status"], "recorded");
    let waits = listed(&town).await;
    assert_eq!((waits.len(), waits[0]["class"].as_str()), (1, Some("reversed")), "{waits:?}");
    assert_eq!(waits[0]["reference"], json!(reference), "{waits:?}");
    assert!(town.events(id).await.iter().any(|event| matches!(event, Event::PaymentSetAside { .. })));
}

#[tokio::test]
async fn an_address_typed_with_a_slash_at_its_end_is_the_address() {
    let town = Town::new().await;
    let (_, reference) = town.asked_through("G22-1", "generic-demo").await;
    let mut letter = generic(&town, &reference, "T1", &json!({}));
    letter.target.push('/');
    assert_eq!(json_of(&town.send(&letter).await)["status"], "recorded");
}
