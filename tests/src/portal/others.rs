//! Portals that speak of dossiers which they did not file.

use motcua::portal::{self, Applied};
use motcua::recorder::Arrival;
use motcua::store::{Key, TaskKind};
use rules::config::{Config, DEMO, Host};
use rules::dossier::Phase;

use super::*;

/// News that ends a dossier, changes what was filed or lets its clock run: the type, and what it brings.
fn decisive() -> [(&'static str, Value); 4] {
    [
        ("dossier.withdrawn", json!({})),
        ("dossier.changed", json!({ "SoDienThoai": "0905000009" })),
        ("dossier.supplemented", json!({})),
        (
            "dossier.originals_received",
            json!({ "TaiLieuNop": [{ "MaThanhPhanHoSo": "GPXD-BV" }], "SoBienBanGiaoNhan": "BB-1" }),
        ),
    ]
}

/// Returns the demo configuration in which the provincial centre speaks for others.
fn trusting() -> Config {
    let level = "level = \"provincial\"";
    assert!(DEMO.contains(level));
    Config::strict(&DEMO.replace(level, &format!("{level}\nspeaks_for_others = true")), Host::Loopback).unwrap()
}

#[tokio::test]
async fn what_another_portal_tells_goes_to_a_person_and_moves_nothing() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "accept", json!({})).await;
    for (number, (kind, more)) in decisive().into_iter().enumerate() {
        let before = town.history(id).await.len();
        let letter = told_by(&town, PROVINCIAL, kind, &format!("kh_{number}"), &about(CODE, more));
        for _ in 0..2 {
            assert_eq!(said(&town.send(&letter).await), (200, "kept".into(), Some(id.to_string())), "{kind}");
        }
        assert_eq!(town.for_a_person(TaskKind::Arrival).await, number + 1, "{kind}");
        assert_eq!(town.history(id).await.len(), before, "{kind}");
    }
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Accepted);
    // An announcement decides nothing.
    let letter = told_by(&town, PROVINCIAL, "dossier.originals_received", "kh_9", &about(CODE, json!({})));
    assert_eq!(status(&town.send(&letter).await), is(200, "recorded"));
    // The portal that filed it is believed.
    assert_eq!(status(&town.portal("dossier.withdrawn", "msg_9", about(CODE, json!({}))).await), is(200, "recorded"));
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
}

#[tokio::test]
async fn a_dossier_filed_at_the_desk_is_no_portal_s_own() {
    let town = Town::new().await;
    let answer = crate::desk::file(
        &town,
        "k-1",
        &json!({
            "procedure": crate::town::PERMIT, "filing": "desk", "accept": true,
            "applicant": { "name": "Công ty TNHH Thử Nghiệm" },
        }),
    )
    .await;
    let dossier: Value = serde_json::from_str(answer.text()).unwrap();
    let code = dossier["dossier"]["code"].as_str().unwrap();
    let id = rules::id::DossierId::parse(dossier["dossier"]["id"].as_str().unwrap()).unwrap();
    for portal in [NATIONAL, PROVINCIAL] {
        let letter = told_by(&town, portal, "dossier.withdrawn", "w_1", &about(code, json!({})));
        assert_eq!(said(&town.send(&letter).await), (200, "kept".into(), Some(id.to_string())), "{portal}");
    }
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Accepted);
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 2);
}

#[tokio::test]
async fn a_portal_whose_entry_allows_it_speaks_for_others() {
    let town = Town::new().await;
    town.office.configure(trusting());
    let id = town.submit(CODE).await;
    let letter = told_by(&town, PROVINCIAL, "dossier.withdrawn", "kh_2", &about(CODE, json!({})));
    assert_eq!(said(&town.send(&letter).await), (200, "recorded".into(), Some(id.to_string())));
    assert_eq!(said(&town.send(&letter).await), (200, "already_recorded".into(), Some(id.to_string())));
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
}

#[tokio::test]
async fn what_came_before_its_dossier_is_held_against_the_portal_that_filed_it() {
    let town = Town::new().await;
    let letter = told_by(&town, PROVINCIAL, "dossier.withdrawn", "kh_2", &about(CODE, json!({})));
    assert_eq!(status(&town.send(&letter).await), is(202, "kept"));
    let id = town.submit(CODE).await;
    let site = town.office.site();
    let item = site.recorder.store().item(&Key::arrival(&town.agency(), PROVINCIAL, "kh_2")).await.unwrap();
    let arrival = Arrival::read(&item.unwrap()).unwrap();
    let applied = portal::apply(&site, &town.agency(), &arrival, town.clock.now()).await.unwrap();
    assert_eq!(applied, Applied::Unusable);
    town.settle(3).await;
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Submitted);
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
}
