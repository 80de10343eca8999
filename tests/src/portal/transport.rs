//! Transport of an event, and bodies that are authentic but odd.

use http::{Method, StatusCode};
use motcua::store::{Key, text};
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::http::{MAX_BODY, Reply, Request};
use serde_json::json;

use super::*;
use crate::town::request;

/// Writes a letter as API Gateway hands it over, header names spelled as given.
fn handed_over(letter: &Letter, spelled: fn(&str) -> String, base64: bool) -> String {
    let headers: serde_json::Map<_, _> =
        letter.headers.iter().map(|(name, value)| (spelled(name), json!(value))).collect();
    let body = match base64 {
        true => data_encoding::BASE64.encode(letter.body.as_bytes()),
        false => letter.body.clone(),
    };
    json!({
        "version": "2.0", "rawPath": "/prod/portal/events", "rawQueryString": "", "headers": headers,
        "body": body, "isBase64Encoded": base64,
        "requestContext": { "stage": "prod", "http": { "method": "POST", "path": "/prod/portal/events" } }
    })
    .to_string()
}

async fn answered(town: &Town, request: &Request) -> Response {
    Box::pin(town.office.answer(request)).await.expect("there is a route")
}

#[tokio::test]
async fn headers_in_any_case_and_a_body_in_base64_are_the_same_delivery() {
    let town = Town::new().await;
    let letter = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    let mut answers = Vec::new();
    for (spelled, base64) in [
        (str::to_ascii_uppercase as fn(&str) -> String, true),
        (str::to_owned, true),
        (str::to_owned, false),
        (|name| name.replace("webhook", "Webhook"), false),
    ] {
        let request = motcua::lambda::request(&handed_over(&letter, spelled, base64)).unwrap();
        answers.push(status(&answered(&town, &request).await));
    }
    assert_eq!(answers[0], is(200, "recorded"));
    assert_eq!(answers[1..], [is(200, "already_recorded"), is(200, "already_recorded"), is(200, "already_recorded")]);
    // A body marked as plain that came as base64 was not signed so.
    let wrongly_marked =
        handed_over(&letter, str::to_owned, true).replace("\"isBase64Encoded\":true", "\"isBase64Encoded\":false");
    let request = motcua::lambda::request(&wrongly_marked).unwrap();
    assert_eq!(answered(&town, &request).await.status().as_u16(), 401);
}

#[tokio::test]
async fn another_method_another_type_and_too_much_are_told_so_before_anything_else() {
    let town = Town::new().await;
    let genuine = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    town.office.wire().reset();
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::HEAD] {
        let answer = town.send(&Letter { method: method.clone(), ..genuine.clone() }).await;
        assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, Some("POST")), "{method}");
    }
    for content_type in ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""] {
        let mut letter = genuine.clone();
        letter.headers[0].1 = content_type.to_owned();
        assert_eq!(town.send(&letter).await.status().as_u16(), 415, "{content_type}");
    }
    let large = signed_by(&town, NATIONAL, "msg_1", " ".repeat(MAX_BODY + 1));
    assert_eq!(town.send(&large).await.status().as_u16(), 413);
    let full = signed_by(&town, NATIONAL, "msg_1", " ".repeat(MAX_BODY));
    assert_eq!(town.send(&full).await.status().as_u16(), 400, "64 KiB are read");
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    for content_type in ["application/json; charset=utf-8", "APPLICATION/JSON"] {
        let mut letter = genuine.clone();
        letter.headers[0].1 = content_type.to_owned();
        assert_eq!(town.send(&letter).await.status().as_u16(), 200, "{content_type}");
    }
    let mut silent = genuine;
    silent.headers.remove(0);
    assert_eq!(status(&town.send(&silent).await), is(200, "already_recorded"));
}

/// Returns the answer to an authentic body, and checks that nothing was looked up for it.
async fn complaint(town: &Town, body: impl Into<Vec<u8>>) -> String {
    let body: Vec<u8> = body.into();
    let site = town.office.site();
    let key = site.config.portal(NATIONAL).unwrap().keys.current();
    let mut letter = signed_by(town, NATIONAL, "msg_1", String::new());
    let tag = rules::signature::standard_webhooks::sign(key, "msg_1", town.clock.now(), &body);
    letter.headers[3].1 = tag;
    let mut request = request(&letter);
    *request.body_mut() = body.into();
    town.office.wire().reset();
    let answer = answered(town, &request).await;
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    let said: Value = serde_json::from_str(answer.text()).unwrap();
    format!(
        "{} {} {}",
        answer.status().as_u16(),
        said["field"].as_str().unwrap_or("-"),
        said["reason"].as_str().unwrap_or("-")
    )
}

#[tokio::test]
async fn an_authentic_body_that_is_odd_is_told_400_with_the_field_named() {
    let town = Town::new().await;
    let right = event("dossier.submitted", town.clock.now(), form(CODE).as_object().unwrap());
    for (from, to, expected) in [
        ("{\"data\"", "{\"data\":{},\"data\"", "400 data is given twice"),
        ("{\"ChuHoSo\"", "{\"ChuHoSo\":\"\",\"ChuHoSo\"", "400 data.ChuHoSo is given twice"),
        ("{\"ChuHoSo\"", "{\"X\":{\"Y\":1,\"Y\":1},\"ChuHoSo\"", "400 data.X.Y is given twice"),
        ("\"KenhThucHien\":\"2\"", "\"KenhThucHien\":2e0", "400 data.KenhThucHien is not a text"),
        ("\"KenhThucHien\":\"2\"", "\"KenhThucHien\":2.0", "400 data.KenhThucHien is not a text"),
        ("\"KenhThucHien\":\"2\"", "\"KenhThucHien\":9007199254740993", "400 data.KenhThucHien is none of 1, 2, 3"),
        ("\"KenhThucHien\":\"2\"", "\"KenhThucHien\":-1", "400 data.KenhThucHien is not a text"),
        ("\"MaHoSo\":\"", "\"MaHoSo\":\"\\u0000", "400 data.MaHoSo holds a control character"),
        ("\"ChuHoSo\":\"", "\"ChuHoSo\":\"\\ud83d", "400 data.ChuHoSo is not JSON"),
        ("\"MaTTHC\":\"1.005129\"", "\"MaTTHC\":[]", "400 data.MaTTHC is not a text"),
        ("\"MaTTHC\":\"1.005129\"", "\"MaTTHC\":\" \"", "400 data.MaTTHC is missing"),
        ("20200415080000", "20210229080000", "400 data.NgayNopHoSo there is no such day or hour"),
        ("\"type\":\"dossier.submitted\"", "\"type\":null", "400 type is missing"),
    ] {
        assert!(right.contains(from), "{from}");
        assert_eq!(complaint(&town, right.replacen(from, to, 1)).await, expected, "{to}");
    }
    assert_eq!(complaint(&town, "").await, "400 body is not JSON");
    assert_eq!(complaint(&town, "[]").await, "400 body is not an object");
    assert_eq!(complaint(&town, format!("\u{feff}{right}")).await, "400 body is not JSON");
    assert_eq!(complaint(&town, format!("{right}{right}")).await, "400 body is not JSON");
    let mut invalid = right.clone().into_bytes();
    let place = right.find("Thử").unwrap() + 2;
    invalid[place] = 0xff;
    assert_eq!(complaint(&town, invalid).await, "400 body is not UTF-8");
    let deep =
        right.replacen("{\"ChuHoSo\"", &format!("{{\"X\":{}{},\"ChuHoSo\"", "[".repeat(20_000), "]".repeat(20_000)), 1);
    assert!(complaint(&town, deep).await.ends_with("nests too deep"));
    let members: Vec<_> = (0..4_000).map(|i| format!("\"m{i}\":0")).collect();
    let wide = right.replacen("{\"ChuHoSo\"", &format!("{{{},\"ChuHoSo\"", members.join(",")), 1);
    assert_eq!(complaint(&town, wide).await, "400 data has too many members");
    assert!(town.dossier(town.id_of(CODE)).await.is_none());
}

#[tokio::test]
async fn an_event_of_another_type_is_left_alone() {
    let town = Town::new().await;
    town.office.wire().reset();
    for kind in ["dossier.rated", "payment.reversed", "post.delivered"] {
        let answer = town.portal(kind, "msg_1", about(CODE, json!({}))).await;
        assert_eq!(status(&answer), is(200, "ignored"));
    }
    assert_eq!(town.office.wire().tally().round_trips(), 0);
}

#[tokio::test]
async fn fields_that_nobody_reads_are_kept_with_the_form_as_they_came() {
    let town = Town::new().await;
    let site = town.office.site();
    let unknown = json!({
        "TrichYeuHoSo": "Xin cấp phép", "DanhSachLePhi": [{ "Gia": "125000", "MaPhiLePhi": "P1" }],
        "ThongTinMoi": { "Sau": [1, 2.50, null, true, { "Nữa": "đ" }] },
    });
    let letter = told_by(&town, NATIONAL, "dossier.submitted", "msg_1", &form_with(CODE, unknown));
    assert_eq!(status(&town.send(&letter).await), is(200, "recorded"));
    let item = site.recorder.store().item(&Key::form(&town.agency(), town.id_of(CODE), 1)).await.unwrap().unwrap();
    let kept = text(&item, "form").unwrap();
    assert!(letter.body.contains(kept), "byte for byte");
    assert!(kept.contains("2.5") && kept.contains("Nữa") && kept.contains("DanhSachLePhi"));
}

#[tokio::test]
async fn a_store_that_is_down_is_told_as_later_for_every_type() {
    let town = Town::new().await;
    town.submit(CODE).await;
    for kind in ["submitted", "supplemented", "originals_received", "withdrawn"] {
        let letter = town.portal_letter(&format!("dossier.{kind}"), kind, form("H32-2"));
        town.office
            .wire()
            .set_faults(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 99, fault: Fault::Throttle }));
        let answer = town.send(&letter).await;
        let later = StatusCode::SERVICE_UNAVAILABLE.as_u16();
        assert_eq!((answer.status().as_u16(), answer.text()), (later, r#"{"status":"later"}"#), "{kind}");
        assert_eq!(answer.header("retry-after"), Some("30"));
        town.office.wire().set_faults(Faults::none());
        assert!([200, 202].contains(&town.send(&letter).await.status().as_u16()));
    }
}
