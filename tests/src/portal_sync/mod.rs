//! Telling portals: whole lives, faults, portals that are down or refuse, clocks, older dossiers, and what people then have to do.

mod clocks;
mod down;
mod faults;
mod fetched;
mod older;
mod refused;

use serde_json::json;

use crate::one_dossier;
use crate::told_town::{NATIONAL, PROVINCIAL, differences, live, minute, steps, town, until_told};

#[tokio::test]
async fn the_story_of_one_dossier_is_told_step_by_step() {
    let town = town(&[NATIONAL], 60).await;
    one_dossier::live(&town, one_dossier::submission()).await;
    let report = until_told(&town, 5).await;
    assert_eq!((report.told, report.refused), (1, 0));
    let known = town.office.portals().known(NATIONAL);
    let states = steps(&known, one_dossier::CODE);
    assert_eq!(states, ["1", "2", "6", "6", "2", "4", "5", "5", "5", "4", "9", "10"]);
    assert_eq!(differences(&town, NATIONAL, &[town.id_of(one_dossier::CODE)]).await, [] as [&str; 0]);
    let tally = town.office.portals().tally(NATIONAL);
    // A log-in, a look-up, the dossier, and its twelve steps in two calls.
    assert_eq!((tally.calls, tally.refusals, tally.repeats), (5, 0, 0));
}

#[tokio::test]
async fn each_step_is_told_within_a_minute_and_costs_two_calls() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit("G22.99-200415-0001").await;
    minute(&town).await;
    let before = town.office.portals().tally(NATIONAL).calls;
    town.clerk(id, "accept", json!({})).await;
    let report = minute(&town).await;
    assert_eq!((report.told, report.oldest_minutes), (1, 1));
    assert_eq!(town.office.portals().tally(NATIONAL).calls - before, 2);
    assert_eq!(steps(&town.office.portals().known(NATIONAL), "G22.99-200415-0001"), ["1", "2"]);
    assert_eq!(minute(&town).await, portal_sync::Report::default(), "there is nothing more to tell");
}

#[tokio::test]
async fn two_portals_are_told_apart_and_one_that_is_down_holds_up_only_itself() {
    let town = town(&[NATIONAL, PROVINCIAL], 60).await;
    town.office.portals().set_mood(PROVINCIAL, motcua_local::neighbours::portal::Mood::Down);
    let ids = live(&town, 3, 7).await;
    minute(&town).await;
    assert_eq!(differences(&town, NATIONAL, &ids).await, [] as [&str; 0]);
    assert_eq!(town.office.portals().known(PROVINCIAL).len(), 0);
    town.office.portals().set_mood(PROVINCIAL, motcua_local::neighbours::portal::Mood::Well);
    until_told(&town, 80).await;
    assert_eq!(differences(&town, PROVINCIAL, &ids).await, [] as [&str; 0]);
}
