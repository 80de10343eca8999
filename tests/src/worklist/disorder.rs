//! Whatever the stream does, and whatever fails, the lists end the same.

use motcua_local::rights::in_role;
use motcua_local::wire::Wire;
use motcua_local::wire::faults::{Fault, Faults, Plan};
use motcua_local::wire::stream::{Disorder, Settings};
use serde_json::{Value, json};

use super::{found, recounted, store, stored_rows};
use crate::town::{FEE_VND, Town};
use rules::worklist::Kind;

/// Plays five dossiers that end in different lists.
async fn lived(town: &Town) {
    for number in 0..5 {
        let id = town.submit(&format!("G22-{number}")).await;
        if number > 0 {
            town.clerk(id, "accept", json!({})).await;
        }
        if number > 1 {
            town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
        }
        if number > 2 {
            town.minutes(1);
            town.send(&town.callback(&town.paid(&format!("{id}01")))).await;
        }
        if number > 3 {
            town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
        }
    }
}

/// Returns the rows as they must be in the end.
async fn calm() -> Vec<(String, String)> {
    let town = Town::new().await;
    lived(&town).await;
    town.office.deliver().await.unwrap();
    recounted(&town).await;
    stored_rows(&town).await
}

/// Returns everything the stream holds, as one batch.
async fn batch(town: &Town) -> Value {
    use motcua_local::office::TABLE;
    use motcua_local::wire::stream::Trigger;
    let database = town.office.wire().database();
    let mut reader = Trigger::open(database, TABLE, "replay", None, Settings::default()).unwrap();
    let records = std::cell::RefCell::new(Vec::new());
    let keep = async |event: Value| {
        records.borrow_mut().extend(event["Records"].as_array().unwrap().iter().cloned());
        Value::Null
    };
    reader.drain(keep).await.unwrap();
    json!({ "Records": records.into_inner() })
}

#[tokio::test]
async fn a_stream_that_repeats_shuffles_and_splits_ends_in_the_same_rows_and_counts() {
    let calm = calm().await;
    assert_eq!(calm.len(), 11);
    for seed in 0..4 {
        let disorder = Disorder { seed, repeat_per_mille: 400, shuffle: true, split: true };
        let settings = Settings { disorder: Some(disorder), batch_records: 7, ..Settings::default() };
        let town = Town::on(settings, |database, _| Wire::in_process(database)).await;
        lived(&town).await;
        town.office.deliver().await.unwrap();
        recounted(&town).await;
        assert_eq!(stored_rows(&town).await, calm, "seed {seed}");
        assert_eq!(found(&town, Kind::Name, "nghiem").await.len(), 5);
    }
}

#[tokio::test]
async fn everything_once_more_years_later_changes_nothing_and_writes_nothing() {
    let town = Town::new().await;
    lived(&town).await;
    town.office.deliver().await.unwrap();
    let (before, counted) = (stored_rows(&town).await, store(&town).counted(&town.agency()).await.unwrap());
    let batch = batch(&town).await;
    town.office.wire().reset();
    let answer = in_role("project", project::handle(&town.office.site(), &batch)).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    let tally = town.office.wire().tally();
    // For each of five dossiers one read for its rows, two for its part of the totals, and one for whether its people had
    // been told how to file. For each of two payments one read, and one for its line in the book.
    assert_eq!((tally.round_trips(), tally.write_units().to_string()), (24, "0".to_owned()));
    assert_eq!(stored_rows(&town).await, before);
    assert_eq!(store(&town).counted(&town.agency()).await.unwrap(), counted);
}

#[tokio::test]
async fn under_any_fault_of_the_store_nothing_is_counted_twice_or_left_out() {
    let calm = calm().await;
    for seed in 0..5 {
        let town = Town::new().await;
        lived(&town).await;
        let batch = batch(&town).await;
        let faults = vec![
            Fault::Throttle,
            Fault::TimeoutApplied,
            Fault::TimeoutNotApplied,
            Fault::ConnectionReset,
            Fault::Conflict,
        ];
        town.office.wire().set_faults(Faults::from_seed(seed, Plan::Chance { per_mille: 500, faults }));
        let mut failed = 0;
        for _ in 0..3 {
            let site = town.office.site();
            // Two at once, as two copies of the function would be after a batch that was taken for lost.
            let (one, other) = tokio::join!(project::handle(&site, &batch), project::handle(&site, &batch));
            for answer in [one, other] {
                failed += answer["batchItemFailures"].as_array().unwrap().len();
            }
        }
        assert!(failed > 0, "seed {seed}: the faults are felt");
        town.office.wire().set_faults(Faults::none());
        town.office.deliver().await.unwrap();
        recounted(&town).await;
        assert_eq!(stored_rows(&town).await, calm, "seed {seed}");
    }
}

#[tokio::test]
async fn a_record_that_tells_nothing_or_a_dossier_that_cannot_be_read_holds_nobody_up() {
    let town = Town::new().await;
    let poisoned = town.submit("G22-1").await;
    town.submit("G22-2").await;
    let store = store(&town);
    let key = motcua::store::Key::state(&town.agency(), poisoned);
    let spoil = store.client().update_item().table_name(store.table()).set_key(Some(key.attributes()));
    let nonsense = aws_sdk_dynamodb::types::AttributeValue::S("{".into());
    spoil
        .update_expression("SET #s = :s")
        .expression_attribute_names("#s", "state")
        .expression_attribute_values(":s", nonsense)
        .send()
        .await
        .unwrap();
    town.office.deliver().await.unwrap();
    let rows = stored_rows(&town).await;
    assert_eq!(rows.len(), 2);
    let keys = |pk: &str, sk: &str| json!({ "pk": { "S": pk }, "sk": { "S": sk } });
    let nobody = keys(&format!("{}#d#000000000009", town.agency()), "event#0000000001");
    let odd = json!({ "Records": [
        null, "text", { "eventName": "INSERT" },
        { "eventName": "INSERT", "dynamodb": { "SequenceNumber": "1", "Keys": keys("x", "person") } },
        { "eventName": "MODIFY", "dynamodb": { "SequenceNumber": "2", "Keys": nobody } },
        { "eventName": "INSERT", "dynamodb": { "SequenceNumber": "3", "Keys": nobody } },
    ]});
    for batch in [odd, json!(null), json!({ "Records": 7 })] {
        let answer = in_role("project", project::handle(&town.office.site(), &batch)).await;
        assert_eq!(answer, json!({ "batchItemFailures": [] }));
    }
    assert_eq!(stored_rows(&town).await, rows);
}
