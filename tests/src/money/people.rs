//! References and numbers of payments that name people: in no log and in no key.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::Key;
use motcua_local::office::TABLE;
use motcua_local::senders::payment;
use rules::vnd::Vnd;

use super::*;
use crate::logged;

/// References as payers, shops and other applications write them.
const WRITTEN: [&str; 5] =
    ["0905000001", "PHI-0905000001", "NGUYENVANTHU", "thu.nguyen@example.com", "H32 0905000001 Thu"];

/// Returns every value of an attribute that leads to an item.
async fn keys(town: &Town) -> Vec<String> {
    let site = town.office.site();
    let scan = site.recorder.store().client().scan().table_name(TABLE).send().await.unwrap();
    assert!(scan.last_evaluated_key().is_none());
    let is_key = |name: &str| matches!(name, "pk" | "sk") || name.ends_with("_pk") || name.ends_with("_at");
    let of = scan.items().iter().flat_map(|item| item.iter().filter(|(name, _)| is_key(name)).map(|(_, value)| value));
    of.map(|value| match value {
        AttributeValue::S(text) => text.clone(),
        other => format!("{other:?}"),
    })
    .collect()
}

#[tokio::test]
async fn a_reference_that_names_a_person_is_in_no_log_and_no_key_and_is_seen_by_who_decides() {
    logged::listen();
    let town = Town::new().await;
    for (number, reference) in WRITTEN.iter().enumerate() {
        let amount_vnd = Vnd::new(7_000).unwrap();
        for gateway in ["generic-demo", "vnpay-demo", "momo-demo", "onepay-demo", "zalopay-demo"] {
            let channel = town.channel(gateway);
            for paid in [true, false] {
                let transaction = format!("{}{number}", if paid { 1_000 } else { 2_000 });
                let now = town.clock.now();
                let written = Payment { reference: (*reference).to_owned(), transaction, amount_vnd, paid, at: now };
                let Ok(letter) = payment(&channel, &written, now) else { continue };
                for _ in 0..2 {
                    assert!(town.send(&letter).await.status().as_u16() < 500, "{gateway} {reference}");
                }
            }
        }
    }
    town.send(&generic(&town, "0905000001", "Thu 0905000001", &json!({}))).await;
    town.office.deliver().await.unwrap();
    town.settle(2).await;
    let waiting = listed(&town).await;
    for reference in WRITTEN {
        let seen = waiting.iter().filter(|entry| entry["reference"] == reference).count();
        assert!(seen >= 2, "{reference}: {seen}");
    }
    // The payment is opened and decided about by its name, which holds no person either.
    let entry = waiting.iter().find(|entry| entry["reference"] == "0905000001").unwrap();
    decided(&town, entry["id"].as_str().unwrap(), "mark-refund", json!({ "reason": "nộp nhầm" })).await;
    let (logged, keys) = (logged::heard(), keys(&town).await);
    assert!(logged.contains("a callback") && keys.len() > 100, "{}", keys.len());
    for personal in ["0905000001", "NGUYENVANTHU", "thu.nguyen", "Thu"] {
        assert!(!logged.contains(personal), "{personal} in {logged}");
        let found = keys.iter().find(|key| key.contains(personal));
        assert!(found.is_none(), "{personal} in {found:?}");
    }
}

#[tokio::test]
async fn a_payment_that_an_earlier_version_kept_under_its_reference_stays_the_same_payment() {
    let town = Town::new().await;
    let letter = generic(&town, "0905000001", "1", &json!({}));
    town.send(&letter).await;
    let site = town.office.site();
    let store = site.recorder.store();
    // The item as it was: under the identity as written.
    let name = listed(&town).await[0]["id"].as_str().unwrap().to_owned();
    let key = Key::money_named(&town.agency(), &name).unwrap();
    let mut item = store.item(&key).await.unwrap().unwrap();
    let (of, hidden) =
        (Key::money_as_written(&town.agency(), "generic-demo", "0905000001/1"), key.pk.rsplit_once('#').unwrap().1);
    for value in item.values_mut() {
        if let AttributeValue::S(text) = value {
            *text = text.replace(hidden, "0905000001/1");
        }
    }
    let found = rules::gateway::Found {
        identity: "0905000001/1".into(),
        amount_vnd: Vnd::new(125_000).ok(),
        outcome: rules::dossier::PaymentOutcome::Paid,
        at: None,
    };
    let mut money: Value = serde_json::from_str(item["money"].as_s().unwrap()).unwrap();
    money["digest"] = json!(found.meaning("VND 125000", "1"));
    item.insert("money".into(), AttributeValue::S(money.to_string()));
    assert_eq!(item["pk"].as_s().unwrap(), &of.pk);
    let client = store.client();
    client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
    let old = key.attributes();
    client.delete_item().table_name(TABLE).set_key(Some(old)).send().await.unwrap();

    town.send(&letter).await;
    let waiting = listed(&town).await;
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    let name = waiting[0]["id"].as_str().unwrap();
    assert_eq!(Some(name), of.money_name().as_deref());
    decided(&town, name, "mark-refund", json!({ "reason": "nộp nhầm" })).await;
}
