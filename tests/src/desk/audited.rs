//! The audit of the API and of the pages: what shows people has an entry first, and so has what is refused.

use motcua::store::{AuditEntry, Declined, Did};
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::http::Reply;
use rules::vietnam;
use serde_json::json;

use super::*;
use crate::sign_in::{Browser, of};

/// Returns the acts of today, the oldest first.
pub(crate) async fn acts(town: &Town) -> Vec<AuditEntry> {
    let store = town.office.site().recorder.store().clone();
    let page = store.audited(&town.agency(), vietnam::day(town.clock.now()), None, None).await.unwrap().unwrap();
    page.entries.into_iter().rev().collect()
}

/// Returns what was done since there were so many acts.
async fn since(town: &Town, before: usize) -> Vec<Did> {
    acts(town).await.into_iter().skip(before).map(|entry| entry.did).collect()
}

async fn staff(town: &Town, role: &str, method: Method, target: &str) -> u16 {
    town.minutes(1);
    answered(town, &asked(town, role, method, target, &[], "")).await.status().as_u16()
}

#[tokio::test]
async fn a_dossier_that_is_read_is_opened_by_its_id_or_its_code_and_no_other_is() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    for name in [id.as_str(), "G22.99-1"] {
        assert_eq!(staff(&town, "clerk", Method::GET, &format!("/api/v1/dossiers/{name}")).await, 200);
    }
    let opened = Did::Opened { id };
    assert_eq!(since(&town, 0).await, [opened.clone(), opened]);
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let before = acts(&town).await.len();
    town.minutes(1);
    for nothing in ["AAAAAAAAAAAA", "G22.99-2"] {
        assert_eq!(staff(&town, "clerk", Method::GET, &format!("/api/v1/dossiers/{nothing}")).await, 404);
        for page in ["", "/accept", "/print/receipt"] {
            assert_eq!(browser.get(&format!("/desk/dossiers/{nothing}{page}")).await.status().as_u16(), 404, "{page}");
        }
    }
    assert_eq!(since(&town, before).await, []);
}

#[tokio::test]
async fn what_cannot_be_audited_is_not_shown() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    // The last call is the entry.
    for call in [2, 3] {
        let plan = Plan::Burst { first_call: call, calls: 9, fault: Fault::Throttle };
        town.office.wire().set_faults(Faults::from_seed(1, plan));
        let request = asked(&town, "clerk", Method::GET, &format!("/api/v1/dossiers/{id}"), &[], "");
        let answer = answered(&town, &request).await;
        assert_eq!(answer.status().as_u16(), 503, "{call}: {}", answer.text());
        assert!(!answer.text().contains("Thử Nghiệm"), "{}", answer.text());
        town.office.wire().set_faults(Faults::none());
    }
    assert_eq!(since(&town, 0).await, []);
}

#[tokio::test]
async fn a_page_that_names_an_applicant_has_an_entry_and_one_without_has_none() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let before = acts(&town).await.len();
    town.minutes(1);
    browser.get("/desk/lists/new").await;
    assert_eq!(since(&town, before).await, []);
    let id = town.submit("G22.99-1").await;
    town.office.deliver().await.unwrap();
    town.minutes(1);
    assert!(browser.get("/desk/lists/new").await.text().contains("Thử Nghiệm"));
    town.minutes(1);
    let form = browser.get(&format!("/desk/dossiers/{id}/accept")).await;
    assert_eq!(form.status().as_u16(), 200);
    let seen = [Did::SawList { list: "new".into(), shown: 1 }, Did::Opened { id }];
    assert_eq!(since(&town, before).await, seen);
}

#[tokio::test]
async fn money_is_read_as_received_with_an_entry_in_the_page_and_in_the_api() {
    let town = Town::new().await;
    let paid = town.paid("not-ours");
    town.send(&town.callback(&paid)).await;
    let list = town.reading("manager", "/api/v1/money").await;
    let name = list["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/money/{name}");
    assert!(town.reading("clerk", &path).await["raw"].is_null());
    assert_eq!(since(&town, 0).await, [], "nothing of it names anybody");
    assert!(town.reading("manager", &path).await["raw"].is_string());
    let read = Did::ReadMoney { money: name.clone() };
    assert_eq!(since(&town, 0).await, std::slice::from_ref(&read));
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk/new").await;
    let before = acts(&town).await.len();
    town.minutes(1);
    assert!(browser.get(&format!("/desk/money/{name}")).await.text().contains("vnp_TxnRef"));
    assert_eq!(since(&town, before).await, std::slice::from_ref(&read));
    // The answer to a decision holds no message.
    let letter = Letter {
        method: Method::POST,
        target: format!("{path}/mark-refund"),
        headers: vec![
            ("content-type", "application/json".into()),
            ("if-match", "\"1\"".into()),
            ("idempotency-key", "k".into()),
        ],
        body: json!({ "reason": "trả lại" }).to_string(),
    };
    let request = claiming(request(&letter), claims(town.agency().as_str(), "manager", "manager"));
    let answer = answered(&town, &request).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    assert!(json_of(&answer)["money"]["raw"].is_null());
}

#[tokio::test]
async fn a_body_of_a_portal_that_waits_is_read_with_an_entry() {
    let town = Town::new().await;
    town.submit("G22.99-1").await;
    let mut changed = crate::town::form("G22.99-1");
    changed["ChuHoSo"] = "Hộ kinh doanh Tư".into();
    town.portal("dossier.submitted", "msg_2", changed).await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk/new").await;
    let list = browser.get("/desk/aside").await.text().to_owned();
    let item = list.split("href=\"/desk/aside/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let before = acts(&town).await.len();
    town.minutes(1);
    assert!(browser.get(&format!("/desk/aside/{item}")).await.text().contains("Hộ kinh doanh Tư"));
    assert_eq!(since(&town, before).await, [Did::ReadAside { item: item.clone() }]);
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let before = acts(&town).await.len();
    town.minutes(1);
    assert!(!clerk.get(&format!("/desk/aside/{item}")).await.text().contains("Hộ kinh doanh Tư"));
    assert_eq!(since(&town, before).await, []);
}

#[tokio::test]
async fn a_command_that_is_refused_is_an_entry_without_a_word_of_what_was_sent() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let refused = |what: &str, id, because| Did::Refused { what: what.into(), id, because };
    // By the dossier: a submission has no result yet.
    assert_eq!(
        town.staff("clerk", id, "hand-out", &json!({ "to": "applicant", "shown": "citizen-card" })).await.status(),
        400
    );
    town.minutes(1);
    assert_eq!(town.staff("clerk", id, "record-result", &json!({ "kind": "positive" })).await.status().as_u16(), 422);
    town.minutes(1);
    assert_eq!(town.staff("clerk", id, "apologise", &json!({})).await.status().as_u16(), 403);
    for (method, target, status) in [
        (Method::POST, "/api/v1/dossiers/G22.99-1/reopen", 403),
        (Method::PUT, "/api/v1/procedures/1.005129/9", 403),
        (Method::POST, "/api/v1/takeover", 403),
        (Method::POST, "/api/v1/money/Nghiem/attach", 403),
        (Method::POST, "/api/v1/dossiers/Nghiem/no-command", 404),
    ] {
        assert_eq!(staff(&town, "clerk", method, target).await, status, "{target}");
    }
    let entries = since(&town, 0).await;
    let expected = [
        refused("record-result", Some(id), Declined::ByItsState),
        refused("apologise", Some(id), Declined::NotAllowed),
        refused("reopen", Some(id), Declined::NotAllowed),
        refused("catalogue", None, Declined::NotAllowed),
        refused("takeover", None, Declined::NotAllowed),
        refused("attach", None, Declined::NotAllowed),
    ];
    assert_eq!(entries, expected);
}

#[tokio::test]
async fn a_refusal_of_the_pages_is_an_entry_and_the_audit_tells_it_in_both_languages() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let before = acts(&town).await.len();
    town.minutes(1);
    town.minutes(1);
    assert_eq!(clerk.get("/desk/admin/audit").await.status().as_u16(), 403);
    town.minutes(1);
    assert_eq!(clerk.get(&format!("/desk/dossiers/{id}/apologise")).await.status().as_u16(), 403);
    town.minutes(1);
    let csrf = clerk.csrf("/desk/new").await;
    let path = format!("/desk/dossiers/{id}/record-result");
    let fields = [("csrf", csrf.as_str()), ("version", "1"), ("key", "k1"), ("kind", "positive"), ("confirm", "1")];
    let declined = clerk.post(&path, &fields).await;
    assert_eq!(declined.status().as_u16(), 422, "{}", declined.text());
    let refused = |what: &str, id, because| Did::Refused { what: what.into(), id, because };
    let expected = [
        refused("desk", None, Declined::NotAllowed),
        refused("apologise", Some(id), Declined::NotAllowed),
        refused("record-result", Some(id), Declined::ByItsState),
        // The form is shown once more.
        Did::Opened { id },
    ];
    let found = since(&town, before).await;
    assert_eq!(found.len(), expected.len());
    assert!(expected.iter().all(|did| found.contains(did)), "{found:?}");
    let mut manager = Browser::new(&town);
    manager.signs_in(&of(&town, "manager"), "/desk/new").await;
    let audit = manager.get("/desk/admin/audit").await.text().to_owned();
    for words in ["Bị từ chối", "vai trò không có quyền", "trạng thái không cho phép", "Xin lỗi, hẹn lại ngày trả"]
    {
        assert!(audit.contains(words), "{words} in {audit}");
    }
    manager.get("/desk/language/en?back=/desk/admin/audit").await;
    let audit = manager.get("/desk/admin/audit").await.text().to_owned();
    for words in ["Was refused", "the role may not", "its state does not allow it", "Apologise with a new date"] {
        assert!(audit.contains(words), "{words} in {audit}");
    }
}
