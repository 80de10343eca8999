//! Whatever call of the store fails, and wherever a run ends: everybody is told at least once, and who is told twice is
//! counted.

use jiff::SignedDuration;
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::broadcast::{Audience, Stage};

use super::{filed, it, minute, mobile, office, released, written};

#[tokio::test]
async fn a_store_that_fails_at_any_call_of_the_gathering_loses_and_doubles_nobody() {
    for first_call in 1..=20 {
        let office = office("").await;
        filed(&office, 3).await;
        let broadcast = written(&office, Audience::default()).await;
        office
            .wire
            .set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 4, fault: Fault::TimeoutApplied }));
        minute(&office).await;
        office.wire.set_faults(Faults::none());
        minute(&office).await;
        let it = it(&office, broadcast).await;
        assert_eq!((it.stage, it.figures.people), (Stage::Ready, 3), "call {first_call}");
    }
}

#[tokio::test]
async fn a_store_that_fails_at_any_call_of_the_sending_lets_nobody_out() {
    for fault in [Fault::TimeoutNotApplied, Fault::TimeoutApplied] {
        for first_call in 1..=30 {
            let office = office("").await;
            filed(&office, 3).await;
            let broadcast = released(&office, Audience::default()).await;
            office.wire.set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 4, fault }));
            minute(&office).await;
            office.wire.set_faults(Faults::none());
            for _ in 0..4 {
                office.wait(SignedDuration::from_mins(3));
                office.broadcast().await;
            }
            for number in 1..=3 {
                let sent = office.sent_to(&mobile(number).1);
                assert!((1..=2).contains(&sent), "call {first_call}, {fault:?}: {sent}");
            }
            // At most the one whose mark was lost.
            assert!(office.sent().len() <= 4, "call {first_call}, {fault:?}");
            let it = it(&office, broadcast).await;
            assert_eq!((it.stage, it.report.all_told()), (Stage::Done, 3), "call {first_call}, {fault:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_tried_again_after_a_while() {
    let office = office("").await;
    filed(&office, 1).await;
    let broadcast = released(&office, Audience::default()).await;
    office.sns.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 1, fault: Failure::TimeoutSent }));
    minute(&office).await;
    office.wait(SignedDuration::from_mins(3));
    office.broadcast().await;
    assert_eq!(office.sent().len(), 2);
    assert_eq!(it(&office, broadcast).await.stage, Stage::Done);
}

#[tokio::test]
async fn two_runs_at_once_tell_nobody_twice() {
    for seed in 0..10 {
        let office = office("").await;
        filed(&office, 12).await;
        released(&office, Audience::default()).await;
        office.wait(SignedDuration::from_mins(1));
        office.wire.set_faults(Faults::from_seed(seed, Plan::Calm));
        tokio::join!(office.broadcast(), office.broadcast());
        minute(&office).await;
        let numbers: std::collections::BTreeSet<_> = office.sent().into_iter().map(|(to, _)| to).collect();
        assert_eq!((numbers.len(), office.sent().len()), (12, 12), "seed {seed}");
    }
}
