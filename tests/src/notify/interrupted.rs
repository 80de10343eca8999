//! Sending that fails, hangs, or dies between the message and its mark.

use jiff::SignedDuration;
use motcua::store::{Item, Key, Lease, Opening, TaskKind, number, text};
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::id::DossierId;
use rules::message::Outlet;
use serde_json::Value;

use super::DONE;
use crate::fixture::{APPLICANT, Office, both, one};

fn failing(office: &Office, calls: u64, failure: Failure) {
    office.sns.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls, fault: failure }));
}

async fn only_message(office: &Office, id: DossierId) -> Item {
    let mut messages = office.messages(id).await;
    assert_eq!(messages.len(), 1);
    messages.remove(0)
}

/// Returns how often it was tried, how often that was in doubt, and whether it is done.
fn state(item: &Item) -> (Option<u64>, Option<u64>, bool) {
    (number(item, "attempts"), number(item, "resent"), text(item, "sent_at").is_some())
}

#[tokio::test]
async fn a_service_that_is_throttled_is_tried_again_by_the_sweep_and_the_stream_goes_on() {
    let office = Office::open().await;
    let id = office.submit(1, one()).await;
    failing(&office, 3, Failure::Throttled);
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    assert_eq!(office.sent(), []);
    let item = only_message(&office, id).await;
    assert_eq!(text(&item, "reason"), Some("Throttling"));
    assert_eq!(state(&item), (Some(1), None, false));
    office.wait(SignedDuration::from_mins(5));
    assert_eq!(office.sweep().await.retried, 1);
    assert_eq!(office.sent_to(APPLICANT.1), 1);
    assert_eq!(state(&only_message(&office, id).await), (Some(2), Some(0), true));
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
}

#[tokio::test]
async fn a_refusal_for_good_is_a_person_s_and_never_repeated() {
    for (failure, reason) in [(Failure::OptedOut, "opted_out"), (Failure::InvalidParameter, "invalid_parameter")] {
        let office = Office::open().await;
        office.submit(1, one()).await;
        failing(&office, 1, failure);
        assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
        let list = office.before_a_person(TaskKind::Message).await;
        assert_eq!(list, [("message#0000000001#0#sms".to_owned(), reason.to_owned())]);
        office.notify(&office.batch().await).await;
        office.wait(SignedDuration::from_mins(30));
        office.sweep().await;
        assert_eq!((office.sns.calls(), office.sent().len()), (1, 0));
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_tried_again_and_counted_since_it_may_be_a_second_sms() {
    for (failure, expected) in [(Failure::TimeoutNotSent, 1), (Failure::TimeoutSent, 2), (Failure::InternalError, 1)] {
        let office = Office::open().await;
        let id = office.submit(1, one()).await;
        failing(&office, 1, failure);
        assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
        // The client does not repeat by itself a message that may have been sent.
        assert_eq!(office.sns.calls(), 1, "{failure:?}");
        office.wait(SignedDuration::from_mins(5));
        office.sweep().await;
        assert_eq!(state(&only_message(&office, id).await), (Some(2), Some(1), true));
        assert_eq!(office.sent_to(APPLICANT.1), expected, "{failure:?}");
    }
}

#[tokio::test]
async fn a_service_that_stays_down_has_its_messages_before_a_person_after_ten_tries() {
    let office = Office::open().await;
    let id = office.submit(1, one()).await;
    failing(&office, u64::MAX, Failure::TimeoutNotSent);
    office.notify(&office.batch().await).await;
    for _ in 0..12 {
        office.wait(SignedDuration::from_hours(9));
        office.sweep().await;
    }
    assert_eq!(office.sns.calls(), 10);
    let expected = [("message#0000000001#0#sms".to_owned(), "timeout".to_owned())];
    assert_eq!(office.before_a_person(TaskKind::Message).await, expected);
    assert_eq!(state(&only_message(&office, id).await), (Some(10), Some(9), false));
}

#[tokio::test]
async fn after_three_failures_in_a_row_the_service_is_left_alone_and_nothing_is_lost() {
    let office = Office::open().await;
    for number in 1..=9 {
        office.submit(number, one()).await;
    }
    failing(&office, u64::MAX, Failure::TimeoutNotSent);
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    assert_eq!(office.sns.calls(), 3);
    assert_eq!(office.waiting(TaskKind::Message).await, 9);
    office.wait(SignedDuration::from_mins(5));
    let report = office.sweep().await;
    assert_eq!((office.sns.calls(), report.put_off, report.unfinished), (6, 3, true));
    failing(&office, 0, Failure::TimeoutNotSent);
    office.wait(SignedDuration::from_mins(10));
    assert_eq!(office.sweep().await.retried, 9);
    assert_eq!((office.sent().len(), office.waiting(TaskKind::Message).await), (9, 0));
}

/// Makes `calls` calls of the store fail, from the `first`-th on.
fn store_fails(office: &Office, first: u64, calls: u64, fault: Fault) {
    office.wire.set_faults(Faults::from_seed(1, Plan::Burst { first_call: first, calls, fault }));
}

#[tokio::test]
async fn an_sms_that_was_sent_and_not_marked_is_sent_once_more_and_counted() {
    let office = Office::open().await;
    let id = office.submit(1, one()).await;
    let batch = office.batch().await;
    // People, wishes, claim, and then the mark with its three attempts.
    store_fails(&office, 4, 3, Fault::TimeoutNotApplied);
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 1);
    let item = only_message(&office, id).await;
    assert_eq!((state(&item), text(&item, "lease").is_some()), ((Some(1), None, false), true));
    // Until the claim runs out nobody touches it.
    office.wait(SignedDuration::from_secs(119));
    assert_eq!(office.sweep().await, deadline_sweep::Report::default());
    office.wait(SignedDuration::from_secs(1));
    assert_eq!(office.sweep().await.retried, 1);
    assert_eq!(office.sent_to(APPLICANT.1), 2);
    assert_eq!(state(&only_message(&office, id).await), (Some(2), Some(1), true));
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    office.notify(&batch).await;
    assert_eq!(office.sent().len(), 2);
}

#[tokio::test]
async fn a_mark_or_a_claim_whose_answer_was_lost_still_holds() {
    // The second call claims, the third marks; both were applied, and the client's own repeat meets them.
    for call in [2, 3] {
        let office = Office::open().await;
        let id = office.submit(1, one()).await;
        let batch = office.batch().await;
        store_fails(&office, call, 1, Fault::TimeoutApplied);
        assert_eq!(office.notify(&batch).await.to_string(), DONE);
        assert_eq!(office.sent().len(), 1);
        assert_eq!(state(&only_message(&office, id).await), (Some(1), None, true));
    }
}

#[tokio::test]
async fn whoever_meets_a_live_claim_lets_the_stream_go_on_and_the_sweep_ends_what_its_owner_left() {
    let office = Office::open().await;
    let id = office.submit(1, one()).await;
    office.submit(2, both()).await;
    let key = Key::message(&office.agency, id, 1, 0, Outlet::Sms);
    let lease = Lease { token: "another".into(), until: office.now() + notify::LEASE };
    office.store().open_message(&office.agency, &key, &Opening::Claimed(lease), office.now()).await.unwrap();
    let batch = office.batch().await;
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 2);
    office.sweep().await;
    assert_eq!(office.sent().len(), 2, "it is still held");
    // The claim ran out: its owner died, perhaps after the message had left.
    office.wait(notify::LEASE);
    office.sweep().await;
    assert_eq!(office.sent().len(), 3);
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 3);
    assert_eq!(state(&only_message(&office, id).await), (Some(2), Some(1), true));
}

#[tokio::test]
async fn of_two_who_find_a_claim_run_out_one_sends() {
    for seed in 0..20 {
        let office = Office::open().await;
        let id = office.submit(1, one()).await;
        let key = Key::message(&office.agency, id, 1, 0, Outlet::Sms);
        let lease = Lease { token: "died".into(), until: office.now() + notify::LEASE };
        office.store().open_message(&office.agency, &key, &Opening::Claimed(lease), office.now()).await.unwrap();
        let batch = office.batch().await;
        office.wait(notify::LEASE);
        office.wire.set_faults(Faults::from_seed(seed, Plan::Calm));
        let (_, _) = tokio::join!(office.notify(&batch), office.sweep());
        assert_eq!(office.sent().len(), 1, "seed {seed}");
        assert_eq!(state(&only_message(&office, id).await), (Some(2), Some(1), true), "seed {seed}");
    }
}

#[tokio::test]
async fn a_claim_that_is_left_again_and_again_ends_before_a_person() {
    let office = Office::open().await;
    let id = office.submit(1, one()).await;
    let batch = office.batch().await;
    // Every run dies before it marks: people, wishes, claim (from the second run on it is taken over), then nothing more.
    for run in 0..10 {
        store_fails(&office, if run == 0 { 4 } else { 5 }, 100, Fault::Throttle);
        office.notify(&batch).await;
        store_fails(&office, 1, 0, Fault::Throttle);
        // The client's own waits ended within a second.
        office.wait(notify::LEASE + SignedDuration::from_secs(1));
    }
    office.notify(&batch).await;
    let list = office.before_a_person(TaskKind::Message).await;
    assert_eq!(list, [("message#0000000001#0#sms".to_owned(), "interrupted".to_owned())]);
    assert_eq!(office.sent().len(), 10);
    assert_eq!(state(&only_message(&office, id).await), (Some(11), Some(10), false));
}

pub(super) fn event_records(batch: &Value) -> Vec<&Value> {
    let is_event =
        |record: &&Value| record["dynamodb"]["Keys"]["sk"]["S"].as_str().is_some_and(|sk| sk.starts_with("event#"));
    batch["Records"].as_array().unwrap().iter().filter(is_event).collect()
}
