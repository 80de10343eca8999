//! The stream: poisoned records, repeats, disorder, a store that does not answer.

use jiff::SignedDuration;
use motcua::store::{Item, Key, TaskKind, number, text};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use motcua_local::wire::stream::{Disorder, Settings};
use rules::dossier::Action;
use serde_json::json;

use super::DONE;
use super::interrupted::event_records;
use crate::fixture::{Office, both, one};

/// Spoils the events of a dossier's first version in a batch, and in the table.
async fn spoil(office: &Office, key: &Key, recorded: &str) {
    let store = office.store();
    let update = store.client().update_item().table_name(store.table()).set_key(Some(key.attributes()));
    let recorded = aws_sdk_dynamodb::types::AttributeValue::S(recorded.to_owned());
    let update =
        update.update_expression("SET recorded = :recorded").expression_attribute_values(":recorded", recorded);
    update.send().await.unwrap();
}

#[tokio::test]
async fn a_poisoned_record_holds_nobody_up_and_ends_before_a_person() {
    let office = Office::open().await;
    let poisoned = office.submit(1, one()).await;
    office.submit(2, one()).await;
    let mut batch = office.batch().await;
    let key = Key::event(&office.agency, poisoned, 1);
    for record in batch["Records"].as_array_mut().unwrap() {
        if record["dynamodb"]["Keys"] == json!({ "pk": { "S": key.pk }, "sk": { "S": key.sk } }) {
            record["dynamodb"]["NewImage"]["recorded"]["S"] =
                json!("{\"version\":1,\"events\":[{\"is\":\"unheard_of\"}]}");
        }
    }
    spoil(&office, &key, "{").await;
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 1);
    for _ in 0..12 {
        office.wait(SignedDuration::from_hours(9));
        office.sweep().await;
    }
    let list = office.before_a_person(TaskKind::Message).await;
    assert_eq!(list, [("message#0000000001#unread".to_owned(), "unread".to_owned())]);
    assert_eq!((office.sent().len(), office.waiting(TaskKind::Message).await), (1, 0));
}

#[tokio::test]
async fn what_newer_code_can_read_is_told_by_its_sweep() {
    let office = Office::open().await;
    let id = office.submit(1, both()).await;
    let mut batch = office.batch().await;
    // Old code meets a shape that it does not know; the table holds what this code can read.
    for record in batch["Records"].as_array_mut().unwrap() {
        record["dynamodb"]["NewImage"]["shape"] = json!({ "N": "99" });
    }
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent(), []);
    office.wait(SignedDuration::from_mins(1));
    assert_eq!(office.sweep().await.retried, 1);
    assert_eq!((office.sent().len(), office.waiting(TaskKind::Message).await), (2, 0));
    assert_eq!(office.messages(id).await.len(), 3);
}

#[tokio::test]
async fn a_record_that_is_none_of_ours_or_has_no_image_is_passed_over() {
    let office = Office::open().await;
    let keys = |pk: &str, sk: &str| json!({ "pk": { "S": pk }, "sk": { "S": sk } });
    let event = keys(&format!("{}#d#000000000001", office.agency), "event#0000000001");
    let batch = json!({ "Records": [
        null,
        "text",
        { "eventName": "INSERT" },
        { "eventName": "INSERT", "dynamodb": { "SequenceNumber": "1", "Keys": keys("x", "event#1"), "NewImage": {} } },
        { "eventName": "REMOVE", "dynamodb": { "SequenceNumber": "2", "Keys": event } },
        { "eventName": "MODIFY", "dynamodb": { "SequenceNumber": "3", "Keys": event } },
        { "eventName": "INSERT", "dynamodb": { "SequenceNumber": "4", "Keys": event } },
    ]});
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    // The last one is an event all the same, so it is not lost.
    assert_eq!(office.waiting(TaskKind::Message).await, 1);
    for batch in [json!(null), json!({}), json!({ "Records": 7 }), json!([])] {
        assert_eq!(office.notify(&batch).await.to_string(), DONE);
    }
}

#[tokio::test]
async fn dead_letters_delivered_again_send_nothing_twice() {
    let mut office = Office::open().await;
    let id = office.submit(1, both()).await;
    office.tell().await;
    let before = office.messages(id).await;
    office.wait(SignedDuration::from_hours(24 * 30));
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 2);
    assert_eq!(office.messages(id).await, before);
}

#[tokio::test]
async fn what_tells_nobody_anything_costs_no_call() {
    let office = Office::open().await;
    let id = office.accepted(1, both()).await;
    let known = event_records(&office.batch().await).len();
    office.wait(SignedDuration::from_mins(1));
    office.order(id, Action::Forward { to: "minh".into() }).await;
    let batch = office.batch().await;
    let new = json!({ "Records": event_records(&batch)[known..] });
    assert_eq!(new["Records"].as_array().unwrap().len(), 1);
    office.wire.reset();
    assert_eq!(office.notify(&new).await.to_string(), DONE);
    assert_eq!(office.wire.tally().round_trips(), 0);
}

#[tokio::test]
async fn while_the_store_is_away_the_stream_waits_at_the_first_untold_event() {
    let office = Office::open().await;
    for number in 1..=3 {
        office.submit(number, one()).await;
    }
    let batch = office.batch().await;
    let second = event_records(&batch)[1]["dynamodb"]["SequenceNumber"].clone();
    // People, claim and mark of the first; then the store does not answer.
    let away = Plan::Burst { first_call: 4, calls: 1_000, fault: Fault::Throttle };
    office.wire.set_faults(Faults::from_seed(1, away));
    let expected = json!({ "batchItemFailures": [{ "itemIdentifier": second }] });
    assert_eq!(office.notify(&batch).await, expected);
    assert_eq!(office.sent().len(), 1);
    office.wire.set_faults(Faults::none());
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 3);
}

#[tokio::test]
async fn a_stream_that_repeats_shuffles_and_splits_sends_each_message_once() {
    for seed in 0..8 {
        let disorder = Disorder { seed, repeat_per_mille: 400, shuffle: true, split: true };
        let mut office = Office::open_with(Settings { disorder: Some(disorder), ..Settings::default() }).await;
        for number in 1..=5 {
            office.accepted(number, both()).await;
        }
        office.tell().await;
        let mut sent = office.sent();
        assert_eq!(sent.len(), 20, "seed {seed}");
        sent.sort();
        sent.dedup();
        assert_eq!(sent.len(), 20, "seed {seed}");
    }
}

/// Copies of a message beyond the first are never more than those that its item counts.
#[tokio::test]
async fn under_any_fault_of_the_store_every_message_leaves_and_every_copy_is_counted() {
    let mut copies = 0;
    for seed in 0..16 {
        let office = Office::open().await;
        let mut ids = Vec::new();
        for number in 1..=4 {
            ids.push(office.submit(number, both()).await);
        }
        let batch = office.batch().await;
        let faults = vec![Fault::Throttle, Fault::TimeoutApplied, Fault::TimeoutNotApplied, Fault::ConnectionReset];
        office.wire.set_faults(Faults::from_seed(seed, Plan::Chance { per_mille: 500, faults }));
        for _ in 0..6 {
            office.notify(&batch).await;
            office.wait(SignedDuration::from_mins(1));
        }
        office.wire.set_faults(Faults::none());
        office.notify(&batch).await;
        office.wait(SignedDuration::from_mins(20));
        office.sweep().await;
        let mut items: Vec<Item> = Vec::new();
        for id in ids {
            items.extend(office.messages(id).await);
        }
        assert_eq!(items.len(), 8, "seed {seed}");
        assert!(items.iter().all(|item| text(item, "sent_at").is_some()), "seed {seed}: {items:?}");
        let resent: u64 = items.iter().filter_map(|item| number(item, "resent")).sum();
        let more = office.sent().len() as u64 - 8;
        assert!(more <= resent, "seed {seed}: {more} more, {resent} counted");
        copies += more;
    }
    assert!(copies > 0, "no seed lost a mark");
}
