//! Dossiers from the desk to the applicant's hands, by commands alone.

use rules::http::Reply;
use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::town::FEE_VND;

/// Plays a story of commands: each is given on the dossier as it is, and leads to a phase.
async fn told(town: &Town, id: DossierId, steps: &[(&str, Value, &str)]) {
    for (command, body, phase) in steps {
        let role = if matches!(*command, "reopen" | "apologise") { "manager" } else { "clerk" };
        let answer = town.staff(role, id, command, body).await;
        assert_eq!(answer.status().as_u16(), 200, "{command}: {}", answer.text());
        let said = json_of(&answer);
        assert_eq!(said["status"], "recorded", "{command}");
        assert_eq!(said["dossier"]["phase"], *phase, "{command}");
        assert_eq!(said["version"], said["dossier"]["version"], "{command}");
        assert_eq!(answer.header("etag"), Some(format!("\"{}\"", said["version"]).as_str()), "{command}");
    }
}

#[tokio::test]
async fn a_dossier_is_filed_accepted_paid_paused_resumed_settled_posted_and_handed_out() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.minutes(10);
    town.knows("u-2", "specialist").await;
    told(&town, id, &[("accept", json!({}), "accepted"), ("forward", json!({ "to": "u-2" }), "in_progress")]).await;
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!(dossier.code.as_deref(), Some("000.00.01.H32-200415-0001"));
    assert_eq!(dossier.assignee.as_deref(), Some("u-2"));
    told(&town, id, &[("ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND }), "paused")]).await;
    town.minutes(10);
    town.send(&town.callback(&town.paid(&format!("{id}01")))).await;
    let papers = json!(["GPXD-DON", "GPXD-BV"]);
    told(
        &town,
        id,
        &[
            ("enter-step", json!({ "step": "verification" }), "in_progress"),
            ("pause-clock", json!({ "reason": "originals", "papers": papers }), "paused"),
        ],
    )
    .await;
    town.minutes(60);
    let half = json!({ "papers": ["GPXD-DON"], "minutes_no": "BB-1", "by": "hand" });
    let rest = json!({ "papers": ["GPXD-BV"], "minutes_no": "BB-2", "by": "post" });
    told(
        &town,
        id,
        &[
            ("record-receipt", half, "paused"),
            ("record-receipt", rest, "in_progress"),
            ("enter-step", json!({ "step": "return" }), "in_progress"),
            ("record-result", json!({ "kind": "positive" }), "done"),
            ("post-result", json!({ "item_code": "CE123456789VN" }), "in_post"),
            ("record-undelivered", json!({}), "done"),
            ("post-result", json!({ "item_code": "CE123456790VN" }), "in_post"),
            ("record-delivery", json!({}), "returned"),
            ("reissue-result", json!({ "reason": "sai tên" }), "done"),
            ("hand-out", shown(true), "done"),
            ("hand-out", shown(false), "returned"),
        ],
    )
    .await;
    let seen = json_of(&get(&town, id.as_str()).await);
    assert_eq!(seen["portal_status"], 10);
    assert_eq!(seen["fees"][0]["state"], "paid");
    let history = seen["history"]["items"].as_array().unwrap();
    let actors: BTreeSet<_> = history.iter().map(|it| it["actor"].to_string()).collect();
    assert_eq!(actors, [r#"{"gateway":"vnpay-demo"}"#.to_owned(), r#"{"staff":"clerk"}"#.to_owned()].into());
}

#[tokio::test]
async fn what_was_done_in_error_is_undone_by_a_manager() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let steps = [
        ("refuse-intake", json!({ "reason": "không thuộc thẩm quyền" }), "not_accepted"),
        ("reopen", json!({ "reason": "từ chối nhầm" }), "submitted"),
        ("accept", json!({}), "accepted"),
        ("close", json!({ "reason": "quá hạn", "article": "Điều 19" }), "closed"),
        ("reopen", json!({ "reason": "đóng nhầm" }), "accepted"),
        ("withdraw", json!({ "reason": "đổi ý" }), "withdrawn"),
    ];
    told(&town, id, &steps).await;
}

#[tokio::test]
async fn a_supplement_is_waived_a_pause_voided_and_a_late_date_apologised_for() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let steps = [
        ("request-supplement", json!({ "reason": "thiếu giấy", "papers": ["GT1"] }), "incomplete"),
        ("waive", json!({ "reason": "supplement", "papers": ["GT1"], "because": "đã có trong kho" }), "submitted"),
        ("accept", json!({}), "accepted"),
        ("request-supplement", json!({ "reason": "thiếu bản vẽ" }), "paused"),
        ("void-pause", json!({ "because": "yêu cầu nhầm" }), "accepted"),
        ("apologise", json!({ "reason": "dịch bệnh", "new_due_on": "2020-05-15" }), "accepted"),
    ];
    told(&town, id, &steps).await;
    let seen = json_of(&get(&town, id.as_str()).await);
    assert_eq!((&seen["due"]["on"], &seen["clock"]["first_due"]["on"]), (&json!("2020-05-15"), &json!("2020-05-08")));
}

#[tokio::test]
async fn a_clerk_records_later_what_happened_earlier() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.minutes(120);
    let accepted = town.clerk(id, "accept", json!({ "at": "2020-04-15T09:00:00+07:00" })).await;
    assert_eq!(accepted["dossier"]["clock"]["starts_at"], "2020-04-15T02:00:00Z");
    let recorded = town.history(id).await.pop().unwrap();
    assert_eq!(recorded.recorded_at, town.clock.now());
}

#[tokio::test]
async fn what_the_clerk_typed_is_kept_with_the_filing() {
    let town = Town::new().await;
    let mut body = declared();
    body["form"] = json!({ "TrichYeuHoSo": "Xin cấp phép" });
    body["filing"] = json!("post");
    let answer = answered(&town, &filing(&town, "filing-1", &body)).await;
    let dossier = &json_of(&answer)["dossier"];
    assert_eq!((&dossier["filing"], &dossier["source"]), (&json!("post"), &json!("office")));
    let id = DossierId::parse(dossier["id"].as_str().unwrap()).unwrap();
    let site = town.office.site();
    let form = site.recorder.store().item(&motcua::store::Key::form(&town.agency(), id, 1)).await.unwrap().unwrap();
    assert_eq!(motcua::store::text(&form, "form"), Some(r#"{"TrichYeuHoSo":"Xin cấp phép"}"#));
}

/// Hands out the result, or part of it, to the applicant, who shows a citizen card.
fn shown(part: bool) -> Value {
    json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001", "part": part })
}
