//! Messages of operators to the webhook, signed or by a path.

use motcua::store::TaskKind;
use motcua_local::senders::{Letter, event, webhook};
use rules::dossier::Phase;
use rules::http::Reply;
use rules::post::{Source, State};
use serde_json::{Value, json};

use super::{OPERATOR, parcel, phase, posted};
use crate::town::Town;

/// A path that the demo's operator has.
const PATH: &str = "/postal/vnpost-demo/demo-path-of-a-postal-operator-01";

fn signed(town: &Town, kind: &str, delivery: &str, data: Value) -> Letter {
    let site = town.office.site();
    let key = site.config.post(OPERATOR).unwrap().keys.current().clone();
    let now = town.clock.now();
    webhook("/postal/events", &key, delivery, now, event(kind, now, data.as_object().unwrap()))
}

async fn send(town: &Town, letter: Letter) -> (u16, Value) {
    let response = town.send(&letter).await;
    (response.status().as_u16(), serde_json::from_str(response.text()).unwrap())
}

fn unsigned(town: &Town, target: &str, kind: &str, data: Value) -> Letter {
    let body = event(kind, town.clock.now(), data.as_object().unwrap());
    let headers = vec![("content-type", "application/json".to_owned())];
    Letter { method: http::Method::POST, target: target.to_owned(), headers, body }
}

#[tokio::test]
async fn a_signed_event_is_recorded_once_under_whatever_delivery() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    let data = || json!({ "order": "B20-000001", "at": "2020-04-15T08:30:00+07:00", "place": "Bưu cục Nha Trang", "to": "other" });
    let first = send(&town, signed(&town, "post.delivered", "d-1", data())).await;
    assert_eq!(first, (200, json!({ "status": "recorded", "order": "B20-000001" })));
    for delivery in ["d-1", "d-2"] {
        let again = send(&town, signed(&town, "post.delivered", delivery, data())).await;
        assert_eq!(again, (200, json!({ "status": "already_recorded", "order": "B20-000001" })));
    }
    assert_eq!(phase(&town, id).await, Phase::InPost, "the webhook records and does no more");
    town.minutes(1);
    Box::pin(town.office.sync_post()).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
    let kept = parcel(&town, no).await;
    assert_eq!((kept.events.len(), kept.events[0].source), (1, Source::Signed));
}

#[tokio::test]
async fn what_nobody_signed_is_refused_and_reads_nothing() {
    let town = Town::new().await;
    posted(&town, "G22.99-1").await;
    let mut letter = signed(&town, "post.delivered", "d-1", json!({ "order": "B20-000001" }));
    letter.body = letter.body.replace("B20-000001", "B20-000002");
    assert_eq!(send(&town, letter).await, (401, json!({ "error": "signature not accepted" })));
    for target in [
        "/postal/vnpost-demo/demo-path-of-a-postal-operator-02",
        "/postal/other/demo-path-of-a-postal-operator-01",
        "/postal/vnpost-demo/a/b",
        "/postal/elsewhere",
    ] {
        let letter = unsigned(&town, target, "post.delivered", json!({ "order": "B20-000001" }));
        assert_eq!(send(&town, letter).await, (404, json!({ "error": "not found" })), "{target}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_with_its_field() {
    let town = Town::new().await;
    for (kind, data, field) in [
        ("post.delivered", json!({}), "data.order"),
        ("post.delivered", json!({ "order": 7 }), "data.order"),
        ("post.delivered", json!({ "order": "B20-000001", "at": "yesterday" }), "data.at"),
        ("post.attempt_failed", json!({ "order": "B20-000001", "reason": 6 }), "data.reason"),
        ("post.attempt_failed", json!({ "order": "B20-000001", "attempt": 0 }), "data.attempt"),
        ("post.delivered", json!({ "order": "B20-000001", "to": "Nguyễn Văn A" }), "data.to"),
        ("post.delivered", json!({ "order": "B20-000001", "place": "x".repeat(61) }), "data.place"),
        ("post.status", json!({ "order": "B20-000001" }), "data.code"),
    ] {
        let (status, body) = send(&town, signed(&town, kind, "d-1", data)).await;
        assert_eq!((status, body["field"].as_str()), (400, Some(field)), "{body}");
    }
    let ignored = send(&town, signed(&town, "post.weighed", "d-1", json!({ "order": "B20-000001" }))).await;
    assert_eq!(ignored, (200, json!({ "status": "ignored", "did": "nothing" })));
}

#[tokio::test]
async fn a_code_of_the_operator_s_own_means_what_its_entry_says_or_is_kept_unread() {
    let town = Town::new().await;
    let (_, no) = posted(&town, "G22.99-1").await;
    let known = signed(&town, "post.status", "d-1", json!({ "order": "B20-000001", "code": "6" }));
    assert_eq!(send(&town, known).await.1["remark"], Value::Null);
    let unknown = signed(&town, "post.status", "d-2", json!({ "order": "B20-000001", "code": "Z9" }));
    assert_eq!(send(&town, unknown).await.1["remark"], "code not known here");
    let standing = parcel(&town, no).await.standing();
    assert_eq!((standing.state, standing.unknown), (State::AtOffice, 1));
}

#[tokio::test]
async fn a_parcel_is_found_by_the_operator_s_own_number() {
    let town = Town::new().await;
    let (_, no) = posted(&town, "G22.99-1").await;
    let letter = signed(&town, "post.collected", "d-1", json!({ "waybill": "CE000000014VN" }));
    assert_eq!(send(&town, letter).await, (200, json!({ "status": "recorded", "order": no.to_string() })));
}

#[tokio::test]
async fn an_event_that_comes_before_its_parcel_waits_for_it_and_one_that_has_none_goes_to_a_person() {
    let town = Town::new().await;
    let early = json!({ "order": "B20-000001" });
    let (status, body) = send(&town, signed(&town, "post.collected", "d-1", early)).await;
    assert_eq!((status, body["status"].as_str()), (202, Some("kept")));
    send(&town, signed(&town, "post.collected", "d-2", json!({ "order": "B99-000009" }))).await;
    let (_, no) = posted(&town, "G22.99-1").await;
    town.minutes(2);
    Box::pin(town.office.sync_post()).await;
    assert_eq!(parcel(&town, no).await.standing().state, State::Collected);
    for _ in 0..11 {
        town.minutes(24 * 60);
        Box::pin(town.office.sync_post()).await;
    }
    assert_eq!(town.for_a_person(TaskKind::Stray).await, 1);
}

#[tokio::test]
async fn an_end_by_a_path_counts_once_the_operator_confirms_it() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(2);
    Box::pin(town.office.sync_post()).await;
    town.minutes(60);
    let told = |state: &str| unsigned(&town, PATH, state, json!({ "order": "B20-000001" }));
    assert_eq!(send(&town, told("post.out_for_delivery")).await.0, 200);
    assert_eq!(parcel(&town, no).await.standing().state, State::OutForDelivery);
    town.minutes(1);
    assert_eq!(send(&town, told("post.delivered")).await.0, 200);
    town.minutes(1);
    let report = Box::pin(town.office.sync_post()).await;
    assert_eq!((report.looked_up, phase(&town, id).await), (1, Phase::InPost));
    // The postman did bring it, and its list says so by the next look.
    town.office.posts().act(OPERATOR, "B20-000001", State::Delivered, town.clock.now());
    town.minutes(150);
    Box::pin(town.office.sync_post()).await;
    town.minutes(1);
    Box::pin(town.office.sync_post()).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
}

#[tokio::test]
async fn another_method_a_long_body_and_another_type_are_refused() {
    let town = Town::new().await;
    let letter = || signed(&town, "post.collected", "d-1", json!({ "order": "B20-000001" }));
    assert_eq!(send(&town, Letter { method: http::Method::GET, ..letter() }).await.0, 405);
    assert_eq!(send(&town, Letter { body: "x".repeat(70_000), ..letter() }).await.0, 413);
    let plain = Letter { headers: vec![("content-type", "text/plain".into())], ..letter() };
    assert_eq!(send(&town, plain).await.0, 415);
}
