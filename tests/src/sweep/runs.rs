//! Runs that die, meet, end early or find something they cannot read.

use motcua_local::rights::in_role;
use std::sync::atomic::{AtomicU32, Ordering};

use deadline_sweep::Report;
use jiff::SignedDuration;
use motcua::store::{Item, Key, SHARDS, TaskKind, number, text};
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use motcua_local::wire::tally::Units;
use rules::id::DossierId;

use super::{GRACE_ENDS, idle, pauses};
use crate::fixture::{Office, of_shard, one};

/// Returns the shard that a run at this instant begins with.
fn first_shard(office: &Office) -> u32 {
    u32::try_from(office.now().as_second() / 300 % i64::from(SHARDS)).unwrap()
}

/// Makes an office at the end of grace with so many dossiers due in the shard that comes first.
async fn due(count: usize) -> (Office, Vec<DossierId>) {
    let office = Office::open().await;
    office.wait_until("2020-04-15T09:00:00+07:00");
    let mut ids = Vec::new();
    for number in of_shard(8, count) {
        ids.push(office.accepted(number, one()).await);
    }
    office.wait_until(GRACE_ENDS);
    assert_eq!(first_shard(&office), 8);
    (office, ids)
}

/// Runs a sweep that is killed when it makes its `call`-th call; `true` if it ended before.
async fn killed_at(office: &Office, call: u64) -> bool {
    office.wire.set_faults(Faults::from_seed(call, Plan::Calm));
    let killed = async {
        while office.wire.data_calls() < call {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = killed => false,
        _ = office.sweep() => true,
    }
}

#[tokio::test]
async fn a_sweep_that_dies_mid_page_is_made_up_for_by_the_next() {
    // One query, then a read and a write for each.
    for call in 1..=10 {
        let (office, ids) = due(4).await;
        assert!(!killed_at(&office, call).await);
        let before = office.wire.data_calls();
        assert!(before >= call);
        office.sweep().await;
        for id in ids {
            assert_eq!(pauses(&office.events(id).await), 1, "killed at call {call}");
        }
        idle(&office).await;
    }
}

#[tokio::test]
async fn a_sweep_that_dies_while_it_sends_leaves_every_message_to_the_next_and_every_copy_counted() {
    let mut copies = 0;
    for call in 1..=16 {
        let (office, ids) = due(2).await;
        office.sns.set_failures(Faults::from_seed(
            1,
            Plan::Burst { first_call: 1, calls: 2, fault: Failure::TimeoutNotSent },
        ));
        let (agency, now) = (&office.agency, office.now());
        office.notify(&office.batch().await).await;
        let before = office.sent().len() as u64;
        assert_eq!(office.waiting(TaskKind::Message).await, 2, "{agency} {now}");
        office.wait(SignedDuration::from_mins(80));
        assert_eq!(first_shard(&office), 8);
        killed_at(&office, call).await;
        office.wait(deadline_sweep::LEASE + SignedDuration::from_mins(1));
        office.sweep().await;
        let mut items: Vec<Item> = Vec::new();
        for id in ids {
            items.extend(office.messages(id).await);
        }
        assert!(items.iter().all(|item| text(item, "sent_at").is_some()), "killed at call {call}: {items:?}");
        // Two tries were in doubt from the start and not sent.
        let resent: u64 = items.iter().filter_map(|item| number(item, "resent")).sum::<u64>() - 2;
        let more = office.sent().len() as u64 - before - 2;
        assert!(more <= resent, "killed at call {call}: {more} more, {resent} counted");
        copies += more;
    }
    assert!(copies > 0, "it was never killed between sending and marking");
}

#[tokio::test]
async fn two_sweeps_at_once_pause_each_dossier_once_and_send_each_message_once() {
    for seed in 0..6 {
        let (office, ids) = due(3).await;
        let throttled = Plan::Burst { first_call: 1, calls: 9, fault: Failure::Throttled };
        office.sns.set_failures(Faults::from_seed(1, throttled));
        office.notify(&office.batch().await).await;
        office.wait(SignedDuration::from_mins(5));
        office.wire.set_faults(Faults::from_seed(seed, Plan::Calm));
        let (one, other) = tokio::join!(office.sweep(), office.sweep());
        assert_eq!((one.paused + other.paused, one.failed + other.failed), (3, 0), "seed {seed}");
        for id in &ids {
            assert_eq!(pauses(&office.events(*id).await), 1, "seed {seed}");
        }
        // Two messages, received and accepted, of each of three dossiers.
        assert_eq!((office.sent().len(), office.waiting(TaskKind::Message).await), (6, 0), "seed {seed}");
    }
}

#[tokio::test]
async fn a_run_whose_time_ends_goes_on_where_the_next_begins_and_no_shard_starves() {
    let office = Office::open().await;
    let mut ids = Vec::new();
    for shard in 0..SHARDS {
        ids.push(office.accepted(of_shard(shard, 1)[0], one()).await);
    }
    office.wait_until(GRACE_ENDS);
    let mut runs = 0;
    loop {
        // Time for one shard, its dossier, and nothing more.
        let left = AtomicU32::new(2);
        let time_left = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        let report =
            in_role("deadline-sweep", deadline_sweep::handle(&office.site, &office.outlets, office.now(), &time_left))
                .await;
        assert_eq!((report.paused, report.unfinished), (1, true));
        runs += 1;
        if runs == SHARDS {
            break;
        }
        office.wait(SignedDuration::from_mins(5));
    }
    for id in ids {
        assert_eq!(pauses(&office.events(id).await), 1);
    }
    idle(&office).await;
}

#[tokio::test]
async fn without_time_nothing_is_begun() {
    let (office, _) = due(1).await;
    office.wire.reset();
    let report =
        in_role("deadline-sweep", deadline_sweep::handle(&office.site, &office.outlets, office.now(), &|| false)).await;
    assert_eq!(report, Report { unfinished: true, ..Report::default() });
    assert_eq!(office.wire.tally().round_trips(), 0);
}

#[tokio::test]
async fn a_dossier_that_cannot_be_read_hinders_no_other_and_ends_before_a_person() {
    let (office, ids) = due(3).await;
    let store = office.store();
    let key = Key::state(&office.agency, ids[0]);
    let spoilt = aws_sdk_dynamodb::types::AttributeValue::S("{".into());
    let update = store.client().update_item().table_name(store.table()).set_key(Some(key.attributes()));
    let update = update.update_expression("SET #state = :state").expression_attribute_names("#state", "state");
    update.expression_attribute_values(":state", spoilt).send().await.unwrap();
    assert_eq!(office.sweep().await, Report { paused: 2, failed: 1, ..Report::default() });
    // It was put off, so that the next run does not meet it first.
    idle(&office).await;
    let mut failures = 1;
    for _ in 0..12 {
        office.wait(SignedDuration::from_hours(9));
        failures += office.sweep().await.failed;
    }
    assert_eq!(failures, 10);
    assert_eq!(office.before_a_person(TaskKind::Dossier).await, [("state".to_owned(), String::new())]);
}

#[tokio::test]
async fn faults_of_the_store_leave_everything_done_in_the_end_and_nothing_twice() {
    let mut unlucky = 0;
    for seed in 0..6 {
        let (office, ids) = due(3).await;
        let faults =
            vec![Fault::Throttle, Fault::TimeoutApplied, Fault::TimeoutNotApplied, Fault::Conflict, Fault::StaleIndex];
        office.wire.set_faults(Faults::from_seed(seed, Plan::Chance { per_mille: 400, faults }));
        for _ in 0..3 {
            unlucky += office.sweep().await.failed;
            office.wait(SignedDuration::from_mins(5));
        }
        office.wire.set_faults(Faults::none());
        office.wait(SignedDuration::from_mins(60));
        office.sweep().await;
        for id in ids {
            assert_eq!(pauses(&office.events(id).await), 1, "seed {seed}");
        }
    }
    assert!(unlucky > 0, "no fault got through");
}

#[tokio::test]
async fn an_idle_sweep_costs_half_a_unit_a_shard() {
    let office = Office::open().await;
    office.accepted(1, one()).await;
    office.wire.reset();
    idle(&office).await;
    let queries = u64::from(SHARDS);
    assert_eq!(office.wire.tally().round_trips(), queries);
    assert!(office.wire.tally().read_units() <= Units::halves(queries));
    assert_eq!(office.wire.tally().write_units(), Units::default());
}
