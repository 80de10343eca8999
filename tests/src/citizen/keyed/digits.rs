//! Digits: which open a dossier, what is told of those that do not, and the pass afterwards.

use motcua::store::Key;
use motcua_local::wire::faults::{Fault, Faults, Plan};

use super::*;
use crate::town::form;

#[tokio::test]
async fn the_last_four_of_the_telephone_open_all_of_it_for_two_calls_and_then_for_one_beside_the_note_of_the_look() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let without = page(&town, &format!("/d/{id}")).await;
    assert!(without.contains("name=\"digits\"") && !without.contains("Diễn biến"), "{without}");
    town.office.wire().reset();
    let answer = shows(&town, id, FOUR).await;
    let location = format!("/d/{id}");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some(location.as_str())));
    assert_eq!(calls(&town), ["BatchGetItem", "TransactWriteItems"]);
    let line = answer.header("set-cookie").unwrap().to_owned();
    let attributes = format!("; Path=/d/{id}; Max-Age=1800; HttpOnly; SameSite=Strict");
    assert!(line.starts_with("motcua-see=") && line.ends_with(&attributes), "{line}");
    assert!(!line.contains(FOUR), "{line}");
    town.office.wire().reset();
    let whole = with(&town, &location, &cookie(&answer)).await;
    assert_eq!(calls(&town), ["Query", "Query", "PutItem", "UpdateItem"], "the directory is read once in five minutes");
    assert!(words(whole.text()).contains("Diễn biến"), "{}", whole.text());
    assert_eq!(whole.header("cache-control"), Some("no-store"));
    // Behind https the cookie says so.
    linked(&town, id, Purpose::See).await;
    let answer = shows(&town, id, FOUR).await;
    assert!(answer.header("set-cookie").unwrap().ends_with("SameSite=Strict; Secure"), "{answer:?}");
}

#[tokio::test]
async fn whoever_has_no_telephone_shows_the_six_digits_of_the_slip_until_a_new_one_replaces_it() {
    let town = Town::new().await;
    let mut filed = form("G22-1");
    filed.as_object_mut().unwrap().remove("SoDienThoai");
    town.portal("dossier.submitted", "submit-1", filed).await;
    let id = town.id_of("G22-1");
    town.clerk(id, "accept", json!({})).await;
    let lost = six(&town, id).await;
    let spaced = format!("{} {}", &lost[..3], &lost[3..]);
    assert_eq!(shows(&town, id, &spaced).await.status().as_u16(), 303);
    town.clerk(id, "replace-slip", json!({})).await;
    assert_eq!(shows(&town, id, &lost).await.status().as_u16(), 403);
    let new = six(&town, id).await;
    assert_ne!(new, lost);
    let answer = shows(&town, id, &new).await;
    let page = with(&town, &format!("/d/{id}"), &cookie(&answer)).await;
    assert!(words(page.text()).contains("Cấp lại giấy hẹn đã mất"), "{}", page.text());
}

#[tokio::test]
async fn a_shared_number_opens_nothing_and_the_identity_card_s_does() {
    let town = Town::new().await;
    let body = json!({ "procedure": crate::town::PERMIT, "filing": "desk", "accept": true, "applicant":
        { "name": "Trần Thị Mẫu", "phone": "0905 000 001", "identity_no": "056201009876", "shared": true } });
    let filed = town.as_staff("clerk", Method::POST, "/api/v1/dossiers", "k1", &body).await;
    let filed: serde_json::Value = serde_json::from_str(filed.text()).unwrap();
    let id = DossierId::parse(filed["dossier"]["id"].as_str().unwrap()).unwrap();
    assert_eq!(shows(&town, id, FOUR).await.status().as_u16(), 403);
    assert_eq!(shows(&town, id, "9876").await.status().as_u16(), 303);
    // A number of their own, noted later, opens it again.
    let right = json!({ "whose": "applicant", "phone": "0905 000 001", "consent": "desk", "because": "máy riêng" });
    town.clerk(id, "correct-contact", right).await;
    assert_eq!(shows(&town, id, "9876").await.status().as_u16(), 403);
    assert_eq!(shows(&town, id, FOUR).await.status().as_u16(), 303);
}

#[tokio::test]
async fn wrong_digits_and_a_dossier_that_does_not_exist_get_the_same_page_for_the_same_calls() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let erased = accepted(&town, "G22-2").await;
    let person = Key::person(&town.agency(), erased);
    let store = town.office.site().recorder.store().clone();
    store.put_over(motcua::store::write::item(&person, "person", "{\"applicant\":{}}")).await.unwrap();
    let mut answers = Vec::new();
    for (place, text) in [id.as_str(), "ZZZZZZZZZZZZ", erased.as_str(), "x", "%C4%91", "G22-1", "ZZZZZZZZZZZZ/paid/1"]
        .into_iter()
        .enumerate()
    {
        town.office.wire().reset();
        let answer = shows_from(&town, &format!("198.51.100.{place}"), text, "4321").await;
        answers.push((text, answer.status(), answer.headers().clone(), answer.text().to_owned(), calls(&town)));
    }
    let (_, status, headers, page, calls) = answers[0].clone();
    assert_eq!(
        (status.as_u16(), calls.as_slice()),
        (403, &["BatchGetItem".to_owned(), "TransactWriteItems".to_owned()][..])
    );
    for (text, other_status, other_headers, other, other_calls) in &answers {
        assert_eq!((*other_status, other_headers, other, other_calls), (status, &headers, &page, &calls), "{text}");
    }
    assert!(title(&page).starts_with("Lỗi: Chưa mở được hồ sơ"), "{page}");
    assert!(!page.contains(id.as_str()) && !page.contains("4321") && !page.contains("Được tiếp nhận"), "{page}");
}

#[tokio::test]
async fn what_is_no_digits_costs_no_call_and_no_try() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let long = "1".repeat(5_000);
    for typed in [
        "",
        " ",
        "123",
        "12345",
        "abcd",
        "<script>alert(1)</script>",
        "\u{202e}12a4",
        "cộng hòa",
        "１２３４",
        "1234;--",
        &long,
    ] {
        town.office.wire().reset();
        let answer = shows(&town, id, typed).await;
        assert_eq!(answer.status().as_u16(), 400, "{typed}");
        assert!(answer.text().contains("Hãy nhập bốn số hoặc sáu số"), "{}", answer.text());
        assert!(!answer.text().contains("<script") && !answer.text().contains("12a4"), "{}", answer.text());
        assert!(!calls(&town).contains(&"TransactWriteItems".to_owned()), "{typed}");
    }
    assert_eq!(shows(&town, id, "0905 000 001").await.status().as_u16(), 303);
}

#[tokio::test]
async fn a_pass_is_good_for_its_own_dossier_and_half_an_hour() {
    let town = Town::new().await;
    let (id, other) = (accepted(&town, "G22-1").await, accepted(&town, "G22-2").await);
    let pass = opened(&town, id).await;
    let is_whole = async |id: DossierId, cookie: &str| {
        let page = with(&town, &format!("/d/{id}"), cookie).await;
        assert_eq!(page.status().as_u16(), 200);
        page.text().contains("Diễn biến")
    };
    assert!(is_whole(id, &pass).await && !is_whole(other, &pass).await);
    let twice = format!("{pass}; {pass}");
    let changed = pass.replace("motcua-see=", "motcua-see=9");
    for forged in ["motcua-see=", "motcua-see=1.2", "motcua-see=x", &twice, &changed] {
        assert!(!is_whole(id, forged).await, "{forged}");
    }
    town.minutes(29);
    assert!(is_whole(id, &pass).await);
    town.minutes(1);
    assert!(!is_whole(id, &pass).await);
    // Pages below ask for the digits again.
    let led = with(&town, &format!("/d/{id}/pay/1"), &pass).await;
    assert_eq!((led.status().as_u16(), led.header("location")), (303, Some(&*format!("/d/{id}"))));
}

#[tokio::test]
async fn whoever_used_another_s_telephone_closes_the_dossier_on_it() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let pass = opened(&town, id).await;
    let target = format!("/d/{id}");
    let forget = Sent { target: &target, fields: &[("forget", "1")], headers: &[("cookie", &pass)], sender: SENDER };
    let answer = sends(&town, forget).await;
    assert_eq!(answer.status().as_u16(), 303);
    let line = answer.header("set-cookie").unwrap();
    assert!(line.starts_with("motcua-see=; ") && line.contains("Max-Age=0"), "{line}");
}

#[tokio::test]
async fn another_site_sends_nothing_in_somebody_s_name_and_takes_nobody_s_tries() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let target = format!("/d/{id}");
    town.office.wire().reset();
    for site in ["cross-site", "same-site"] {
        let headers = [("sec-fetch-site", site)];
        let sent = Sent { target: &target, fields: &[("digits", FOUR)], headers: &headers, sender: SENDER };
        let answer = sends(&town, sent).await;
        assert_eq!((answer.status().as_u16(), answer.header("set-cookie")), (403, None), "{site}");
    }
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    for site in ["same-origin", "none"] {
        let headers = [("sec-fetch-site", site)];
        let sent = Sent { target: &target, fields: &[("digits", FOUR)], headers: &headers, sender: SENDER };
        assert_eq!(sends(&town, sent).await.status().as_u16(), 303, "{site}");
    }
    let letter = Letter {
        method: Method::POST,
        target: target.clone(),
        headers: vec![("content-type", "application/json".into())],
        body: "{\"digits\":\"0001\"}".into(),
    };
    let mut odd = request(&letter);
    odd.extensions_mut().insert(Domain(HERE.to_owned()));
    let answer = Box::pin(town.office.answer(&odd)).await.unwrap();
    assert_eq!(answer.status().as_u16(), 400);
    assert!(answer.text().contains("Chưa có gì được ghi"), "{}", answer.text());
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_told_and_opens_nothing() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let pass = opened(&town, id).await;
    for first_call in [1, 2] {
        let plan = Plan::Burst { first_call, calls: 100, fault: Fault::InternalError };
        town.office.wire().set_faults(Faults::from_seed(1, plan));
        let answer = shows(&town, id, FOUR).await;
        assert_eq!((answer.status().as_u16(), answer.header("set-cookie")), (503, None), "{first_call}");
        assert!(answer.text().contains("Hồ sơ không bị ảnh hưởng"), "{}", answer.text());
        town.office.wire().set_faults(Faults::none());
    }
    let plan = Plan::Burst { first_call: 1, calls: 100, fault: Fault::Throttle };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    let whole = with(&town, &format!("/d/{id}"), &pass).await;
    assert_eq!((whole.status().as_u16(), whole.header("retry-after")), (503, Some("30")));
    town.office.wire().set_faults(Faults::none());
    assert_eq!(with(&town, &format!("/d/{id}"), &pass).await.status().as_u16(), 200);
}
