//! Death at a call, and what it parts.

use std::time::Duration;

use super::*;
use crate::neighbours::outbox::Outbox;
use crate::neighbours::sns::{self, Failure, Sns};
use crate::wire::client_through;
use crate::wire::faults::{Faults, Plan};
use crate::wire::mortal::{End, Life, Mortal, Partings};

/// A process that publishes a message and marks it, along calls at which it may die.
struct Process {
    life: Life,
    store: Client,
    publisher: aws_sdk_sns::Client,
    sns: Sns,
    seen: Client,
}

impl Process {
    async fn new() -> Self {
        let (clock, life) = (clock(), Life::default());
        let (wire, seen) = in_process(&clock).await;
        let sns = Sns::new(Outbox::memory(), clock.clone());
        let store = client_through(Mortal::store(wire, &life), &clock);
        let outbox = sns.outbox().clone();
        let publisher = Mortal::outlet(sns.clone(), &life, move || outbox.count());
        Self { store, publisher: sns::client_through(publisher, &clock), life, sns, seen }
    }

    /// Lives once: claims, publishes, marks.
    async fn live(&self, end: Option<End>) -> bool {
        self.life.begin(end);
        let work = async {
            put(&self.store, "a", "claimed").await;
            let _ = self.publisher.publish().phone_number("+84912345678").message("Da nhan").send().await;
            let update = self.store.update_item().table_name(TABLE).key("pk", text("a")).key("sk", text("state"));
            let update = update.update_expression("SET sent_at = :it, note = :it");
            let update = update.expression_attribute_values(":it", text("sent"));
            update.send().await.unwrap();
        };
        tokio::select! {
            biased;
            () = self.life.over() => false,
            () = work => true,
        }
    }
}

#[tokio::test]
async fn a_life_ends_before_the_other_side_takes_its_call_or_after() {
    let deaths = |unmarked_deaths| Partings { deaths: 1, unmarked_deaths, ..Partings::default() };
    for (call, taken, sent, note, unmarked) in [
        (1, false, 0, None, 0),
        (1, true, 0, Some("claimed"), 0),
        (2, false, 0, Some("claimed"), 0),
        (2, true, 1, Some("claimed"), 1),
        (3, false, 1, Some("claimed"), 1),
        (3, true, 1, Some("sent"), 0),
    ] {
        let process = Process::new().await;
        assert!(!process.live(Some(End { call, taken })).await, "call {call}");
        let found = (process.sns.outbox().count(), read(&process.seen, "a").await);
        assert_eq!(found, (sent, note.map(str::to_owned)), "call {call}, taken {taken}");
        assert_eq!(process.life.partings(), deaths(unmarked), "call {call}, taken {taken}");
        // Nobody takes a call of the dead, and the next life has all of its own.
        let late = process.publisher.publish().phone_number("+84912345678").message("Da nhan").send();
        assert!(tokio::time::timeout(Duration::from_millis(10), late).await.is_err());
        assert_eq!(process.sns.outbox().count(), sent);
        assert!(process.live(None).await);
        assert_eq!(process.life.partings(), deaths(unmarked));
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_counted_if_the_message_was_taken() {
    for (failure, lost) in [
        (Failure::TimeoutSent, 1),
        (Failure::ResetSent, 1),
        (Failure::InternalErrorSent, 1),
        (Failure::TimeoutNotSent, 0),
        (Failure::ResetNotSent, 0),
        (Failure::InternalError, 0),
    ] {
        let process = Process::new().await;
        process.sns.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 1, fault: failure }));
        assert!(process.live(None).await);
        assert_eq!(process.life.partings().lost_answers, lost, "{failure:?}");
    }
}

#[tokio::test]
async fn a_mark_that_the_store_never_took_is_counted_once() {
    let process = Process::new().await;
    process.life.begin(None);
    for _ in 0..2 {
        // A claim of the next message is an update too, and marks nothing.
        let claim = process.store.update_item().table_name(TABLE).key("pk", text("b")).key("sk", text("state"));
        let claim = claim.update_expression("SET lease = :it").expression_attribute_values(":it", text("claimed"));
        claim.send().await.unwrap();
        process.publisher.publish().phone_number("+84912345678").message("Da nhan").send().await.unwrap();
    }
    assert_eq!(process.life.partings(), Partings { lost_marks: 2, ..Partings::default() });
    assert_eq!(process.life.partings().most_copies(), 2);
}
