//! Dossiers that were filed before their portal was told of any.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::Timestamp;
use motcua::store::{Key, text};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use portal_sync::NotBegun;
use rules::id::DossierId;
use serde_json::json;

use crate::told_town::{NATIONAL, begin_older, code, config, differences, minute, town};
use crate::town::Town;

/// More pages than any register here has.
const ALL: u32 = 1_000;

/// Makes an office with dossiers that no portal was told of, whose portal is to be told from now on.
async fn office(dossiers: usize, a_minute: u32) -> (Town, Vec<DossierId>) {
    let town = town(&[], a_minute).await;
    let mut ids = Vec::new();
    for number in 1..=dossiers {
        ids.push(town.submit(&code(number)).await);
    }
    // All were filed in one second, so the register has them in the order of their ids.
    ids.sort_by_key(ToString::to_string);
    town.office.deliver().await.unwrap();
    town.office.configure(config(&[NATIONAL], a_minute));
    assert_eq!(minute(&town).await, portal_sync::Report::default(), "nothing is told of them by itself");
    (town, ids)
}

/// Returns the turn of each dossier.
async fn turns(town: &Town, ids: &[DossierId]) -> Vec<Timestamp> {
    let mut turns = Vec::new();
    for id in ids {
        let key = Key::told(&town.agency(), NATIONAL, *id);
        let item = town.office.site().recorder.store().item(&key).await.unwrap().unwrap();
        turns.push(text(&item, "wake_at").unwrap().parse().unwrap());
    }
    turns
}

#[tokio::test]
async fn older_dossiers_take_half_of_each_minute_and_new_ones_never_wait_behind_them() {
    let (town, mut ids) = office(20, 4).await;
    let begun = begin_older(&town, NATIONAL, ALL).await.unwrap();
    assert_eq!((begun.begun, begun.in_all, begun.ended), (20, 20, true));
    for number in 21..=32 {
        ids.push(town.submit(&code(number)).await);
        let report = minute(&town).await;
        assert!(report.told <= 4, "{report:?}");
        assert!(town.office.portals().known(NATIONAL).contains_key(&code(number)), "a new one waited: {number}");
    }
    let order = town.office.portals().order(NATIONAL);
    let older: Vec<_> = order.into_iter().filter(|it| (1..=20).any(|number| *it == code(number))).collect();
    let mut register: Vec<_> = (1..=20).map(code).collect();
    register.sort_by_key(|code| town.id_of(code).to_string());
    assert_eq!(older, register, "in the order of the register");
    assert_eq!(differences(&town, NATIONAL, &ids).await, [] as [&str; 0]);
}

#[tokio::test]
async fn news_of_an_older_dossier_does_not_wait_for_its_turn() {
    let (town, ids) = office(20, 2).await;
    begin_older(&town, NATIONAL, ALL).await.unwrap();
    town.clerk(ids[19], "accept", json!({})).await;
    minute(&town).await;
    assert_eq!(differences(&town, NATIONAL, &ids[19..]).await, [] as [&str; 0]);
    for _ in 0..20 {
        minute(&town).await;
    }
    assert_eq!(differences(&town, NATIONAL, &ids).await, [] as [&str; 0]);
    assert_eq!(town.office.portals().tally(NATIONAL).repeats, 0);
}

#[tokio::test]
async fn a_beginning_that_is_broken_off_goes_on_and_gives_nobody_two_turns() {
    let (town, ids) = office(60, 60).await;
    let first = begin_older(&town, NATIONAL, 1).await.unwrap();
    assert_eq!((first.begun, first.ended), (50, false));
    let before = turns(&town, &ids[..50]).await;
    // The table fails in the middle of the second page.
    let plan = Plan::Burst { first_call: 6, calls: 3, fault: Fault::TimeoutApplied };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    let broken = begin_older(&town, NATIONAL, ALL).await;
    assert!(matches!(broken, Err(NotBegun::Store(_))), "{broken:?}");
    town.office.wire().set_faults(Faults::none());
    let rest = begin_older(&town, NATIONAL, ALL).await.unwrap();
    assert!(rest.ended && rest.begun < 10, "{rest:?}");
    let again = begin_older(&town, NATIONAL, ALL).await.unwrap();
    assert_eq!((again.begun, again.ended), (0, true));
    let turns = turns(&town, &ids).await;
    assert_eq!(turns[..50], before, "who has a turn keeps it");
    assert_eq!(turns.iter().collect::<BTreeSet<_>>().len(), 60);
    let apart = |pair: &[Timestamp]| pair[1].duration_since(pair[0]) == SignedDuration::from_secs(2);
    assert!(turns.windows(2).all(apart), "{turns:?}");
}

#[tokio::test]
async fn what_the_portal_is_told_of_already_is_not_begun() {
    let town = town(&[NATIONAL], 60).await;
    town.submit(&code(1)).await;
    minute(&town).await;
    let calls = town.office.portals().tally(NATIONAL).calls;
    let begun = begin_older(&town, NATIONAL, ALL).await.unwrap();
    assert_eq!((begun.begun, begun.ended), (0, true));
    minute(&town).await;
    assert_eq!(town.office.portals().tally(NATIONAL).calls, calls);
}

#[tokio::test]
async fn a_portal_that_is_told_nothing_begins_nothing() {
    let town = town(&[], 60).await;
    for portal in [NATIONAL, "nobody"] {
        let begun = begin_older(&town, portal, ALL).await;
        assert!(matches!(begun, Err(NotBegun::NoPortal)), "{begun:?}");
    }
}
