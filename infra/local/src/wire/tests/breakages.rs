//! Every fault, as the caller of the SDK meets it.

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::KeysAndAttributes;

use super::*;
use crate::wire::faults::{Fault, Faults, Injected};
use crate::wire::{Plan, client_with};

/// Makes a client that does not retry, so that each fault is seen.
async fn bare(fault: Fault, call: u64) -> (Wire, Client) {
    let clock = clock();
    let (wire, _) = in_process(&clock).await;
    let client = client_with(&wire, &clock, RetryConfig::disabled());
    wire.set_faults(Faults::from_seed(1, Plan::at_call(call, fault)));
    (wire, client)
}

fn struck(wire: &Wire) -> Vec<(Fault, bool)> {
    wire.injected().iter().map(|injected| (injected.fault, injected.applied)).collect()
}

#[tokio::test]
async fn a_throttle_is_named_and_nothing_is_applied() {
    let (wire, client) = bare(Fault::Throttle, 1).await;
    let error = commit(&client, "HS-1").send().await.unwrap_err().into_service_error();
    assert!(error.is_provisioned_throughput_exceeded_exception(), "{error:?}");
    assert_eq!(read(&client, "HS-1").await, None);
    assert_eq!(struck(&wire), [(Fault::Throttle, false)]);
}

#[tokio::test]
async fn a_timeout_tells_nothing_of_what_was_applied() {
    for (fault, expected) in [(Fault::TimeoutNotApplied, None), (Fault::TimeoutApplied, Some("filed".to_owned()))] {
        let (_wire, client) = bare(fault, 1).await;
        let error = commit(&client, "HS-1").send().await.unwrap_err();
        let SdkError::DispatchFailure(failure) = error else { panic!("{error:?}") };
        assert!(failure.is_timeout());
        assert_eq!(read(&client, "HS-1").await, expected);
    }
}

#[tokio::test]
async fn a_conflict_cancels_a_transaction_and_the_sdk_does_not_retry_it() {
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    wire.set_faults(Faults::from_seed(1, Plan::at_call(1, Fault::Conflict)));
    let error = commit(&client, "HS-1").send().await.unwrap_err().into_service_error();
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { panic!("{error:?}") };
    let reasons = cancelled.cancellation_reasons.unwrap();
    let mut codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["None", "TransactionConflict"]);
    assert_eq!(wire.tally().round_trips(), 1);
}

#[tokio::test]
async fn a_conflict_with_a_single_write_has_its_own_name() {
    let (_wire, client) = bare(Fault::Conflict, 1).await;
    let put = client.put_item().table_name(TABLE).item("pk", text("HS-1")).item("sk", text("state"));
    let error = put.send().await.unwrap_err().into_service_error();
    assert!(error.is_transaction_conflict_exception(), "{error:?}");
}

#[tokio::test]
async fn a_throttled_transaction_says_so_in_its_reasons() {
    let (_wire, client) = bare(Fault::TransactionThrottled, 1).await;
    let error = commit(&client, "HS-1").send().await.unwrap_err().into_service_error();
    assert!(format!("{error:?}").contains("ThrottlingError"), "{error:?}");
    assert_eq!(read(&client, "HS-1").await, None);
}

#[tokio::test]
async fn a_reset_or_an_internal_error_leaves_it_to_the_seed_what_was_applied() {
    for fault in [Fault::ConnectionReset, Fault::InternalError] {
        let mut seen = Vec::new();
        for seed in 0..16 {
            let clock = clock();
            let (wire, _) = in_process(&clock).await;
            let client = client_with(&wire, &clock, RetryConfig::disabled());
            wire.set_faults(Faults::from_seed(seed, Plan::at_call(1, fault)));
            let error = commit(&client, "HS-1").send().await.unwrap_err();
            if fault == Fault::ConnectionReset {
                assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()));
            } else {
                assert_eq!(error.code(), Some("InternalServerError"));
                assert_eq!(error.raw_response().unwrap().status().as_u16(), 500);
            }
            let applied = wire.injected()[0].applied;
            assert_eq!(read(&client, "HS-1").await.is_some(), applied);
            seen.push(applied);
        }
        assert!(seen.contains(&true) && seen.contains(&false), "{fault:?} {seen:?}");
    }
}

#[tokio::test]
async fn the_sdk_gets_over_a_fault_by_itself() {
    for fault in [Fault::Throttle, Fault::TimeoutApplied, Fault::ConnectionReset, Fault::InternalError] {
        let clock = clock();
        let (wire, client) = in_process(&clock).await;
        wire.set_faults(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 2, fault }));
        commit(&client, "HS-1").send().await.unwrap_or_else(|error| panic!("{fault:?} {error:?}"));
        assert_eq!(wire.tally().round_trips(), 3, "{fault:?}");
        assert_eq!(read(&client, "HS-1").await.as_deref(), Some("filed"));
    }
}

#[tokio::test]
async fn more_faults_than_attempts_reach_the_caller_every_time() {
    // The SDK's shared bucket would hold five hundred retry tokens.
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    let plan = Plan::Burst { first_call: 1, calls: 600, fault: Fault::Throttle };
    wire.set_faults(Faults::from_seed(1, plan));
    for _ in 0..200 {
        assert!(commit(&client, "HS-1").send().await.is_err());
    }
    assert_eq!(wire.tally().round_trips(), 600);
}

#[tokio::test]
async fn a_stale_index_misses_the_new_and_shows_the_old() {
    let clock = clock();
    let (wire, client) = in_process(&clock).await;
    put_waking(&client, "HS-1", "2020-04-16").await;
    for number in 2..10 {
        put_waking(&client, &format!("HS-{number}"), "2020-04-30").await;
    }
    // The newest write removes HS-1 from the tasks that are due and puts it at the end of the month.
    put_waking(&client, "HS-1", "2020-04-30").await;
    assert!(due(&client, "2020-04-17").await.is_empty());
    let (mut short, seeds) = (0, 12);
    for seed in 0..seeds {
        let plan = Plan::Burst { first_call: 1, calls: 2, fault: Fault::StaleIndex };
        wire.set_faults(Faults::from_seed(seed, plan));
        wire.reset();
        assert_eq!(due(&client, "2020-04-17").await, ["HS-1"], "as of before the newest write");
        let shown = due(&client, "2020-04-30").await;
        assert!(shown.contains(&"HS-1".to_owned()), "{shown:?}");
        short += usize::from(shown.len() < 9);
        assert_eq!(struck(&wire), [(Fault::StaleIndex, true); 2]);
        assert!(due(&client, "2020-04-17").await.is_empty(), "fresh again");
    }
    assert!(short > 0, "some seed looks back far enough to miss an item");
}

#[tokio::test]
async fn a_batch_read_may_leave_a_key_for_the_next_round() {
    let (wire, client) = bare(Fault::UnprocessedKey, 3).await;
    put(&client, "HS-1", "one").await;
    put(&client, "HS-2", "two").await;
    let key = |pk: &str| [("pk".to_owned(), text(pk)), ("sk".to_owned(), text("state"))].into();
    let keys = KeysAndAttributes::builder().keys(key("HS-1")).keys(key("HS-2")).consistent_read(true);
    let batch = client.batch_get_item().request_items(TABLE, keys.build().unwrap());
    let first = batch.send().await.unwrap();
    assert_eq!(first.responses.unwrap()[TABLE].len(), 1);
    let rest = first.unprocessed_keys.unwrap();
    assert_eq!(rest[TABLE].consistent_read, Some(true));
    let second = client.batch_get_item().set_request_items(Some(rest)).send().await.unwrap();
    assert_eq!(second.responses.unwrap()[TABLE].len(), 1);
    assert!(second.unprocessed_keys.is_none_or(|keys| keys.is_empty()));
    assert_eq!(struck(&wire), [(Fault::UnprocessedKey, true)]);
}

#[tokio::test]
async fn a_fault_that_cannot_befall_an_operation_stays_away() {
    let (wire, client) = bare(Fault::StaleIndex, 1).await;
    commit(&client, "HS-1").send().await.unwrap();
    assert!(wire.injected().is_empty());
    assert_eq!(wire.data_calls(), 1);
}

#[tokio::test]
async fn making_a_table_is_never_broken() {
    let clock = clock();
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let client = client_with(&wire, &clock, RetryConfig::disabled());
    let plan = Plan::Chance { per_mille: 1000, faults: Fault::ALL.to_vec() };
    wire.set_faults(Faults::from_seed(1, plan));
    make_table(&client).await;
    assert_eq!(wire.injected(), Vec::<Injected>::new());
    assert!(client.scan().table_name(TABLE).send().await.is_err());
}
