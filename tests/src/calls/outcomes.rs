//! What becomes of each outcome.

use motcua::store::{GuidedCount, Key, TaskKind};
use rules::http::Reply;
use rules::person::{Agreed, Outcome, Person};

use super::*;

async fn person(town: &Town, id: DossierId) -> Person {
    let key = Key::person(&town.agency(), id);
    town.office.site().recorder.store().value(&key, "person").await.unwrap().unwrap()
}

#[tokio::test]
async fn whoever_was_reached_is_told_of_everything_and_leaves_the_list() {
    let town = Town::new().await;
    let (first, second) = (filed(&town, "G22-1", json!({})).await, filed(&town, "G22-2", json!({})).await);
    let call = only(&town).await;
    assert_eq!((town.for_a_person(TaskKind::Message).await, counted(&town).await), (2, 1));
    let after = records(&town, &call, json!({ "outcome": "reached", "note": "sẽ đến thứ hai" })).await;
    assert_eq!(
        (&after["dossiers"], &after["last"]["outcome"], &after["last"]["by"]),
        (&json!([]), &json!("reached"), &json!("clerk"))
    );
    assert_eq!((list(&town).await.len(), town.for_a_person(TaskKind::Message).await, counted(&town).await), (0, 0, 0));
    for id in [first, second] {
        let calls = person(&town, id).await.calls;
        assert_eq!(
            calls.iter().map(|it| (it.outcome, it.note.as_str())).collect::<Vec<_>>(),
            [(Outcome::Reached, "sẽ đến thứ hai")]
        );
    }
    // Something new brings them back, and what was agreed stays.
    town.minutes(5);
    town.clerk(first, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    let again = only(&town).await;
    assert_eq!((&again["id"], dossiers(&again)), (&call["id"], vec![first.as_str()]));
}

#[tokio::test]
async fn nobody_answering_is_tried_after_office_hours_and_on_the_third_day_a_letter_is_offered() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    for (now, until, wants) in [
        ("2020-04-15T09:00:00+07:00", "2020-04-15T07:30:00Z", false),
        ("2020-04-16T15:00:00+07:00", "2020-04-17T02:30:00Z", false),
        ("2020-04-17T16:00:00+07:00", "2020-04-20T03:30:00Z", true),
    ] {
        town.until(now);
        assert_eq!(counted(&town).await, 1, "{now}");
        let after = records(&town, &call, json!({ "outcome": "no-answer" })).await;
        assert_eq!((after["call_at"].as_str(), after["wants_a_letter"].as_bool()), (Some(until), Some(wants)));
        assert_eq!(list(&town).await.len(), 0, "{now}");
    }
    assert_eq!(counted(&town).await, 0, "it is counted on the day on which it wakes");
    town.until("2020-04-20T10:29:00+07:00");
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 1));
    town.minutes(1);
    assert_eq!(only(&town).await["id"], call["id"]);
    records(&town, &call, json!({ "outcome": "letter-sent" })).await;
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 0));
}

#[tokio::test]
async fn somebody_is_called_back_when_they_asked_for_it() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    town.minutes(1);
    let other = filed(&town, "G22-2", json!({ "SoGiayToChuHoSo": "056099001235" })).await;
    town.clerk(other, "request-supplement", json!({ "reason": "thiếu giấy" })).await;
    town.office.deliver().await.unwrap();
    let call = list(&town).await.remove(1);
    let after = records(&town, &call, json!({ "outcome": "call-back", "back_at": "2020-04-16T10:15:00+07:00" })).await;
    assert_eq!(after["call_at"], "2020-04-16T03:15:00Z");
    assert_eq!(list(&town).await.len(), 1);
    town.until("2020-04-16T10:15:00+07:00");
    let entries = list(&town).await;
    assert_eq!(
        entries.iter().map(|it| &it["id"]).collect::<Vec<_>>(),
        [&call["id"], &entries[1]["id"]],
        "a promise is kept first"
    );
}

#[tokio::test]
async fn an_interpreter_and_somebody_who_cannot_read_are_noted_and_stay() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    let after = records(&town, &call, json!({ "outcome": "needs-interpreter" })).await;
    assert_eq!((&after["interpreter"], &after["cannot_read"]), (&json!(true), &json!(false)));
    let after = records(&town, &call, json!({ "outcome": "cannot-read" })).await;
    assert_eq!((&after["interpreter"], &after["cannot_read"]), (&json!(true), &json!(true)));
    assert_eq!(list(&town).await.len(), 1);
    records(&town, &call, json!({ "outcome": "not-needed" })).await;
    assert_eq!((list(&town).await.len(), town.for_a_person(TaskKind::Message).await), (0, 0));
}

#[tokio::test]
async fn ten_messages_end_at_a_time() {
    let town = Town::new().await;
    for number in 0..12 {
        filed(&town, &format!("G22-{number}"), json!({})).await;
    }
    let call = only(&town).await;
    let after = records(&town, &call, json!({ "outcome": "reached" })).await;
    assert_eq!(after["dossiers"].as_array().unwrap().len(), 2);
    assert_eq!((town.for_a_person(TaskKind::Message).await, counted(&town).await), (2, 1));
    records(&town, &call, json!({ "outcome": "reached" })).await;
    assert_eq!((town.for_a_person(TaskKind::Message).await, counted(&town).await), (0, 0));
}

#[tokio::test]
async fn an_outcome_that_cannot_be_read_is_told_by_field_and_changes_nothing() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    for (body, field) in [
        (json!({}), "outcome"),
        (json!({ "outcome": "maybe" }), "outcome"),
        (json!({ "outcome": "call-back" }), "back_at"),
        (json!({ "outcome": "call-back", "back_at": "16/04/2020" }), "back_at"),
        (json!({ "outcome": "call-back", "back_at": "2020-04-15T07:00:00+07:00" }), "back_at"),
        (json!({ "outcome": "call-back", "back_at": "2022-04-15T07:00:00+07:00" }), "back_at"),
        (json!({ "outcome": "reached", "back_at": "2020-04-16T07:00:00+07:00" }), "back_at"),
        (json!({ "outcome": "reached", "note": "x".repeat(501) }), "note"),
        (json!({ "outcome": "reached", "more": 1 }), "more"),
        (json!({ "outcome": "reached", "agreed": ["maybe"], "consent": true }), "agreed[0]"),
        (json!({ "outcome": "reached", "agreed": ["wants-post"] }), "consent"),
        (json!({ "outcome": "reached", "agreed": ["wants-post"], "consent": false }), "consent"),
        (json!({ "outcome": "no-answer", "agreed": ["wants-post"], "consent": true }), "agreed"),
        (json!({ "outcome": "reached", "agreed": ["wants-post", "wants-no-post"], "consent": true }), "agreed"),
    ] {
        let answer = send(&town, "clerk", &call, "k", &body).await;
        assert_eq!(answer.status().as_u16(), 400, "{body}");
        let answer: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(answer["field"], field, "{body}");
    }
    assert_eq!(only(&town).await["version"], call["version"]);
    let refused = send(&town, "administrator", &call, "k", &json!({ "outcome": "reached" })).await;
    assert_eq!(refused.status().as_u16(), 403);
    let unknown =
        send(&town, "clerk", &json!({ "id": "AAAAAAAAAAAAAAAA", "version": 1 }), "k", &json!({ "outcome": "reached" }))
            .await;
    assert_eq!(unknown.status().as_u16(), 404);
}

#[tokio::test]
async fn an_agreement_is_kept_with_the_people_and_somebody_who_will_file_online_counts_as_told_how() {
    let town = Town::new().await;
    let id = filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    let agreed =
        json!({ "outcome": "reached", "agreed": ["will-file-online", "wants-post", "wants-post"], "consent": true });
    records(&town, &call, agreed).await;
    let calls = person(&town, id).await.calls;
    assert_eq!(
        calls.iter().map(|it| it.agreed.clone()).collect::<Vec<_>>(),
        [[Agreed::WillFileOnline, Agreed::WantsPost]]
    );
    let day = rules::vietnam::day(town.clock.now());
    let counted = town.office.site().recorder.store().guided(&town.agency(), day, day).await.unwrap();
    assert_eq!(counted, GuidedCount { desk: 0, phone: 1, filed: 0 });
}
