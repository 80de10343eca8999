//! Cases for a person: refused dossiers, those of another office, and portals that let nobody in.

use motcua::store::{Key, TaskKind, text};
use motcua_local::neighbours::portal::{Failure, Mood};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use serde_json::json;

use crate::told_town::{NATIONAL, code, differences, minute, town, until_told};
use crate::town::Town;

/// Returns the reason and the field that are noted of a dossier.
pub(super) async fn noted(town: &Town, number: usize) -> (String, String) {
    let key = Key::told(&town.agency(), NATIONAL, town.id_of(&code(number)));
    let item = town.office.site().recorder.store().item(&key).await.unwrap().unwrap();
    let noted = |name: &str| text(&item, name).unwrap_or_default().to_owned();
    (noted("reason"), noted("field"))
}

/// Has everything of a kind tried again, as a manager does at the desk.
pub(super) async fn try_again(town: &Town, kind: TaskKind) {
    let (site, agency) = (town.office.site(), town.agency());
    let page = site.recorder.store().set_aside(&agency, kind, None).await.unwrap().unwrap();
    for aside in &page.items {
        site.recorder.store().try_again(&agency, aside, town.clock.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_refused_dossier_goes_to_a_person_with_its_field_and_holds_up_nobody() {
    let town = town(&[NATIONAL], 60).await;
    let first = town.submit(&code(1)).await;
    town.office.portals().set_mood(NATIONAL, Mood::Refusing);
    assert_eq!(minute(&town).await.refused, 1);
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    let second = town.submit(&code(2)).await;
    assert_eq!(minute(&town).await.told, 1);
    assert_eq!(differences(&town, NATIONAL, &[second]).await, [] as [&str; 0]);
    let reason = "7 Trường MaTTHC không có trong danh mục".to_owned();
    assert_eq!(noted(&town, 1).await, (reason, "MaTTHC".to_owned()));
    assert_eq!(town.for_a_person(TaskKind::Telling).await, 1);
    try_again(&town, TaskKind::Telling).await;
    until_told(&town, 3).await;
    assert_eq!(differences(&town, NATIONAL, &[first, second]).await, [] as [&str; 0]);
    assert_eq!(town.for_a_person(TaskKind::Telling).await, 0);
}

#[tokio::test]
async fn an_answer_of_200_with_an_error_is_a_failure() {
    let town = town(&[NATIONAL], 60).await;
    town.submit(&code(1)).await;
    // The log-in and the look-up go well, the dossier is refused.
    town.office.portals().set_failures(NATIONAL, Faults::from_seed(1, Plan::at_call(3, Failure::Refused)));
    let report = minute(&town).await;
    assert_eq!((report.told, report.refused), (0, 1));
    assert_eq!(noted(&town, 1).await, ("99 Loi he thong".to_owned(), String::new()));
}

#[tokio::test]
async fn a_dossier_that_the_portal_has_from_another_office_is_left_to_a_person() {
    let town = town(&[NATIONAL], 60).await;
    town.submit(&code(1)).await;
    town.office.portals().claim(NATIONAL, &code(1), "H99.9");
    assert_eq!(minute(&town).await.refused, 1);
    assert_eq!(noted(&town, 1).await, ("claimed:H99.9".to_owned(), "MaDonVi".to_owned()));
    assert_eq!(town.office.portals().known(NATIONAL)[&code(1)].unit, "H99.9", "nothing of theirs was changed");
}

#[tokio::test]
async fn a_dossier_that_another_office_took_over_there_later_is_left_to_a_person_too() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    minute(&town).await;
    town.office.portals().claim(NATIONAL, &code(1), "H99.9");
    town.clerk(id, "accept", json!({})).await;
    assert_eq!(minute(&town).await.refused, 1);
    assert_eq!(noted(&town, 1).await.0, "claimed");
    town.office.portals().claim(NATIONAL, &code(1), "H32.1");
    try_again(&town, TaskKind::Telling).await;
    until_told(&town, 3).await;
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_portal_that_lets_nobody_in_is_listed_until_it_does() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    town.office.portals().set_mood(NATIONAL, Mood::ShutOut);
    let report = minute(&town).await;
    assert_eq!((report.shut, report.refused, report.put_off), (1, 0, 0), "no dossier suffers for it");
    assert_eq!(town.for_a_person(TaskKind::Door).await, 1);
    for _ in 0..30 {
        minute(&town).await;
    }
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    try_again(&town, TaskKind::Door).await;
    assert_eq!(minute(&town).await.told, 1, "it is tried at once");
    assert_eq!(differences(&town, NATIONAL, &[id]).await, [] as [&str; 0]);
    assert_eq!(town.for_a_person(TaskKind::Door).await, 0);
}

#[tokio::test]
async fn a_dossier_whose_people_were_erased_is_not_told_without_them() {
    let town = town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let key = Key::person(&agency, id);
    store.client().delete_item().table_name(store.table()).set_key(Some(key.attributes())).send().await.unwrap();
    assert_eq!(minute(&town).await.refused, 1);
    assert_eq!(noted(&town, 1).await, ("people_erased".to_owned(), "ChuHoSo".to_owned()));
}
