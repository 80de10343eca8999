//! People who were asked whether the result is to come by post, and have not answered.

use motcua::store::TaskKind;

use super::*;

const MOBILE: &str = "0905123456";

/// Files a dossier of somebody who gets messages, and accepts it.
async fn accepted(town: &Town, code: &str, changes: Value) -> DossierId {
    let mut form = json!({ "SoDienThoai": MOBILE });
    for (name, value) in changes.as_object().unwrap() {
        form[name] = value.clone();
    }
    let id = filed(town, code, form).await;
    town.minutes(5);
    town.clerk(id, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    id
}

async fn asks(town: &Town, id: DossierId) {
    town.minutes(5);
    town.clerk(id, "ask-address", json!({})).await;
    town.office.deliver().await.unwrap();
}

async fn rebuilt(town: &Town) -> bool {
    project::rebuild(&town.office.site(), &town.agency()).await.unwrap().nothing_was_wrong()
}

#[tokio::test]
async fn who_does_not_answer_is_called_two_days_later_and_who_answers_is_not() {
    let town = Town::new().await;
    let first = accepted(&town, "G22-1", json!({})).await;
    let other = accepted(&town, "G22-2", json!({ "SoGiayToChuHoSo": "056099001235" })).await;
    for id in [first, other] {
        asks(&town, id).await;
    }
    let sms = town.sms();
    assert!(sms.iter().any(|it| it.text.contains("Ho so G22-1: nhan ket qua tai nha")), "{sms:?}");
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 0), "they have time to answer");
    town.clerk(other, "choose-return", json!({ "by": "desk", "consent": "phone" })).await;
    town.office.deliver().await.unwrap();
    town.minutes(49 * 60);
    let entry = only(&town).await;
    assert_eq!((dossiers(&entry).len(), &entry["asked"][0]["code"]), (0, &json!("G22-1")));
    assert_eq!(counted(&town).await, 1);
    assert!(rebuilt(&town).await);
    records(&town, &entry, json!({ "outcome": "reached", "agreed": ["wants-no-post"], "consent": true })).await;
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 0));
    // Something else that happens brings nobody back.
    town.minutes(5);
    town.clerk(first, "record-result", json!({ "kind": "positive" })).await;
    town.office.deliver().await.unwrap();
    assert_eq!(list(&town).await.len(), 0);
    assert!(rebuilt(&town).await);
}

#[tokio::test]
async fn dossiers_of_one_person_are_one_call_and_the_rebuild_finds_the_same() {
    let town = Town::new().await;
    let (first, second) = (accepted(&town, "G22-1", json!({})).await, accepted(&town, "G22-2", json!({})).await);
    for id in [first, second] {
        asks(&town, id).await;
    }
    town.minutes(49 * 60);
    let entry = only(&town).await;
    assert_eq!(entry["asked"].as_array().unwrap().len(), 2);
    assert!(rebuilt(&town).await);
    town.clerk(first, "choose-return", json!({ "by": "desk", "consent": "phone" })).await;
    town.office.deliver().await.unwrap();
    assert_eq!(only(&town).await["asked"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whom_no_message_reaches_is_called_at_once_and_nobody_is_asked_twice() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1", json!({ "SoDienThoai": LANDLINE })).await;
    let call = only(&town).await;
    records(&town, &call, json!({ "outcome": "reached" })).await;
    asks(&town, id).await;
    let entry = only(&town).await;
    let told = entry["dossiers"][0]["told"]["vi"].as_str().unwrap();
    assert!(told.starts_with("Có thể nhận kết quả tại nhà"), "{told}");
    assert_eq!(town.for_a_person(TaskKind::Message).await, 1);
    let again = town.staff("clerk", id, "ask-address", &json!({})).await;
    assert_eq!(again.status().as_u16(), 422, "{}", again.text());
}
