//! Minutes and clocks: as many dossiers as a minute has room for, and portals whose clock is off.

use motcua::store::TaskKind;
use motcua_local::neighbours::portal::Mood;
use serde_json::json;

use super::refused::noted;
use crate::told_town::{NATIONAL, code, differences, minute, town, until_told};

#[tokio::test]
async fn two_runs_that_begin_in_one_minute_tell_as_many_dossiers_as_one() {
    let town = town(&[NATIONAL], 5).await;
    for number in 1..=12 {
        town.submit(&code(number)).await;
    }
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let (first, second) = (town.office.tell_portals().await, town.office.tell_portals().await);
    assert_eq!((first.told, second.told, second.unfinished), (5, 0, true));
    assert_eq!(minute(&town).await.told, 5, "the next minute has its own");
    assert_eq!(minute(&town).await.told, 2);
    // The rest of a minute is left for the next run in it.
    for number in 13..=16 {
        town.submit(&code(number)).await;
    }
    town.office.deliver().await.unwrap();
    assert_eq!(town.office.tell_portals().await.told, 3);
    assert_eq!(minute(&town).await.told, 1);
}

#[tokio::test]
async fn a_portal_whose_clock_is_an_hour_behind_is_told_once_its_clock_is_there() {
    let town = town(&[NATIONAL], 60).await;
    town.office.portals().set_mood(NATIONAL, Mood::Behind);
    let id = town.submit(&code(1)).await;
    town.clerk(id, "accept", json!({})).await;
    let report = minute(&town).await;
    assert_eq!((report.told, report.put_off, report.refused, report.shut), (0, 1, 0, 0));
    // A step of now does not go to a person, nor does it hold up those that its clock has passed.
    let report = until_told(&town, 70).await;
    assert_eq!((report.told, report.refused), (1, 0));
    assert_eq!(town.for_a_person(TaskKind::Telling).await, 0);
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_portal_whose_clock_is_an_hour_ahead_is_told_at_once() {
    let town = town(&[NATIONAL], 60).await;
    town.office.portals().set_mood(NATIONAL, Mood::Ahead);
    let id = town.submit(&code(1)).await;
    assert_eq!(minute(&town).await.told, 1);
    // Half an hour later its session is over by either clock.
    town.minutes(31);
    town.clerk(id, "accept", json!({})).await;
    assert_eq!(minute(&town).await.told, 1);
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_portal_whose_clock_stands_still_is_brought_to_a_person() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    town.office.portals().set_mood(NATIONAL, Mood::DaysBehind);
    // Ten tries, each twice as long after the one before.
    for _ in 0..30 {
        minute(&town).await;
        town.minutes(59);
    }
    assert_eq!(noted(&town, 1).await, ("early".to_owned(), "ThoiDiemXuLy".to_owned()));
    assert_eq!(town.for_a_person(TaskKind::Telling).await, 1);
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    super::refused::try_again(&town, TaskKind::Telling).await;
    assert_eq!(minute(&town).await.told, 1);
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
}
