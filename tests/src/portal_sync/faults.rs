//! Calls that fail, answers that are none, and runs that are killed.

use std::collections::BTreeSet;

use motcua_local::neighbours::portal::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use serde_json::json;

use crate::told_town::{NATIONAL, code, differences, live, minute, town, until_told};
use crate::town::Town;

/// Returns a town with a dossier of which some steps were told and some were not.
async fn half_told() -> Town {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    minute(&town).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    town.office.deliver().await.unwrap();
    town
}

async fn is_told(town: &Town, what: &str) {
    until_told(town, 200).await;
    assert_eq!(differences(town, NATIONAL, &[town.id_of(&code(1))]).await, [] as [&str; 0], "{what}");
    let tally = town.office.portals().tally(NATIONAL);
    assert_eq!((tally.refusals, tally.repeats), (0, 0), "{what}");
}

#[tokio::test]
async fn whatever_a_call_meets_nothing_is_lost_and_nothing_is_sent_that_the_portal_refuses() {
    for failure in Failure::PASSING {
        for call in 1..=4 {
            let town = half_told().await;
            town.office.portals().set_failures(NATIONAL, Faults::from_seed(1, Plan::at_call(call, failure)));
            is_told_whatever(&town, failure, call).await;
        }
    }
}

async fn is_told_whatever(town: &Town, failure: Failure, call: u64) {
    until_told(town, 200).await;
    let what = format!("{failure:?} at call {call}");
    assert_eq!(differences(town, NATIONAL, &[town.id_of(&code(1))]).await, [] as [&str; 0], "{what}");
    let tally = town.office.portals().tally(NATIONAL);
    assert_eq!((tally.refusals, tally.repeats), (0, 0), "{what}");
}

#[tokio::test]
async fn a_run_whose_table_fails_at_any_call_loses_nothing_and_repeats_nothing() {
    for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied] {
        for first_call in 1..=14 {
            let town = half_told().await;
            // As many as the SDK tries, so that the function sees it.
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 3, fault }));
            town.minutes(1);
            town.office.tell_portals().await;
            town.office.wire().set_faults(Faults::none());
            // A lease that nobody gave back runs out.
            town.minutes(3);
            is_told(&town, &format!("{fault:?} at call {first_call}")).await;
        }
    }
}

#[tokio::test]
async fn a_portal_that_shows_no_steps_is_told_the_rest_one_by_one() {
    let town = half_told().await;
    town.office.portals().hide_steps(NATIONAL);
    // The dossier is the first call, its steps the second.
    town.office.portals().set_failures(NATIONAL, Faults::from_seed(1, Plan::at_call(2, Failure::TimeoutTaken)));
    until_told(&town, 200).await;
    assert_eq!(differences(&town, NATIONAL, &[town.id_of(&code(1))]).await, [] as [&str; 0]);
    assert_eq!(town.office.portals().tally(NATIONAL).refusals, 0);
}

#[tokio::test]
async fn a_portal_that_forgot_a_dossier_is_told_all_of_it_again() {
    let town = half_told().await;
    town.office.portals().forget(NATIONAL);
    until_told(&town, 10).await;
    assert_eq!(differences(&town, NATIONAL, &[town.id_of(&code(1))]).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_dossier_that_came_there_meanwhile_is_an_update() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    // The dossier is taken and its answer lost: after the log-in and the look-up it is the third call.
    town.office.portals().set_failures(NATIONAL, Faults::from_seed(1, Plan::at_call(3, Failure::TimeoutTaken)));
    until_told(&town, 20).await;
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
    assert_eq!(town.office.portals().tally(NATIONAL).refusals, 0);
}

#[tokio::test]
async fn many_dossiers_told_through_faults_end_as_ours_do() {
    let (dossiers, mut states) = (10, BTreeSet::new());
    for seed in 1..=3 {
        let town = town(&[NATIONAL], 60).await;
        let plan = Plan::Chance { per_mille: 80, faults: Failure::PASSING.to_vec() };
        town.office.portals().set_failures(NATIONAL, Faults::from_seed(seed, plan));
        let ids = live(&town, dossiers, seed).await;
        town.office.portals().set_failures(NATIONAL, Faults::none());
        let report = until_told(&town, 3_000).await;
        assert_eq!(report.refused, 0, "seed {seed}");
        assert_eq!(differences(&town, NATIONAL, &ids).await, [] as [&str; 0], "seed {seed}");
        let tally = town.office.portals().tally(NATIONAL);
        assert_eq!((tally.refusals, tally.repeats), (0, 0), "seed {seed}");
        states.extend(town.office.portals().known(NATIONAL).into_values().flat_map(|known| known.states()));
    }
    // Otherwise the dossiers lived too short to show anything.
    assert!(states.len() >= 7, "{states:?}");
}
