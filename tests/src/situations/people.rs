//! Addresses, phone numbers, the way back of a result, and facts recorded in error.

use motcua::store::Key;
use rules::http::Reply;
use rules::person::{Changed, Contact, Person};

use super::*;

/// Returns the person item as stored.
async fn stored(tale: &Tale) -> Person {
    let site = tale.town.office.site();
    let item = site.recorder.store().item(&Key::person(&tale.town.agency(), tale.id)).await.unwrap().unwrap();
    serde_json::from_str(motcua::store::text(&item, "person").unwrap()).unwrap()
}

fn right_contact(field: &str, value: &str) -> Value {
    json!({ "whose": "applicant", field: value, "consent": "phone", "because": "khai nhầm khi nộp" })
}

#[tokio::test]
async fn the_address_declared_is_wrong_and_both_are_kept_with_who_agreed_on_the_phone_and_when() {
    let tale = Tale::accepted().await;
    let declared = stored(&tale).await.applicant.address;
    tale.on("04-15 09:30");
    let mut body = right_contact("address", "12 Lê Lợi, Vạn Giã");
    body["given_by"] = json!("kế toán công ty");
    body["at"] = json!(rfc3339("04-15 09:15"));
    tale.clerk("correct-contact", body).await;
    let person = stored(&tale).await;
    assert_eq!(person.applicant.address.as_deref(), Some("12 Lê Lợi, Vạn Giã"));
    let [change] = &person.changes[..] else { panic!("one change") };
    let (was, is) = (
        Contact { address: declared, ..Contact::default() },
        Contact { address: Some("12 Lê Lợi, Vạn Giã".into()), ..Contact::default() },
    );
    assert_eq!(change.what, Changed::Contact { whose: rules::dossier::Whose::Applicant, was, is });
    assert_eq!((change.noted.by.as_str(), change.noted.version), ("clerk", 3));
    assert_eq!(change.noted.at, crate::town::at(&rfc3339("04-15 09:15")));
    assert_eq!(change.given_by.as_deref(), Some("kế toán công ty"));
    let seen = tale.seen().await;
    assert_eq!(seen["person"]["changes"][0]["consent"], "phone");
    assert!(!seen["history"].to_string().contains("Lê Lợi"), "the event names no address");
}

#[tokio::test]
async fn the_number_declared_is_another_s_and_the_messages_go_to_the_right_one_from_then_on() {
    let tale = Tale::accepted().await;
    tale.told().await;
    tale.clerk("correct-contact", right_contact("phone", "0168 812 3456")).await;
    let before = tale.town.sms().len();
    tale.told().await;
    let told = tale.town.sms()[before..].to_vec();
    assert!(told.iter().any(|sms| sms.phone_number == "+84388123456" && sms.text.contains("Da sua dia chi")));
    let again = tale.declined("clerk", "correct-contact", right_contact("phone", "+84388123456")).await;
    assert_eq!(again, "This address and phone number are recorded already.");
}

#[tokio::test]
async fn the_office_calls_and_the_applicant_wants_the_result_by_post() {
    let tale = Tale::accepted().await;
    let by_post = json!({ "by": "post", "consent": "phone" });
    tale.clerk("choose-return", by_post.clone()).await;
    assert_eq!(tale.seen().await["returns_by_post"], true);
    assert!(tale.last_told().await.contains("se gui qua buu dien"));
    assert_eq!(stored(&tale).await.changes[0].what, Changed::Return { by_post: true });
    let again = tale.declined("clerk", "choose-return", by_post).await;
    assert_eq!(again, "This way of return is the one chosen already.");
}

#[tokio::test]
async fn the_portal_s_form_says_how_the_result_is_to_come_back() {
    let town = Town::new().await;
    for (way, chosen) in [("0", json!(false)), ("1", json!(true)), ("9", Value::Null)] {
        let code = format!("G22-200415-000{way}");
        let data =
            json!({ "MaHoSo": code, "MaTTHC": crate::town::PERMIT, "HinhThuc": way, "ChuHoSo": "Hộ kinh doanh Ba" });
        assert_eq!(town.portal("dossier.submitted", &code, data).await.status().as_u16(), 200);
        let seen: Value = serde_json::from_str(super::super::desk::get(&town, &code).await.text()).unwrap();
        assert_eq!(seen["returns_by_post"], chosen, "{way}");
    }
}

#[tokio::test]
async fn a_proxy_fetches_the_result_and_their_name_and_paper_are_kept_with_the_people_only() {
    let tale = Tale::accepted().await;
    tale.clerk("record-result", json!({ "kind": "positive" })).await;
    tale.clerk("hand-out", handed_to("applicant", true)).await;
    let mut proxy = handed_to("proxy", false);
    proxy["name"] = json!("Công ty Dịch vụ Hoàng Hôn");
    tale.clerk("hand-out", proxy).await;
    let [first, second] = &stored(&tale).await.handed_out[..] else { panic!("two hand-outs") };
    assert_eq!(first.name, stored(&tale).await.applicant.name, "who is on record need not be typed");
    assert_eq!((second.name.as_str(), second.paper_no.as_str()), ("Công ty Dịch vụ Hoàng Hôn", "056084000001"));
    let events = serde_json::to_string(&tale.events().await).unwrap();
    assert!(!events.contains("Hoàng Hôn") && !events.contains("056084000001"), "{events}");
}

#[tokio::test]
async fn a_result_that_nobody_wanted_by_post_is_posted_with_a_warning() {
    let tale = Tale::accepted().await;
    tale.clerk("record-result", json!({ "kind": "positive" })).await;
    let warned = tale.seen().await["warnings"].clone();
    assert_eq!((&warned[0]["command"], warned.as_array().unwrap().len()), (&json!("post-result"), 1));
    tale.clerk("post-result", json!({ "item_code": "CE123456789VN" })).await;
    assert_eq!(tale.seen().await["warnings"], json!([]));
}

#[tokio::test]
async fn the_originals_of_another_dossier_were_ticked_here_and_the_clock_stops_again_with_a_new_wait() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 09:00");
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    assert_eq!(tale.state().await, "in_progress [4]");
    let due = tale.due().await;
    tale.on("04-22 10:00");
    let wrong = json!({ "papers": ["GPXD-BV"], "because": "giấy tờ của hồ sơ khác" });
    tale.clerk("correct-receipt", wrong.clone()).await;
    assert_eq!(tale.state().await, "paused [5]");
    assert!(tale.last_told().await.contains("tam dung tinh han, cho 1 ban chinh"));
    assert_eq!(
        tale.declined("clerk", "correct-receipt", wrong).await,
        "None of these papers was recorded as received."
    );
    tale.on("04-23 08:00");
    tale.clerk("record-receipt", receipt(&["GPXD-BV"], "BB-2")).await;
    assert_eq!(tale.stretches().await, ["running", "paused", "running", "paused", "running"]);
    assert!(tale.due().await > due, "only the new pause moves the date");
}

#[tokio::test]
async fn over_the_counter_a_dossier_is_filed_with_its_papers_and_accepted_by_one_request() {
    let town = Town::new().await;
    let body = json!({
        "procedure": crate::town::PERMIT, "filing": "desk", "accept": true, "return": "post", "minutes_no": "BB-7",
        "papers": [{ "code": "GPXD-DON", "kind": "original" }, { "code": "GPXD-BV", "kind": "original" },
                   { "code": "GPXD-ANH", "kind": "copy" }],
        "applicant": { "name": "Hộ kinh doanh Ba", "phone": "0905 000 001" },
    });
    let filed = super::super::desk::file(&town, "counter-1", &body).await;
    assert_eq!(filed.status().as_u16(), 200, "{}", filed.text());
    let said: Value = serde_json::from_str(filed.text()).unwrap();
    let dossier = &said["dossier"];
    assert_eq!((&said["version"], &dossier["phase"]), (&json!(1), &json!("accepted")));
    assert_eq!(dossier["code"], "000.00.01.H32-200415-0001");
    assert_eq!(dossier["papers"], json!({ "GPXD-DON": "received", "GPXD-BV": "received" }));
    assert_eq!((&dossier["papers_needed"], &dossier["returns_by_post"]), (&json!([]), &json!(true)));
    let again = super::super::desk::file(&town, "counter-1", &body).await;
    let again: Value = serde_json::from_str(again.text()).unwrap();
    assert_eq!((&again["status"], &again["dossier"]["id"]), (&json!("already_recorded"), &dossier["id"]));
    town.office.deliver().await.unwrap();
    let told: Vec<_> = town.sms().into_iter().map(|sms| sms.text).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Da tiep nhan ho so 000.00.01.H32-200415-0001"));
    let next = super::super::desk::file(&town, "counter-2", &body).await;
    assert!(next.text().contains("000.00.01.H32-200415-0002"));
}
