//! What was said on the phone is with the people, and nowhere else.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua_local::office::TABLE;

use super::*;
use crate::logged;

const SAID: &str = "hẹn gặp bà Mẫu ở chợ Đầm";

#[tokio::test]
async fn nothing_personal_is_in_keys_in_the_entry_in_events_or_in_the_log() {
    logged::listen();
    let town = Town::new().await;
    let id = filed(&town, "G22-1", json!({ "ChuHoSo": "Nguyễn Thị Mẫu" })).await;
    let call = only(&town).await;
    records(&town, &call, json!({ "outcome": "needs-interpreter", "note": SAID })).await;
    records(&town, &call, json!({ "outcome": "reached", "note": SAID })).await;
    let personal = [SAID, "Nguyễn Thị Mẫu", "nguyen thi mau", "2583822222", "056099001234"];
    let scan = town.office.site().recorder.store().client().scan().table_name(TABLE).send().await.unwrap();
    let mut with_note = 0;
    for item in scan.items() {
        let sk = item["sk"].as_s().unwrap();
        for (name, value) in item {
            let value = match value {
                AttributeValue::S(text) => text.clone(),
                other => format!("{other:?}"),
            };
            let found = personal.iter().find(|it| value.contains(**it));
            let allowed = (sk == "person" || sk.starts_with("form#")) && !matches!(name.as_str(), "pk" | "sk");
            assert!(found.is_none() || allowed, "{found:?} in {name} of {sk}");
            with_note += usize::from(value.contains(SAID));
        }
    }
    assert_eq!(with_note, 1, "the people have it");
    let events = format!("{:?}", town.events(id).await);
    let logged = logged::heard();
    assert!(logged.contains("a call recorded as version"), "{logged}");
    for personal in personal {
        assert!(!logged.contains(personal) && !events.contains(personal), "{personal}");
    }
}
