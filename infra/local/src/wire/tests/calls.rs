//! Unbroken calls: answers, costs, traces, and the data that a restart keeps.

use std::time::Duration;

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use aws_smithy_async::rt::sleep::AsyncSleep;
use serde_json::json;

use super::*;
use crate::wire::database::{fill, in_folder};
use crate::wire::faults::{Fault, Faults};
use crate::wire::stream::records;
use crate::wire::tally::Units;
use crate::wire::trace::digest;
use crate::wire::{Plan, seed_jitter};

/// Puts, reads, commits, commits again and asks for nonsense; returns all the answers.
async fn story(client: &Client) -> Vec<String> {
    let mut told = Vec::new();
    put(client, "HS-1", "giấy tờ").await;
    told.push(format!("{:?}", read(client, "HS-1").await));
    told.push(format!("{:?}", read(client, "HS-0").await));
    put_waking(client, "HS-2", "2020-04-16").await;
    told.push(format!("{:?}", due(client, "2020-04-17").await));
    told.push(format!("{:?}", due(client, "2020-04-15").await));
    told.push(format!("{:?}", commit(client, "HS-3").send().await.is_ok()));
    let lost = commit(client, "HS-3").client_request_token("another").send().await.unwrap_err();
    told.push(format!("{:?}", lost.into_service_error()).replace(char::is_numeric, ""));
    let nonsense = client.query().table_name(TABLE).key_condition_expression("pk = ").send().await;
    let nonsense = nonsense.unwrap_err().into_service_error();
    told.push(format!("{:?} {:?}", nonsense.code(), nonsense.message()));
    let missing = client.scan().table_name("nowhere").send().await.unwrap_err();
    told.push(format!("{:?}", missing.into_service_error().code()));
    told
}

#[tokio::test]
async fn the_same_story_is_told_in_process_and_over_loopback() {
    let clock = clock();
    let (wire, here) = in_process(&clock).await;
    let far_wire = Wire::loopback(database::memory_with_clock(&clock).unwrap(), 0).await.unwrap();
    let there = client(&far_wire, &clock);
    make_table(&there).await;
    far_wire.reset();
    let told = story(&here).await;
    assert_eq!(told, story(&there).await);
    assert_eq!(told[0], "Some(\"giấy tờ\")");
    assert!(told[5].contains("ConditionalCheckFailed"), "{}", told[5]);
    assert_eq!(digest(&wire.trace()), digest(&far_wire.trace()));
    let (near, far) = (wire.tally(), far_wire.tally());
    assert_eq!((near.read_units(), near.write_units()), (far.read_units(), far.write_units()));
}

#[tokio::test]
async fn an_unmodified_functions_client_reaches_the_loopback_server() {
    let clock = clock();
    let wire = Wire::loopback(database::memory().unwrap(), 0).await.unwrap();
    make_table(&client(&wire, &clock)).await;
    let url = wire.endpoint_url().unwrap().to_owned();
    let aws = motcua::aws::Aws::from_variables(|name| match name {
        "AWS_ENDPOINT_URL" => Some(url.clone()),
        "AWS_REGION" | "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("local".to_owned()),
        _ => None,
    });
    let lambda = aws.unwrap().dynamodb();
    put(&lambda, "HS-1", "filed").await;
    assert_eq!(read(&lambda, "HS-1").await.as_deref(), Some("filed"));
}

#[tokio::test]
async fn capacity_is_counted_though_the_caller_did_not_ask_for_it() {
    let (wire, client) = in_process(&clock()).await;
    put_waking(&client, "HS-1", "2020-04-16").await;
    let count = wire.tally().of("PutItem");
    assert_eq!((count.round_trips, count.write.table), (1, Units::whole(1)));
    assert_eq!(count.write.indexes, Units::whole(1));
    assert!(count.request_bytes > 0);
    commit(&client, "HS-2").send().await.unwrap();
    assert_eq!(wire.tally().of("TransactWriteItems").write.total(), Units::whole(4));
    assert_eq!(due(&client, "2020-04-17").await, ["HS-1"]);
    let count = wire.tally().of("Query");
    assert_eq!((count.read.indexes, count.read.table), (Units::halves(1), Units::default()));
    assert_eq!((wire.tally().read_units(), wire.tally().round_trips()), (Units::halves(1), 3));
}

#[tokio::test]
async fn the_caller_sees_capacity_only_if_it_asked() {
    let (wire, client) = in_process(&clock()).await;
    let get = || client.get_item().table_name(TABLE).key("pk", text("HS-1")).key("sk", text("state"));
    assert!(get().send().await.unwrap().consumed_capacity.is_none());
    let asked = get().return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.unwrap();
    assert_eq!(asked.consumed_capacity.unwrap().capacity_units, Some(0.5));
    assert_eq!(wire.tally().read_units(), Units::whole(1));
}

async fn shaken_run(seed: u64) -> (String, Vec<Fault>, jiff::Timestamp) {
    seed_jitter(seed);
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    let faults = vec![Fault::Throttle, Fault::TimeoutApplied, Fault::ConnectionReset];
    wire.set_faults(Faults::from_seed(seed, Plan::Chance { per_mille: 300, faults }));
    let tasks = (0..20).map(|number| {
        let client = client.clone();
        tokio::spawn(async move { commit(&client, &format!("HS-{}", number % 7)).send().await.is_ok() })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        task.await.unwrap();
    }
    let struck = wire.injected().iter().map(|injected| injected.fault).collect();
    (digest(&wire.trace()), struck, clock.now())
}

#[tokio::test]
async fn the_same_seed_gives_the_same_trace_and_another_seed_another() {
    let first = shaken_run(7).await;
    assert!(first.1.len() > 3, "{:?}", first.1);
    assert_eq!(first, shaken_run(7).await);
    assert_ne!(first.0, shaken_run(8).await.0);
}

#[tokio::test]
async fn sleepers_overlap_and_wake_in_the_order_of_their_deadlines() {
    let clock = clock();
    let start = clock.now();
    let (woken, mut order) = tokio::sync::mpsc::unbounded_channel();
    let tasks = [30, 10, 20].map(|seconds| {
        let (clock, woken) = (clock.clone(), woken.clone());
        tokio::spawn(async move {
            clock.sleep(Duration::from_secs(seconds)).await;
            woken.send((seconds, clock.now())).unwrap();
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
    for seconds in [10, 20, 30] {
        let expected = start + jiff::SignedDuration::from_secs(seconds);
        assert_eq!(order.recv().await, Some((seconds as u64, expected)));
    }
}

#[tokio::test]
async fn a_folder_has_its_items_after_a_kill() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let killed = Wire::in_process(in_folder(folder.path()).unwrap());
    let before = client(&killed, &clock);
    make_table(&before).await;
    put(&before, "HS-1", "filed").await;
    let left = left_by_a_kill(folder.path());
    let wire = Wire::in_process(in_folder(left.path()).unwrap());
    assert_eq!(read(&client(&wire, &clock), "HS-1").await.as_deref(), Some("filed"));
}

#[tokio::test]
async fn what_is_filled_in_is_read_like_what_was_put_and_comes_into_no_stream() {
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    put_waking(&client, "HS-1", "2020-04-16").await;
    let item = |pk: &str, wake_pk: &str| {
        json!({
            "pk": { "S": pk }, "sk": { "S": "state" }, "note": { "S": "giấy tờ" },
            "wake_pk": { "S": wake_pk }, "wake_at": { "S": "2020-04-15" },
        })
    };
    // The second replaces an item that is there, in the index too.
    let items = vec![item("HS-2", "wake#0"), item("HS-1", "wake#1")];
    assert_eq!(fill(wire.database(), TABLE, items).unwrap(), 2);
    assert_eq!(read(&client, "HS-2").await.as_deref(), Some("giấy tờ"));
    assert_eq!(due(&client, "2020-04-17").await, ["HS-2"]);
    assert_eq!(records::all(wire.database(), TABLE).unwrap().len(), 1);
    for wrong in [json!({ "pk": "HS-3", "sk": "state" }), json!({ "pk": { "S": "HS-3" } }), json!(7)] {
        assert!(fill(wire.database(), TABLE, vec![item("HS-4", "wake#0"), wrong]).is_err());
    }
    assert_eq!(read(&client, "HS-4").await, None);
}
