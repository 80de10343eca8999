//! Staff's view of a dossier.

use rules::http::Reply;
use serde_json::json;

use super::*;
use crate::town::FEE_VND;

#[tokio::test]
async fn a_dossier_is_found_by_its_id_and_by_its_code() {
    let town = Town::new().await;
    let id = town.id_of("H32/2020 đơn");
    assert_eq!(
        town.portal("dossier.submitted", "msg_1", crate::town::form("H32/2020 đơn")).await.status().as_u16(),
        200
    );
    let by_id = get(&town, id.as_str()).await;
    let by_code = get(&town, "H32%2F2020%20%C4%91%C6%A1n").await;
    assert_eq!((by_id.status().as_u16(), &by_id.text()), (200, &by_code.text()));
    // A code may look like an id.
    let looks_like = town.submit("ABCDEFGHIJ12").await;
    assert_eq!(json_of(&get(&town, "ABCDEFGHIJ12").await)["id"], looks_like.as_str());
}

#[tokio::test]
async fn a_running_dossier_shows_its_clock_its_fees_its_papers_and_its_people() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    town.until("2020-04-17T10:00:00+07:00");
    town.clerk(id, "waive", json!({ "reason": "fee", "because": "miễn theo quy định" })).await;
    let answer = get(&town, id.as_str()).await;
    assert_eq!(answer.header("etag"), Some("\"4\""));
    let seen = json_of(&answer);
    assert_eq!((&seen["phase"], &seen["portal_status"], &seen["version"]), (&json!("accepted"), &json!(2), &json!(4)));
    assert_eq!(seen["procedure"]["name_en"], "Construction permit in the economic zone (sample)");
    let fee = json!({
        "attempt": 1, "fee": 1, "code": null, "name_vi": null, "kind": null, "reference": format!("{id}01"),
        "channel": "vnpay-demo", "amount_vnd": FEE_VND, "state": "waived", "paid_vnd": 0, "missing_vnd": 0,
    });
    assert_eq!(seen["fees"], json!([fee]));
    assert_eq!(seen["vouchers"], json!([]));
    assert_eq!(seen["papers_needed"][1]["code"], "GPXD-BV");
    let due = json!({ "on": "2020-05-11", "at": "2020-05-11T10:00:00Z" });
    assert_eq!((&seen["due"], &seen["clock"]["due"]), (&due, &due));
    let vi = seen["clock"]["explanation"]["vi"].as_str().unwrap();
    assert!(vi.starts_with("15 ngày làm việc tính từ 08:00 ngày 15/04/2020"), "{vi}");
    assert!(
        vi.contains("dừng tính từ 08:00 ngày 15/04/2020 đến 10:00 ngày 17/04/2020 (chờ nộp phí, lệ phí) rồi tính tiếp"),
        "{vi}"
    );
    assert!(seen["clock"]["explanation"]["en"].as_str().unwrap().ends_with("due 11/05/2020."));
    let segments = seen["clock"]["segments"].as_array().unwrap();
    assert_eq!(segments.iter().map(|it| &it["kind"]).collect::<Vec<_>>(), ["paused", "running"]);
    let cause = json!({
        "reason": "fee", "vi": "chờ nộp phí, lệ phí", "en": "a fee awaited", "legal_basis": "Quy định mẫu của thủ tục",
        "actor": { "staff": "clerk" },
    });
    assert_eq!(segments[0]["causes"], json!([cause]));
    assert_eq!((&segments[1]["counted"], &segments[1]["causes"][0]["reason"]), (&json!(15), &json!("resumed")));
    assert_eq!(seen["person"]["applicant"]["phone"], "+84905000001");
    assert_eq!(seen["person"]["applicant"]["takes_sms"], true);
    assert_eq!(seen["person"]["filer"]["takes_sms"], false);
    let history = seen["history"]["items"].as_array().unwrap();
    assert_eq!(history.len(), 4);
    assert_eq!(history[0]["events"][0]["is"], "submitted");
    assert_eq!(history[3]["actor"], json!({ "staff": "clerk" }));
    let waived_at = json!("2020-04-17T03:00:00Z");
    assert_eq!((&history[3]["at"], &history[3]["recorded_at"]), (&waived_at, &waived_at));
    assert_eq!(seen["history"]["next_after"], Value::Null);
}

#[tokio::test]
async fn a_standing_clock_has_no_due_date_and_says_what_is_awaited() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "pause-clock", json!({ "reason": "originals", "papers": ["GPXD-DON"] })).await;
    let seen = json_of(&get(&town, id.as_str()).await);
    assert_eq!((&seen["phase"], &seen["portal_status"]), (&json!("paused"), &json!(5)));
    assert_eq!(seen["due"], Value::Null);
    assert_eq!(seen["awaited"][0]["papers"], json!(["GPXD-DON"]));
    let vi = seen["clock"]["explanation"]["vi"].as_str().unwrap();
    let left =
        "đang dừng tính từ 08:00 ngày 15/04/2020 (chờ nộp 1 bản chính), còn 15 ngày làm việc, tính tiếp khi nhận đủ.";
    assert!(vi.ends_with(left), "{vi}");
}

#[tokio::test]
async fn a_dossier_tells_when_it_is_flagged_how_late_it_is_and_who_holds_it() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let accepted = town.clerk(id, "accept", json!({})).await;
    assert_eq!(accepted["dossier"]["overdue"]["punctuality"], json!({ "is": "in_time" }));
    let overdue = async || json_of(&get(&town, id.as_str()).await)["overdue"].clone();
    town.until("2020-05-07T07:30:00+07:00");
    let seen = overdue().await;
    assert_eq!(seen["punctuality"], json!({ "is": "due_soon" }));
    assert_eq!(seen["held_by"], json!({ "desk": "000.00.01.H32" }));
    let promise = json!({ "reason": "dịch bệnh", "new_due_on": "2020-05-12" });
    assert_eq!(town.staff("manager", id, "apologise", &promise).await.status().as_u16(), 200);
    town.clerk(id, "forward", json!({ "to": "u-2" })).await;
    town.until("2020-05-14T08:00:00+07:00");
    let seen = overdue().await;
    assert_eq!(seen["punctuality"], json!({ "is": "late", "working_days": 2 }));
    let dates = ["original", "counted", "promised"].map(|which| seen[which]["on"].clone());
    assert_eq!(dates, [json!("2020-05-08"), json!("2020-05-08"), json!("2020-05-12")]);
    assert_eq!(seen["held_by"], json!({ "staff": "u-2" }));
}

#[tokio::test]
async fn a_dossier_before_acceptance_has_no_clock_and_shows_until_when_it_is_decided() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let seen = json_of(&get(&town, id.as_str()).await);
    assert_eq!((&seen["phase"], &seen["clock"], &seen["code"]), (&json!("submitted"), &Value::Null, &Value::Null));
    assert_eq!(seen["accept_until"], "2020-04-16T01:00:00Z");
}

#[tokio::test]
async fn a_long_history_comes_by_the_page() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    for number in 0..140 {
        town.clerk(id, "forward", json!({ "to": format!("u-{number}") })).await;
    }
    let read = |query: &str| asked(&town, "clerk", Method::GET, &format!("/api/v1/dossiers/{id}?{query}"), &[], "");
    let page = async |query: &str| json_of(&answered(&town, &read(query)).await)["history"].clone();
    let first = page("").await;
    assert_eq!((first["items"].as_array().unwrap().len(), &first["next_after"]), (100, &json!(100)));
    let second = page("after=100").await;
    let items = second["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["version"], &second["next_after"]), (41, &json!(101), &Value::Null));
    assert_eq!(page("after=999999999").await["items"], json!([]));
    for odd in ["after=-1", "after=x", "after=", "after=%FF"] {
        let answer = answered(&town, &read(odd)).await;
        assert_eq!((answer.status().as_u16(), &json_of(&answer)["field"]), (400, &json!("after")), "{odd}");
    }
}
