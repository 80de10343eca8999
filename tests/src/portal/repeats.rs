//! The same event sent twice, and one dossier reported by two portals.

use rules::http::Reply;
use std::sync::Arc;

use motcua::store::TaskKind;
use motcua_local::senders::Letter;
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::dossier::{Actor, Source};
use serde_json::json;

use super::*;

#[tokio::test]
async fn a_delivery_repeated_is_answered_alike_and_recorded_once() {
    let town = Town::new().await;
    town.submit("warms-the-catalogue").await;
    let letter = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    let id = town.id_of(CODE);
    let wire = town.office.wire();
    wire.reset();
    assert_eq!(said(&town.send(&letter).await), (200, "recorded".into(), Some(id.to_string())));
    assert!(wire.tally().round_trips() <= 2, "{:?}", wire.tally());
    for _ in 0..3 {
        wire.reset();
        assert_eq!(said(&town.send(&letter).await), (200, "already_recorded".into(), Some(id.to_string())));
        assert_eq!(wire.tally().round_trips(), 1);
    }
    assert_eq!(town.history(id).await.len(), 1);
    town.minutes(34 * 24 * 60);
    let late = told_by(&town, NATIONAL, "dossier.submitted", "msg_1", &form(CODE));
    let same_body = Letter { body: letter.body.clone(), ..signed_by(&town, NATIONAL, "msg_1", letter.body.clone()) };
    assert_eq!(status(&town.send(&same_body).await), is(200, "already_recorded"));
    assert_ne!(late.body, letter.body, "the envelope's instant is another");
    let value: serde_json::Value = serde_json::from_str(&letter.body).unwrap();
    let spaced = serde_json::to_string_pretty(&value).unwrap();
    for body in [late.body, spaced] {
        let again = signed_by(&town, NATIONAL, "msg_1", body);
        assert_eq!(said(&town.send(&again).await), (200, "already_recorded".into(), Some(id.to_string())));
    }
    assert_eq!((town.history(id).await.len(), town.for_a_person(TaskKind::Arrival).await), (1, 0));
}

#[tokio::test]
async fn twenty_copies_at_once_leave_one_dossier_and_one_answer_of_recorded() {
    for seed in 0..8 {
        let town = Arc::new(Town::new().await);
        let letter = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
        town.office.wire().set_faults(Faults::from_seed(seed, Plan::Calm));
        let copies: Vec<_> = (0..20)
            .map(|_| {
                let (town, letter) = (town.clone(), letter.clone());
                tokio::spawn(async move { status(&town.send(&letter).await) })
            })
            .collect();
        let mut answers = Vec::new();
        for copy in copies {
            answers.push(copy.await.unwrap());
        }
        let recorded = answers.iter().filter(|answer| **answer == is(200, "recorded")).count();
        let before = answers.iter().filter(|answer| **answer == is(200, "already_recorded")).count();
        assert_eq!((recorded, before), (1, 19), "seed {seed}: {answers:?}");
        assert_eq!(town.history(town.id_of(CODE)).await.len(), 1);
    }
}

#[tokio::test]
async fn a_delivery_id_with_another_content_is_kept_for_a_person() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let delivery = format!("submit-{CODE}");
    let other = form_with(CODE, json!({ "TrichYeuHoSo": "đổi nội dung" }));
    for _ in 0..2 {
        let answer = town.portal("dossier.submitted", &delivery, other.clone()).await;
        assert_eq!(status(&answer), is(200, "kept"));
    }
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
    assert_eq!(town.history(id).await.len(), 1);
    let withdrawal = town.portal("dossier.withdrawn", &delivery, about(CODE, json!({}))).await;
    assert_eq!(status(&withdrawal), is(200, "kept"));
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 2);
    assert_eq!(town.history(id).await.len(), 1);
}

#[tokio::test]
async fn another_delivery_of_the_same_submission_is_the_same_dossier() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let again = town.portal("dossier.submitted", "msg_2", form(CODE)).await;
    assert_eq!(said(&again), (200, "already_recorded".into(), Some(id.to_string())));
    assert_eq!(town.history(id).await.len(), 1);
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 0);
}

#[tokio::test]
async fn another_delivery_of_a_submission_with_other_content_is_kept_for_a_person() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let changed = form_with(CODE, json!({ "ChuHoSo": "Công ty khác" }));
    let answer = town.portal("dossier.submitted", "msg_2", changed).await;
    assert_eq!(said(&answer), (200, "kept".into(), Some(id.to_string())));
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
    assert_eq!(town.history(id).await.len(), 1);
}

#[tokio::test]
async fn the_source_is_recorded_for_the_national_portal_and_the_provincial_centre() {
    let town = Town::new().await;
    let mut ids = Vec::new();
    for (portal, code) in [(NATIONAL, "G22-1"), (PROVINCIAL, "H32-1")] {
        // The same delivery id of two portals is two deliveries.
        let answer = town.send(&told_by(&town, portal, "dossier.submitted", "msg_1", &form(code))).await;
        let (_, told, id) = said(&answer);
        assert_eq!(told, "recorded");
        let id = rules::id::DossierId::parse(&id.unwrap()).unwrap();
        assert_eq!(town.dossier(id).await.unwrap().source, Source::Portal(portal.into()));
        assert_eq!(town.history(id).await[0].actor, Actor::Portal(portal.into()));
        ids.push(id);
    }
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn one_dossier_told_by_two_portals_stays_the_first_one_s() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let letter = told_by(&town, PROVINCIAL, "dossier.submitted", "kh_1", &form(CODE));
    for _ in 0..2 {
        assert_eq!(said(&town.send(&letter).await), (200, "already_recorded".into(), Some(id.to_string())));
    }
    assert_eq!(town.dossier(id).await.unwrap().source, Source::Portal(NATIONAL.into()));
    assert_eq!(town.history(id).await.len(), 1);
    // A later event of the other portal finds the dossier by its code.
    let letter = told_by(&town, PROVINCIAL, "dossier.originals_received", "kh_2", &about(CODE, json!({})));
    assert_eq!(said(&town.send(&letter).await), (200, "recorded".into(), Some(id.to_string())));
    assert_eq!(town.history(id).await[1].actor, Actor::Portal(PROVINCIAL.into()));
    assert_eq!(said(&town.send(&letter).await), (200, "already_recorded".into(), Some(id.to_string())));
    assert_eq!(town.history(id).await.len(), 2);
}

#[tokio::test]
async fn both_portals_at_once_make_one_dossier() {
    for seed in 0..8 {
        let town = Arc::new(Town::new().await);
        town.office.wire().set_faults(Faults::from_seed(seed, Plan::Calm));
        let tellings: Vec<_> = [NATIONAL, PROVINCIAL, NATIONAL, PROVINCIAL]
            .into_iter()
            .enumerate()
            .map(|(number, portal)| {
                let town = town.clone();
                let letter = told_by(&town, portal, "dossier.submitted", &format!("msg_{number}"), &form(CODE));
                tokio::spawn(async move { said(&town.send(&letter).await) })
            })
            .collect();
        let mut answers = Vec::new();
        for telling in tellings {
            answers.push(telling.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|(_, told, _)| told == "recorded").count(), 1, "seed {seed}: {answers:?}");
        assert!(
            answers.iter().all(|(status, _, id)| *status == 200 && *id == answers[0].2),
            "seed {seed}: {answers:?}"
        );
    }
}

#[tokio::test]
async fn whatever_breaks_at_whatever_call_the_repeat_finds_one_dossier() {
    for fault in Fault::ALL {
        for call in 1..=4 {
            for length in [1, 3] {
                let town = Town::new().await;
                let letter = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
                let plan = Plan::Burst { first_call: call, calls: length, fault };
                town.office.wire().set_faults(Faults::from_seed(call, plan));
                let first = town.send(&letter).await;
                let case = format!("{fault:?} at call {call} for {length}: {}", first.text());
                match first.status().as_u16() {
                    503 => assert!(first.header("retry-after").is_some(), "{case}"),
                    other => assert_eq!(other, 200, "{case}"),
                }
                town.office.wire().set_faults(Faults::none());
                let repeat = town.send(&letter).await;
                assert_eq!(repeat.status().as_u16(), 200, "{case}, then {}", repeat.text());
                assert_eq!(town.history(town.id_of(CODE)).await.len(), 1, "{case}");
            }
        }
    }
}
