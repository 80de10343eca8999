//! Nobody is asked twice.

use motcua::store::Did;
use rules::http::Reply;

use super::*;

#[tokio::test]
async fn of_two_clerks_at_once_the_second_sees_the_version_of_the_first() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    let seen = only(&town).await;
    let [unanswered, reached] = ["no-answer", "reached"].map(|outcome| json!({ "outcome": outcome }));
    let (one, other) = tokio::join!(
        send(&town, "clerk", &seen, "one", &unanswered),
        send(&town, "specialist", &seen, "other", &reached),
    );
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let now = entry(&town, &seen).await;
    assert_eq!(now["version"], json!(seen["version"].as_u64().unwrap() + 1));
    let by = if one.status().as_u16() == 200 { "clerk" } else { "specialist" };
    assert_eq!(now["last"]["by"], by);
}

#[tokio::test]
async fn a_repeat_is_answered_as_it_was_and_its_key_stands_for_nothing_else() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    let seen = only(&town).await;
    let body = json!({ "outcome": "reached", "note": "đã báo" });
    let first = send(&town, "clerk", &seen, "k", &body).await;
    assert_eq!(first.status().as_u16(), 200, "{}", first.text());
    town.minutes(3);
    let again = send(&town, "clerk", &seen, "k", &body).await;
    let (first, again): (Value, Value) =
        (serde_json::from_str(first.text()).unwrap(), serde_json::from_str(again.text()).unwrap());
    assert_eq!((&again["status"], &again["version"]), (&json!("already_recorded"), &first["version"]));
    let other = send(&town, "clerk", &seen, "k", &json!({ "outcome": "died" })).await;
    assert_eq!(other.status().as_u16(), 409, "{}", other.text());
    // What is over is not recorded once more, even by whoever looks at it as it is now.
    let over = entry(&town, &seen).await;
    assert_eq!(send(&town, "clerk", &over, "new", &body).await.status().as_u16(), 412);
    let day = rules::vietnam::day(town.clock.now());
    let store = town.office.site().recorder.store().clone();
    let acts = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    let called = acts.iter().filter(|act| matches!(act.did, Did::Called { .. })).count();
    assert_eq!(called, 1);
}
