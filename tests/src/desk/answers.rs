//! Versions, keys and permissions: the answers, and everything that then did not happen.

use rules::http::Reply;
use std::sync::Arc;

use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::config::{Config, Host};
use serde_json::json;

use super::*;

fn said(answer: &Response) -> (u16, Value) {
    (answer.status().as_u16(), json_of(answer))
}

#[tokio::test]
async fn a_command_on_an_older_version_is_told_the_new_one_and_does_nothing() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.clerk(id, "accept", json!({})).await;
    let stale = town.command("clerk", id, "record-result", 1, "key-x", &json!({ "kind": "positive" }));
    let answer = answered(&town, &stale).await;
    assert_eq!(said(&answer), (412, json!({ "status": "stale", "version": 2 })));
    assert_eq!(answer.header("etag"), Some("\"2\""));
    assert_eq!(town.history(id).await.len(), 2);
    let ahead = town.command("clerk", id, "record-result", 9, "key-y", &json!({ "kind": "positive" }));
    assert_eq!(answered(&town, &ahead).await.status().as_u16(), 412);
}

#[tokio::test]
async fn of_two_clerks_who_decide_on_the_same_version_one_is_told_to_look_again() {
    for seed in 0..8 {
        let town = Arc::new(Town::new().await);
        let id = filed(&town, "filing-1").await;
        town.office.wire().set_faults(Faults::from_seed(seed, Plan::Calm));
        let commands = [("accept", json!({})), ("refuse-intake", json!({ "reason": "sai" }))];
        let given: Vec<_> = commands
            .into_iter()
            .map(|(name, body)| {
                let (town, request) = (town.clone(), town.command("clerk", id, name, 1, name, &body));
                tokio::spawn(async move { answered(&town, &request).await.status().as_u16() })
            })
            .collect();
        let mut answers = Vec::new();
        for command in given {
            answers.push(command.await.unwrap());
        }
        answers.sort_unstable();
        assert_eq!(answers, [200, 412], "seed {seed}");
        assert_eq!(town.history(id).await.len(), 2);
    }
}

#[tokio::test]
async fn a_command_repeated_under_its_key_is_done_once_whatever_version_it_names() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let give = async |version: u64, body: Value| {
        answered(&town, &town.command("clerk", id, "request-supplement", version, "key-1", &body)).await
    };
    let body = json!({ "reason": "thiếu giấy" });
    let first = json_of(&give(1, body.clone()).await);
    assert_eq!((&first["status"], &first["version"]), (&json!("recorded"), &json!(2)));
    town.clerk(id, "waive", json!({ "reason": "supplement", "because": "đã có" })).await;
    for version in [1, 2, 3] {
        let again = json_of(&give(version, body.clone()).await);
        assert_eq!((&again["status"], &again["version"]), (&json!("already_recorded"), &json!(2)));
        assert_eq!(again["dossier"]["version"], 3, "the dossier as it is now");
    }
    // A client that writes the same JSON in another way repeats the same command.
    let mut rewritten = town.command("clerk", id, "request-supplement", 3, "key-1", &body);
    let escaped = "thiếu giấy".replace('ế', "\\u1ebf");
    *rewritten.body_mut() = format!(r#"{{ "papers": null, "reason" : "{escaped}" }}"#).into();
    assert_eq!(json_of(&answered(&town, &rewritten).await)["status"], "already_recorded");
    assert_eq!(town.history(id).await.len(), 3);
    let other = give(3, json!({ "reason": "thiếu bản vẽ" })).await;
    assert_eq!(said(&other), (409, json!({ "status": "key_reused" })));
    let other_path = town.command("clerk", id, "close", 3, "key-1", &json!({ "reason": "a", "article": "b" }));
    assert_eq!(answered(&town, &other_path).await.status().as_u16(), 409);
    let other_account = town.command("specialist", id, "request-supplement", 3, "key-1", &body);
    assert_eq!(answered(&town, &other_account).await.status().as_u16(), 409);
    assert_eq!(town.history(id).await.len(), 3);
}

#[tokio::test]
async fn a_filing_repeated_under_its_key_is_one_dossier() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let again = json_of(&answered(&town, &filing(&town, "filing-1", &declared())).await);
    assert_eq!(again["status"], "already_recorded");
    assert_eq!(again["dossier"]["id"], id.as_str());
    let mut other = declared();
    other["applicant"]["name"] = json!("Công ty khác");
    let answer = answered(&town, &filing(&town, "filing-1", &other)).await;
    assert_eq!(said(&answer), (409, json!({ "status": "key_reused" })));
    assert_ne!(filed(&town, "filing-2").await, id);
    assert_eq!(town.history(id).await.len(), 1);
}

#[tokio::test]
async fn a_procedure_that_the_catalogue_lacks_is_declined_at_the_desk() {
    let town = Town::new().await;
    let mut unknown = declared();
    unknown["procedure"] = json!("9.999999");
    let (status, body) = said(&answered(&town, &filing(&town, "filing-1", &unknown)).await);
    assert_eq!((status, &body["status"]), (422, &json!("refused")));
}

#[tokio::test]
async fn a_dossier_that_declines_says_why_in_both_languages() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    let answer = town
        .staff(
            "clerk",
            id,
            "hand-out",
            &json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" }),
        )
        .await;
    let reason = json!({
        "vi": "Không thể trả kết quả: hồ sơ chưa được tiếp nhận.",
        "en": "Cannot hand out the result: it has not been accepted yet.",
    });
    assert_eq!(said(&answer), (422, json!({ "status": "refused", "reason": reason })));
    assert_eq!(town.history(id).await.len(), 1);
}

/// Returns the demo configuration's agency and a second one.
fn two_agencies() -> Config {
    let text = r#"
        id_key = "demo-dossier-id-key-000000000001"
        [[agencies]]
        code = "000.00.01.H32"
        name = "Ban Quản lý"
        [[agencies]]
        code = "000.00.02.H32"
        name = "Sở khác"
    "#;
    Config::strict(text, Host::Loopback).unwrap()
}

#[tokio::test]
async fn another_agency_s_dossier_is_not_found_by_anybody() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.office.configure(two_agencies());
    let code = town.dossier(id).await.unwrap().code.unwrap();
    for name in [id.to_string(), code] {
        let mut read = asked(&town, "manager", Method::GET, &format!("/api/v1/dossiers/{name}"), &[], "");
        assert_eq!(answered(&town, &read).await.status().as_u16(), 200);
        read.extensions_mut().insert(claims("000.00.02.H32", "boss", "manager"));
        assert_eq!(answered(&town, &read).await.status().as_u16(), 404, "{name}");
    }
    let mut command = town.command("manager", id, "withdraw", 2, "key-1", &json!({ "reason": "x" }));
    command.extensions_mut().insert(claims("000.00.02.H32", "boss", "manager"));
    assert_eq!(answered(&town, &command).await.status().as_u16(), 404);
    command.extensions_mut().insert(claims("000.00.03.H32", "boss", "manager"));
    assert_eq!(answered(&town, &command).await.status().as_u16(), 403);
    assert_eq!(town.history(id).await.len(), 2);
}

#[tokio::test]
async fn who_may_not_is_told_so_and_nothing_is_looked_up_but_that_is_audited() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.office.wire().reset();
    let body = json!({ "reason": "x", "new_due_on": "2020-05-15" });
    for (role, command) in
        [("clerk", "reopen"), ("specialist", "apologise"), ("administrator", "accept"), ("intruder", "accept")]
    {
        let request = town.command(role, id, command, 1, "key-1", &body);
        assert_eq!(answered(&town, &request).await.status().as_u16(), 403, "{role} {command}");
    }
    let mut nobody = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
    nobody.extensions_mut().clear();
    assert_eq!(said(&answered(&town, &nobody).await), (401, json!({ "error": "sign in first" })));
    *nobody.uri_mut() = "/api/v1/nothing".parse().unwrap();
    assert_eq!(
        answered(&town, &nobody).await.status().as_u16(),
        401,
        "who is not signed in does not learn what there is"
    );
    assert_eq!(town.office.wire().tally().round_trips(), 4, "an entry for each account, none for nobody");
}

/// Returns something wrong for each command.
fn malformed() -> [(&'static str, Value, &'static str); 22] {
    let at = json!({ "at": "2020-04-16T08:00:00+07:00" });
    [
        ("accept", at.clone(), "at"),
        ("refuse-intake", json!({}), "reason"),
        ("request-supplement", json!({ "reason": "x", "papers": "GT1" }), "papers"),
        ("pause-clock", json!({ "reason": "originals", "papers": [1] }), "papers[0]"),
        ("ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": 0.5 }), "amount_vnd"),
        ("ask-again", json!({ "attempt": 256, "channel": "vnpay-demo" }), "attempt"),
        ("record-cash-payment", json!({ "attempt": 1, "amount_vnd": 1 }), "receipt_no"),
        ("record-receipt", json!({ "papers": ["A"], "by": "hand" }), "minutes_no"),
        ("waive", json!({ "reason": "fee" }), "because"),
        ("void-pause", json!({ "because": "" }), "because"),
        ("enter-step", json!({ "steps": "signing" }), "steps"),
        ("forward", json!({ "to": ["u-2"] }), "to"),
        ("record-result", json!({ "kind": "maybe" }), "kind"),
        ("hand-out", json!({ "to": "applicant", "shown": "other", "paper_no": "1", "part": 1 }), "part"),
        ("post-result", json!({ "item_code": "x".repeat(101) }), "item_code"),
        ("record-delivery", json!({ "when": "now" }), "when"),
        ("record-undelivered", at, "at"),
        ("withdraw", json!({ "reason": "x".repeat(501) }), "reason"),
        ("reissue-result", json!({ "reason": null }), "reason"),
        ("close", json!({ "reason": "x" }), "article"),
        ("reopen", json!({ "reason": 7 }), "reason"),
        ("apologise", json!({ "reason": "x", "new_due_on": "mai" }), "new_due_on"),
    ]
}

#[tokio::test]
async fn every_command_names_the_field_that_is_wrong_and_looks_nothing_up() {
    let town = Town::new().await;
    let id = filed(&town, "filing-1").await;
    town.office.wire().reset();
    for (command, body, field) in malformed() {
        let answer = answered(&town, &town.command("manager", id, command, 1, "key-1", &body)).await;
        let body = json_of(&answer);
        let told = (answer.status().as_u16(), &body["error"], &body["field"]);
        assert_eq!(told, (400, &json!("malformed"), &json!(field)), "{command}");
    }
    let mut no_version = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
    no_version.headers_mut().remove("if-match");
    assert_eq!(answered(&town, &no_version).await.status().as_u16(), 428);
    let mut no_key = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
    no_key.headers_mut().remove("idempotency-key");
    assert_eq!(json_of(&answered(&town, &no_key).await)["field"], "Idempotency-Key");
    let mut other_type = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
    other_type.headers_mut().remove("content-type");
    assert_eq!(answered(&town, &other_type).await.status().as_u16(), 415);
    assert_eq!(town.office.wire().tally().round_trips(), 0);
}

#[tokio::test]
async fn a_store_that_is_down_is_told_as_later_and_the_repeat_is_done_once() {
    let mut later = 0;
    for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied, Fault::Throttle, Fault::InternalError] {
        for call in 1..=3 {
            let town = Town::new().await;
            let id = filed(&town, "filing-1").await;
            let accept = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call: call, calls: 99, fault }));
            let answer = answered(&town, &accept).await;
            match answer.status().as_u16() {
                503 => assert_eq!(answer.header("retry-after"), Some("5")),
                other => assert_eq!(other, 200, "{}", answer.text()),
            }
            later += usize::from(answer.status().as_u16() == 503);
            town.office.wire().set_faults(Faults::none());
            assert_eq!(answered(&town, &accept).await.status().as_u16(), 200, "{fault:?} at call {call}");
            assert_eq!(town.history(id).await.len(), 2, "{fault:?} at call {call}");
        }
    }
    assert!(later >= 8, "{later}");
}

#[tokio::test]
async fn a_command_on_no_dossier_is_not_found() {
    let town = Town::new().await;
    let id = DossierId::from_random(7);
    let unknown = town.command("clerk", id, "accept", 1, "key-1", &json!({}));
    assert_eq!(answered(&town, &unknown).await.status().as_u16(), 404);
    let mut by_code = unknown;
    *by_code.uri_mut() = "/api/v1/dossiers/H32-1/accept".parse().unwrap();
    assert_eq!(answered(&town, &by_code).await.status().as_u16(), 404);
    assert_eq!(get(&town, id.as_str()).await.status().as_u16(), 404);
}

#[tokio::test]
async fn every_answer_of_every_function_is_guarded_whatever_it_says() {
    let town = Town::new().await;
    let send = async |method: Method, target: &str, kind: &'static str, body: &str, signed_in: bool| {
        let headers = vec![("content-type", kind.to_owned())];
        let sent = request(&Letter { method, target: target.to_owned(), headers, body: body.to_owned() });
        let claims = claims(town.agency().as_str(), "clerk", "clerk");
        answered(&town, &if signed_in { claiming(sent, claims) } else { sent }).await
    };
    let (get, post, json, form) = (Method::GET, Method::POST, "application/json", "application/x-www-form-urlencoded");
    let mut answers = vec![
        (200, "a payment", town.send(&town.callback(&town.paid("not-ours"))).await),
        (200, "a submission", town.portal("dossier.submitted", "msg_1", crate::town::form("G22.99-1")).await),
    ];
    for (status, method, target, kind, body, signed_in) in [
        (404, &get, "/payments/nobody/callback", json, "", false),
        (200, &get, "/payments/vnpay-demo/callback?a=b", json, "", false),
        (405, &Method::PUT, "/payments/vnpay-demo/callback", json, "{}", false),
        (401, &post, "/payments/generic-demo/callback", json, "{}", false),
        (401, &post, "/portal/events", json, "{}", false),
        (415, &post, "/portal/events", "text/plain", "{}", false),
        (405, &get, "/portal/events", json, "", false),
        (401, &get, "/api/v1/dossiers/AAAAAAAAAAAA", json, "", false),
        (404, &get, "/api/v1/dossiers/AAAAAAAAAAAA", json, "", true),
        (200, &get, "/api/v1/dossiers/G22.99-1", json, "", true),
        (404, &get, "/api/v1/nowhere", json, "", true),
        (405, &Method::PATCH, "/api/v1/dossiers", json, "{}", true),
        (400, &post, "/api/v1/dossiers", json, "{", true),
        (200, &get, "/api/openapi.json", json, "", false),
        (405, &post, "/api/openapi.json", json, "", false),
        (303, &get, "/desk", form, "", false),
        (303, &get, "/desk/nowhere", form, "", false),
        (303, &get, "/desk/sign-in", form, "", false),
        (303, &get, "/desk/language/en", form, "", false),
        (200, &get, "/desk/style.css", form, "", false),
    ] {
        answers.push((status, target, send(method.clone(), target, kind, body, signed_in).await));
    }
    for (status, what, answer) in answers {
        assert_eq!(answer.status().as_u16(), status, "{what}: {}", answer.text());
        let only = |name: &str| answer.headers().get_all(name).iter().collect::<Vec<_>>();
        assert_eq!(only("x-content-type-options"), ["nosniff"], "{what}");
        assert_eq!(only("strict-transport-security"), ["max-age=31536000"], "{what}");
        assert_eq!(only("permissions-policy").len(), 1, "{what}");
        // Everybody may keep these: the description of the API, and how pages look.
        let kept = status == 200 && (what.ends_with("openapi.json") || what.ends_with(".css"));
        let cache = only("cache-control");
        assert!(cache.len() == 1 && (cache[0] == "no-store") != kept, "{what}: {cache:?}");
    }
}
