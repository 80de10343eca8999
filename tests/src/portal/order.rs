//! Effects of a dossier's events, and the fate of those that come before it.

use motcua::portal::{self, Applied};
use motcua::recorder::Arrival;
use motcua::store::{Key, TaskKind, text};
use rules::dossier::{Event, Phase};
use rules::http::Reply;
use rules::id::DossierId;
use serde_json::json;

use super::*;
use crate::town::at;

async fn phase(town: &Town, id: DossierId) -> Phase {
    town.dossier(id).await.unwrap().phase()
}

async fn last(town: &Town, id: DossierId) -> Vec<Event> {
    town.history(id).await.pop().unwrap().events
}

async fn kept(town: &Town, portal: &str, delivery: &str) -> Arrival {
    let site = town.office.site();
    let item = site.recorder.store().item(&Key::arrival(&town.agency(), portal, delivery)).await.unwrap();
    Arrival::read(&item.expect("it was kept")).unwrap()
}

async fn apply(town: &Town, arrival: &Arrival) -> Applied {
    let site = town.office.site();
    portal::apply(&site, &town.agency(), arrival, town.clock.now()).await.unwrap()
}

#[tokio::test]
async fn an_event_before_its_dossier_is_kept_and_applied_when_the_dossier_is_there() {
    let town = Town::new().await;
    let data = about(CODE, json!({}));
    let answer = town.portal("dossier.withdrawn", "msg_2", data).await;
    assert_eq!(said(&answer), (202, "kept".into(), None));
    let arrival = kept(&town, NATIONAL, "msg_2").await;
    assert_eq!(apply(&town, &arrival).await, Applied::DossierUnknown);
    town.minutes(10);
    let id = town.submit(CODE).await;
    assert_eq!(apply(&town, &arrival).await, Applied::Recorded);
    assert_eq!(apply(&town, &arrival).await, Applied::Before);
    assert_eq!(phase(&town, id).await, Phase::Withdrawn);
    let recorded = town.history(id).await.pop().unwrap();
    assert_eq!(recorded.at, at(crate::town::MORNING), "it happened when it was told, not when it was applied");
    assert_eq!(recorded.recorded_at, at("2020-04-15T08:10:00+07:00"));
    // The portal, which was answered 202, may still repeat it.
    let body = arrival.body.clone();
    let again = town.send(&signed_by(&town, NATIONAL, "msg_2", body)).await;
    assert_eq!(said(&again), (200, "already_recorded".into(), Some(id.to_string())));
}

#[tokio::test]
async fn the_sweep_applies_what_came_too_early_and_gives_a_person_what_never_finds_its_dossier() {
    let town = Town::new().await;
    town.portal("dossier.withdrawn", "msg_2", about(CODE, json!({}))).await;
    town.portal("dossier.withdrawn", "msg_3", about("no-such-dossier", json!({}))).await;
    let id = town.submit(CODE).await;
    town.settle(2).await;
    assert_eq!(phase(&town, id).await, Phase::Withdrawn);
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 0);
    for _ in 0..10 {
        town.minutes(24 * 60);
        town.office.sweep().await;
    }
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
}

#[tokio::test]
async fn an_early_delivery_id_with_another_content_is_not_lost() {
    let town = Town::new().await;
    for reason in ["", "một", "hai", "hai"] {
        let answer = town.portal("dossier.withdrawn", "msg_2", about(CODE, json!({ "GhiChu": reason }))).await;
        assert_eq!(status(&answer), is(202, "kept"));
    }
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 2);
}

#[tokio::test]
async fn a_kept_event_that_cannot_be_read_or_reuses_its_delivery_id_is_a_person_s() {
    let town = Town::new().await;
    town.submit(CODE).await;
    town.portal("dossier.withdrawn", "msg_2", about("elsewhere", json!({}))).await;
    let arrival = kept(&town, NATIONAL, "msg_2").await;
    let unreadable = Arrival { body: arrival.body.replace("MaHoSo", "MaHS"), ..arrival.clone() };
    assert_eq!(apply(&town, &unreadable).await, Applied::Unusable);
    let other_type = Arrival { body: arrival.body.replace("withdrawn", "burnt"), ..arrival.clone() };
    assert_eq!(apply(&town, &other_type).await, Applied::Unusable);
    let body = arrival.body.replace("elsewhere", CODE);
    let reused = Arrival { body, delivery: format!("submit-{CODE}"), ..arrival };
    assert_eq!(apply(&town, &reused).await, Applied::Unusable);
}

#[tokio::test]
async fn a_withdrawal_ends_an_open_dossier_and_its_words_stay_out_of_the_history() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "accept", json!({})).await;
    let words = "Tôi là Cơ sở Riêng Tư, không làm nữa";
    let answer = town.portal("dossier.withdrawn", "msg_2", about(CODE, json!({ "GhiChu": words }))).await;
    assert_eq!(said(&answer), (200, "recorded".into(), Some(id.to_string())));
    assert_eq!(phase(&town, id).await, Phase::Withdrawn);
    let recorded = serde_json::to_string(&town.history(id).await).unwrap();
    assert!(!recorded.contains("Riêng"));
    let site = town.office.site();
    let form = site.recorder.store().item(&Key::form(&town.agency(), id, 3)).await.unwrap().unwrap();
    assert!(text(&form, "form").unwrap().contains(words));
}

#[tokio::test]
async fn a_dossier_whose_result_is_there_declines_to_be_withdrawn() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    let version = town.dossier(id).await.unwrap().version;
    let answer = town.portal("dossier.withdrawn", "msg_2", about(CODE, json!({}))).await;
    assert_eq!(
        (answer.status().as_u16(), answer.text()),
        (200, r#"{"did":"nothing","reason":"Cannot withdraw the dossier: its result is ready.","status":"refused"}"#)
    );
    assert_eq!(town.dossier(id).await.unwrap().version, version);
}

#[tokio::test]
async fn a_supplement_asked_before_acceptance_completes_the_submission() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu giấy", "papers": ["GT1", "GT2"] })).await;
    town.minutes(5);
    let some =
        about(CODE, json!({ "DanhSachHoSoBoSung": [{ "DanhSachGiayToBoSung": [{ "MaThanhPhanHoSo": "GT1" }] }] }));
    assert_eq!(status(&town.portal("dossier.supplemented", "msg_2", some).await), is(200, "recorded"));
    assert_eq!(phase(&town, id).await, Phase::Incomplete);
    town.minutes(5);
    let rest = about(CODE, json!({ "TaiLieuNop": [{ "MaThanhPhanHoSo": "GT2" }] }));
    assert_eq!(status(&town.portal("dossier.supplemented", "msg_3", rest).await), is(200, "recorded"));
    assert_eq!(phase(&town, id).await, Phase::Submitted);
}

#[tokio::test]
async fn a_supplement_resumes_the_clock_at_the_instant_the_portal_received_it() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu giấy", "papers": ["GT1"] })).await;
    assert_eq!(phase(&town, id).await, Phase::Paused);
    town.until("2020-04-20T10:00:00+07:00");
    let row =
        json!([{ "NgayTiepNhanBoSung": "20200420093000", "DanhSachGiayToBoSung": [{ "MaThanhPhanHoSo": "GT1" }] }]);
    // The portal's own view of the state is out of date.
    let data = about(CODE, json!({ "DanhSachHoSoBoSung": row, "TrangThaiHoSo": "1" }));
    assert_eq!(status(&town.portal("dossier.supplemented", "msg_2", data).await), is(200, "recorded"));
    assert_eq!(phase(&town, id).await, Phase::Accepted);
    let resumed_at = last(&town, id).await.into_iter().find_map(|event| match event {
        Event::ClockResumed { at, .. } => Some(at),
        _ => None,
    });
    assert_eq!(resumed_at, Some(at("2020-04-20T09:30:00+07:00")));
}

#[tokio::test]
async fn originals_count_with_their_minutes_and_are_only_announced_without() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    let papers = json!(["GPXD-DON", "GPXD-BV"]);
    town.clerk(id, "pause-clock", json!({ "reason": "originals", "papers": papers })).await;
    town.until("2020-04-17T10:00:00+07:00");
    let files = json!([{ "MaThanhPhanHoSo": "GPXD-DON" }, { "MaThanhPhanHoSo": "GPXD-BV" }]);
    let without = about(CODE, json!({ "TaiLieuNop": files }));
    assert_eq!(status(&town.portal("dossier.originals_received", "msg_2", without).await), is(200, "recorded"));
    assert!(matches!(last(&town, id).await[..], [Event::OriginalsAnnounced { .. }]));
    let minutes_only = about(CODE, json!({ "SoBienBanGiaoNhan": "BB-1" }));
    assert_eq!(status(&town.portal("dossier.originals_received", "msg_3", minutes_only).await), is(200, "recorded"));
    assert_eq!(phase(&town, id).await, Phase::Paused);

    let handed_over = json!({ "NgayGiaoNhan": "20200417093000", "HinhThuc": "1", "SoBienBanGiaoNhan": "BB-1" });
    let mut with = about(CODE, handed_over);
    with["TaiLieuNop"] = files;
    assert_eq!(status(&town.portal("dossier.originals_received", "msg_4", with.clone()).await), is(200, "recorded"));
    assert_eq!(phase(&town, id).await, Phase::InProgress);
    let handed_over_at = at("2020-04-17T09:30:00+07:00");
    let events = last(&town, id).await;
    let Event::PapersReceived { at, minutes_no, by_post, .. } = &events[0] else { panic!("{events:?}") };
    assert_eq!((*at, minutes_no.as_str(), *by_post), (handed_over_at, "BB-1", true));
    let again = town.portal("dossier.originals_received", "msg_5", with).await;
    assert_eq!(status(&again), is(200, "refused"), "they are in already");
}

#[tokio::test]
async fn what_comes_for_a_closed_dossier_is_received_and_kept_for_a_person() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "close", json!({ "reason": "quá hạn bổ sung", "article": "Điều 19" })).await;
    for (kind, more, what) in [
        ("dossier.supplemented", json!({}), "supplement"),
        ("dossier.originals_received", json!({ "TaiLieuNop": ["BC"] }), "originals_announced"),
        ("dossier.originals_received", json!({ "TaiLieuNop": ["BC"], "SoBienBanGiaoNhan": "1" }), "papers"),
        ("dossier.withdrawn", json!({}), "withdrawal"),
        ("dossier.files_kept", json!({ "TaiLieuNop": [{ "DuongDanTaiTepTin": "https://tep.vn/1" }] }), "files"),
    ] {
        let answer = town.portal(kind, &format!("msg_{what}"), about(CODE, more)).await;
        assert_eq!(said(&answer), (200, "kept".into(), Some(id.to_string())), "{what}");
        let events = last(&town, id).await;
        assert!(matches!(&events[..], [Event::ArrivalKept { what: kept, .. }] if kept == what), "{events:?}");
        assert_eq!(phase(&town, id).await, Phase::Closed);
    }
}

#[tokio::test]
async fn a_portal_whose_clock_is_ahead_tells_of_now() {
    let town = Town::new().await;
    let ahead = form_with(CODE, json!({ "NgayNopHoSo": "20200416080000" }));
    assert_eq!(status(&town.portal("dossier.submitted", "msg_1", ahead).await), is(200, "recorded"));
    assert_eq!(town.dossier(town.id_of(CODE)).await.unwrap().submitted_at, town.clock.now());
    let behind = form_with("H32-2", json!({ "NgayNopHoSo": "20200414220000" }));
    town.portal("dossier.submitted", "msg_2", behind).await;
    assert_eq!(town.dossier(town.id_of("H32-2")).await.unwrap().submitted_at, at("2020-04-14T22:00:00+07:00"));
}

#[tokio::test]
async fn what_a_portal_ahead_told_too_early_happened_when_it_was_received() {
    let town = Town::new().await;
    let in_an_hour = at("2020-04-15T09:00:00+07:00");
    let body = event("dossier.withdrawn", in_an_hour, about(CODE, json!({})).as_object().unwrap());
    assert_eq!(status(&town.send(&signed_by(&town, NATIONAL, "msg_2", body)).await), is(202, "kept"));
    let arrival = kept(&town, NATIONAL, "msg_2").await;
    town.minutes(120);
    let id = town.submit(CODE).await;
    assert_eq!(apply(&town, &arrival).await, Applied::Recorded);
    assert_eq!(town.history(id).await.pop().unwrap().at, at(crate::town::MORNING));
}

#[tokio::test]
async fn a_dossier_of_a_procedure_that_the_catalogue_lacks_is_taken_all_the_same() {
    let town = Town::new().await;
    let unknown = form_with(CODE, json!({ "MaTTHC": "9.999999" }));
    assert_eq!(status(&town.portal("dossier.submitted", "msg_1", unknown).await), is(200, "recorded"));
    let dossier = town.dossier(town.id_of(CODE)).await.unwrap();
    assert_eq!((dossier.procedure.code.as_str(), dossier.procedure.version), ("9.999999", 0));
}
