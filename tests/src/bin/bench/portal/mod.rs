//! Telling a portal: what a step costs, and the proof that dossiers told through faults end there as they do here.

mod killed;

use motcua_local::neighbours::portal::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use motcua_tests::told_town::{NATIONAL, code, differences, live, town, until_told};
use serde_json::json;

/// Prints the calls and capacity of one told step, on a warm function.
pub async fn table() {
    println!(
        "| telling a portal | calls | round trips | read units | write units |\n| --- | ---: | ---: | ---: | ---: |"
    );
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    told(&town, "a dossier for the first time").await;
    town.clerk(id, "accept", json!({})).await;
    told(&town, "one step more").await;
    told(&town, "nothing").await;
}

async fn told(town: &motcua_tests::town::Town, what: &str) {
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let before = town.office.portals().tally(NATIONAL).calls;
    town.office.wire().reset();
    town.office.tell_portals().await;
    let (tally, calls) = (town.office.wire().tally(), town.office.portals().tally(NATIONAL).calls - before);
    println!("| {what} | {calls} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}

/// Tells some dossiers by a process that is killed so often, then so many through calls that fail.
pub async fn prove(dossiers: usize, kills: u64, seed: u64) {
    Box::pin(killed::tell(kills)).await;
    Box::pin(through_faults(dossiers, seed)).await;
}

/// Lets dossiers live at random, each eighth call of a hundred failing, and compares every one of them at the end.
async fn through_faults(dossiers: usize, seed: u64) {
    let town = town(&[NATIONAL], 600).await;
    let plan = Plan::Chance { per_mille: 80, faults: Failure::PASSING.to_vec() };
    town.office.portals().set_failures(NATIONAL, Faults::from_seed(seed, plan));
    let ids = live(&town, dossiers, seed).await;
    town.office.portals().set_failures(NATIONAL, Faults::none());
    let report = until_told(&town, 3_000).await;
    let (differ, tally) = (differences(&town, NATIONAL, &ids).await, town.office.portals().tally(NATIONAL));
    assert!(differ.is_empty(), "seed {seed}: {differ:#?}");
    assert_eq!((report.refused, tally.refusals, tally.repeats), (0, 0, 0), "seed {seed}");
    let steps: usize = town.office.portals().known(NATIONAL).values().map(|known| known.steps.len()).sum();
    println!(
        "seed {seed}: {dossiers} dossiers, {steps} steps, {} calls, nothing lost and nothing refused",
        tally.calls
    );
}
