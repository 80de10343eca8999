//! Commands of a form that no dossier can obey: refused in the preview and at the API, with the field named.

use serde_json::json;

use super::*;

/// A command, what is typed into its form, the field that is wrong, and the status of preview and answer.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, u16);

#[tokio::test]
async fn nobody_s_account_a_filer_who_is_not_there_and_a_text_that_says_nothing_are_refused_with_their_field() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let out = [("to", "filer"), ("shown", "citizen_card"), ("paper_no", "056090001234")];
    let cases: [Case; 9] = [
        ("forward", &[("to", "khong.co.ai")], "to", 422),
        ("forward", &[("to", "ai-do@khong.co")], "to", 422),
        ("forward", &[("to", "…")], "to", 400),
        ("forward", &[("to", "chuyenvien01")], "to", 422),
        ("put-to-leader", &[("to", "khong.co.ai")], "to", 422),
        ("request-supplement", &[("reason", " . ")], "reason", 400),
        ("request-supplement", &[("reason", "\u{200b}–")], "reason", 400),
        ("request-supplement", &[("reason", "thiếu giấy"), ("papers_more", "-")], "papers", 400),
        ("refuse-intake", &[("reason", "---")], "reason", 400),
    ];
    for (command, typed, field, status) in cases {
        refused(&town, &mut clerk, id, command, typed, (field, status)).await;
    }
    town.clerk(id, "accept", json!({})).await;
    refused(&town, &mut clerk, id, "pause-clock", &[("reason", "originals")], ("papers", 422)).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    refused(&town, &mut clerk, id, "hand-out", &out, ("to", 422)).await;
    let whose = [("whose", "filer"), ("phone", "0905000009"), ("consent", "desk"), ("because", "nhầm số")];
    refused(&town, &mut clerk, id, "correct-contact", &whose, ("whose", 422)).await;
    let done = [("to", "applicant"), ("shown", "citizen_card"), ("paper_no", "056090001234")];
    assert_eq!(give(&mut clerk, &id.to_string(), "hand-out", &done).await.status().as_u16(), 303);
}

async fn refused(
    town: &Town,
    clerk: &mut Browser<'_>,
    id: rules::id::DossierId,
    command: &str,
    typed: &[(&str, &str)],
    (field, status): (&str, u16),
) {
    let path = format!("/desk/dossiers/{id}/{command}");
    let form = Filled::on(clerk.get(&path).await.text(), &path);
    let filled = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
    let preview = clerk.post(&path, &filled.fields()).await;
    assert_eq!(preview.status().as_u16(), status, "{command}: {}", preview.text());
    assert!(preview.text().contains("class=\"field bad-field\"") && preview.text().contains("class=\"wrong\""));
    assert!(!preview.text().contains("name=\"confirm\""), "{command}");
    let mut body = serde_json::Map::new();
    for (name, value) in typed {
        match *name {
            "papers_more" => body.insert("papers".into(), json!([value])),
            name => body.insert(name.to_owned(), json!(value)),
        };
    }
    let before = town.history(id).await.len();
    let answer = town.staff("clerk", id, command, &body.into()).await;
    let told: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!((answer.status().as_u16(), &told["field"]), (status, &json!(field)), "{command}: {told}");
    assert_eq!(town.history(id).await.len(), before);
}
