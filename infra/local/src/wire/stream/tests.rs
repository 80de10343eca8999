//! The stream trigger: the deliveries, their number, and the place where they begin after a restart.

use std::cell::RefCell;
use std::path::Path;

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::records::sequence_number;
use super::{Disorder, Settings, Step, Trigger, TriggerError};
use crate::wire::tests::{TABLE, clock, in_process, left_by_a_kill, make_table, put};
use crate::wire::{Wire, client, database};

async fn written(names: &[&str]) -> (Wire, Client) {
    let (wire, client) = in_process(&clock()).await;
    for name in names {
        put(&client, name, "filed").await;
    }
    (wire, client)
}

fn reader(wire: &Wire, settings: Settings) -> Trigger {
    Trigger::open(wire.database(), TABLE, "notify", None, settings).unwrap()
}

fn names(event: &Value) -> Vec<String> {
    let records = event["Records"].as_array().unwrap();
    let name = |record: &Value| record["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap().to_owned();
    records.iter().map(name).collect()
}

/// Answers that the record named `poison` failed.
fn failing(event: &Value, poison: &str) -> Value {
    let records = event["Records"].as_array().unwrap();
    let failed = records.iter().zip(names(event)).filter(|(_, name)| name == poison);
    let failed: Vec<Value> = failed.map(|(record, _)| json!({ "itemIdentifier": sequence_number(record) })).collect();
    json!({ "batchItemFailures": failed })
}

#[tokio::test]
async fn an_event_is_what_a_function_would_parse() {
    let (wire, _) = written(&["HS-1"]).await;
    let seen = RefCell::new(Vec::new());
    reader(&wire, Settings::default())
        .drain(async |event: Value| {
            seen.borrow_mut().push(event);
            Value::Null
        })
        .await
        .unwrap();
    let event = seen.borrow()[0].clone();
    let parsed: aws_lambda_events::dynamodb::Event = serde_json::from_value(event.clone()).unwrap();
    assert_eq!(parsed.records[0].event_name, "INSERT");
    assert_eq!(parsed.records[0].change.new_image.len(), 3);
    assert_eq!(parsed.records[0].change.approximate_creation_date_time.timestamp(), 1_586_912_400);
    let (again, _) = written(&["HS-1"]).await;
    let records = super::records::all(again.database(), TABLE).unwrap();
    assert_eq!(records[0]["eventID"], event["Records"][0]["eventID"]);
}

#[tokio::test]
async fn a_failed_record_comes_again_with_those_after_it() {
    let (wire, _) = written(&["A", "B", "C"]).await;
    let seen = RefCell::new(Vec::new());
    let delivered = reader(&wire, Settings::default())
        .drain(async |event: Value| {
            seen.borrow_mut().push(names(&event));
            if seen.borrow().len() == 1 { failing(&event, "B") } else { json!({}) }
        })
        .await
        .unwrap();
    assert_eq!(delivered, 2);
    assert_eq!(*seen.borrow(), [vec!["A", "B", "C"], vec!["B", "C"]]);
}

#[tokio::test]
async fn a_poison_record_is_given_up_alone_and_the_rest_goes_on() {
    let (wire, _) = written(&["A", "B", "C", "D"]).await;
    let mut trigger = reader(&wire, Settings { retries: 3, ..Settings::default() });
    let seen = RefCell::new(Vec::new());
    trigger
        .drain(async |event: Value| {
            let answer = failing(&event, "B");
            seen.borrow_mut().extend(names(&event));
            answer
        })
        .await
        .unwrap();
    let records = super::records::all(wire.database(), TABLE).unwrap();
    assert_eq!(trigger.given_up().len(), 1);
    assert_eq!(trigger.given_up()[0].sequence_numbers, [sequence_number(&records[1])]);
    assert_eq!(trigger.given_up()[0].deliveries, 4);
    assert_eq!(trigger.position(), Some(sequence_number(&records[3])));
    let times = |name: &str| seen.borrow().iter().filter(|seen| *seen == name).count();
    assert_eq!((times("A"), times("D")), (1, 3), "D came with B twice and was then done");
}

#[tokio::test]
async fn without_bisecting_the_batch_is_given_up_whole() {
    let (wire, _) = written(&["A", "B"]).await;
    let settings = Settings { retries: 2, bisect: false, ..Settings::default() };
    let mut trigger = reader(&wire, settings);
    let failed = async |_| json!({ "errorMessage": "the function ran out of time" });
    assert_eq!(trigger.drain(failed).await.unwrap(), 3);
    assert_eq!(trigger.given_up()[0].sequence_numbers.len(), 2);
}

#[tokio::test]
async fn an_answer_that_names_no_record_fails_the_batch() {
    let (wire, _) = written(&["A"]).await;
    for answer in [
        json!({ "batchItemFailures": [{ "itemIdentifier": "" }] }),
        json!({ "batchItemFailures": [{ "item": "1" }] }),
        json!({ "batchItemFailures": [{ "itemIdentifier": "100000000000000000001" }] }),
        json!({ "batchItemFailures": "all" }),
        json!("done"),
    ] {
        let mut trigger = reader(&wire, Settings::default());
        assert_eq!(trigger.step(&async |_| answer.clone()).await.unwrap(), Step::Failed, "{answer}");
    }
    for answer in [Value::Null, json!({}), json!({ "batchItemFailures": null }), json!({ "batchItemFailures": [] })] {
        let mut trigger = reader(&wire, Settings::default());
        assert_eq!(trigger.step(&async |_| answer.clone()).await.unwrap(), Step::Delivered, "{answer}");
    }
}

#[tokio::test]
async fn a_reader_killed_goes_on_at_the_exact_successor() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let open = |folder: &Path| Wire::in_process(database::in_folder(folder).unwrap());
    let read = |wire: &Wire, reader, folder: &Path| {
        let settings = Settings { batch_records: 2, ..Settings::default() };
        Trigger::open(wire.database(), TABLE, reader, Some(folder), settings).unwrap()
    };
    let killed = open(folder.path());
    let client = client(&killed, &clock);
    make_table(&client).await;
    for name in ["A", "B", "C", "D"] {
        put(&client, name, "filed").await;
    }
    let mut notify = read(&killed, "notify", folder.path());
    assert_eq!(notify.step(&async |event| failing(&event, "B")).await.unwrap(), Step::Failed);
    let left = left_by_a_kill(folder.path());
    let wire = open(left.path());
    for (reader, expected) in [("notify", vec!["B", "C", "D"]), ("project", vec!["A", "B", "C", "D"])] {
        let seen = RefCell::new(Vec::new());
        let keep = async |event: Value| {
            seen.borrow_mut().extend(names(&event));
            Value::Null
        };
        read(&wire, reader, left.path()).drain(keep).await.unwrap();
        assert_eq!(*seen.borrow(), expected, "{reader}");
    }
    let mut notify = read(&wire, "notify", left.path());
    assert_eq!(notify.step(&async |_| Value::Null).await.unwrap(), Step::Idle);
}

#[tokio::test]
async fn a_delivery_cut_off_before_its_answer_comes_again() {
    let (wire, _) = written(&["A"]).await;
    let mut trigger = reader(&wire, Settings::default());
    let never = |_| std::future::pending::<Value>();
    let cut = async {
        tokio::task::yield_now().await;
    };
    tokio::select! {
        biased;
        _ = trigger.step(&never) => panic!("it never answers"),
        () = cut => {}
    }
    assert_eq!(trigger.position(), None);
    assert_eq!(trigger.drain(async |_| Value::Null).await.unwrap(), 1);
}

async fn disordered(seed: u64) -> Vec<String> {
    let (wire, client) = written(&["A", "B", "C", "D", "E"]).await;
    put(&client, "A", "accepted").await;
    put(&client, "A", "done").await;
    let disorder = Disorder { seed, repeat_per_mille: 400, shuffle: true, split: true };
    let mut trigger = reader(&wire, Settings { disorder: Some(disorder), ..Settings::default() });
    let seen = RefCell::new(Vec::new());
    let keep = async |event: Value| {
        for record in event["Records"].as_array().unwrap() {
            let image = &record["dynamodb"]["NewImage"];
            seen.borrow_mut().push(format!("{}{}", image["pk"]["S"], image["note"]["S"]));
        }
        Value::Null
    };
    trigger.drain(keep).await.unwrap();
    let last = super::records::all(wire.database(), TABLE).unwrap();
    assert_eq!(trigger.position(), last.last().map(sequence_number));
    seen.into_inner()
}

#[tokio::test]
async fn disorder_loses_nothing_and_keeps_the_order_of_one_item() {
    let (mut repeated, mut moved) = (false, false);
    for seed in 0..30 {
        let seen = disordered(seed).await;
        assert_eq!(seen, disordered(seed).await, "seed {seed}");
        let first = |entry: &str| seen.iter().position(|seen| seen == entry).unwrap();
        for name in ["B", "C", "D", "E"] {
            first(&format!("\"{name}\"\"filed\""));
        }
        let [filed, accepted, done] = ["filed", "accepted", "done"].map(|note| first(&format!("\"A\"\"{note}\"")));
        assert!(filed < accepted && accepted < done, "seed {seed}: {seen:?}");
        repeated |= seen.len() > 7;
        moved |= first("\"C\"\"filed\"") < first("\"B\"\"filed\"");
    }
    assert!(repeated && moved);
}

#[tokio::test]
async fn records_older_than_a_day_are_forgotten_unread() {
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    put(&client, "A", "filed").await;
    clock.advance(std::time::Duration::from_secs(3600));
    put(&client, "B", "filed").await;
    let mut trigger = reader(&wire, Settings::default());
    let day = |hours: i64| -> Timestamp {
        "2020-04-15T01:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours)
    };
    assert_eq!(trigger.forget_older_than_a_day(day(24)).unwrap(), 0);
    assert_eq!(trigger.forget_older_than_a_day(day(24) + SignedDuration::from_secs(1)).unwrap(), 1);
    let seen = RefCell::new(Vec::new());
    let keep = async |event: Value| {
        seen.borrow_mut().extend(names(&event));
        Value::Null
    };
    trigger.drain(keep).await.unwrap();
    assert_eq!(*seen.borrow(), ["B"]);
}

#[tokio::test]
async fn the_server_runs_a_reader_as_a_task() {
    let (wire, _) = written(&["A", "B"]).await;
    let mut trigger = reader(&wire, Settings { batch_records: 1, ..Settings::default() });
    let (seen, mut order) = tokio::sync::mpsc::unbounded_channel();
    let task = tokio::spawn(async move {
        let function = move |event: Value| {
            let seen = seen.clone();
            async move {
                seen.send(names(&event)).unwrap();
                Value::Null
            }
        };
        trigger.run(std::time::Duration::from_secs(3600), function).await.map(|_| ())
    });
    assert_eq!(order.recv().await.unwrap(), ["A"]);
    assert_eq!(order.recv().await.unwrap(), ["B"]);
    task.abort();
}

#[tokio::test]
async fn a_readers_name_cannot_leave_the_folder() {
    let (wire, _) = written(&[]).await;
    let opened = Trigger::open(wire.database(), TABLE, "../x", None, Settings::default());
    assert!(matches!(opened, Err(TriggerError::Name)));
}
