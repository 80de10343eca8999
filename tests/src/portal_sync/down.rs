//! Portals that are down for days, and the costs of everybody else meanwhile.

use motcua_local::neighbours::portal::Mood;
use serde_json::json;

use crate::told_town::{NATIONAL, code, differences, minute, town, until_told, waiting};
use crate::town::Town;

/// Files and accepts dossiers, one an hour; returns the calls of the table that this and the sweeps cost.
async fn file(town: &Town, count: usize) -> u64 {
    let mut calls = 0;
    for number in 1..=count {
        town.office.wire().reset();
        let id = town.submit(&code(number)).await;
        town.clerk(id, "accept", json!({})).await;
        town.office.sweep().await;
        calls += town.office.wire().tally().round_trips();
        minute(town).await;
        town.minutes(59);
    }
    calls
}

#[tokio::test]
async fn a_portal_that_was_down_for_two_days_is_caught_up_oldest_first_and_within_its_rate() {
    let well = town(&[NATIONAL], 5).await;
    let costs = file(&well, 24).await;
    let town = town(&[NATIONAL], 5).await;
    town.office.portals().set_mood(NATIONAL, Mood::Down);
    assert_eq!(file(&town, 24).await, costs, "commits and sweeps cost what they cost before");
    // Runs go on for the rest of two days.
    for _ in 0..24 * 6 {
        minute(&town).await;
        town.minutes(9);
    }
    let asked = town.office.portals().tally(NATIONAL).calls;
    assert!(asked < 400, "a portal that is down is left alone: {asked}");
    assert_eq!(waiting(&town).await, 24);
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    let mut told = Vec::new();
    for _ in 0..70 {
        told.push(minute(&town).await.told);
    }
    assert!(told.iter().all(|told| *told <= 5) && told.iter().sum::<u64>() == 24, "{told:?}");
    let ordered: Vec<_> = (1..=24).map(code).collect();
    assert_eq!(town.office.portals().order(NATIONAL), ordered, "the oldest first");
    let ids: Vec<_> = ordered.iter().map(|code| town.id_of(code)).collect();
    assert_eq!(differences(&town, NATIONAL, &ids).await, [] as [&str; 0]);
}

#[tokio::test]
async fn two_runs_at_once_never_tell_one_portal_together() {
    let town = town(&[NATIONAL], 60).await;
    for number in 1..=5 {
        town.submit(&code(number)).await;
    }
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let (one, other) = tokio::join!(town.office.tell_portals(), town.office.tell_portals());
    assert_eq!(one.told + other.told, 5);
    assert_eq!(town.office.portals().tally(NATIONAL).repeats, 0);
    until_told(&town, 3).await;
}
