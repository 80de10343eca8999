//! The desk's answers are as `/api/openapi.json` describes them.

use super::*;
use crate::town::FEE_VND;
use rules::http::Reply;

/// Returns the faults of a value by its schema, each with its place; as much of JSON Schema as the description uses.
fn flaws(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointed = document.pointer(reference.trim_start_matches('#')).expect("a reference leads somewhere");
        return flaws(document, pointed, value, place);
    }
    if let Some(either) = schema["anyOf"].as_array() {
        let tried: Vec<_> = either.iter().map(|schema| flaws(document, schema, value, place)).collect();
        return if tried.iter().any(Vec::is_empty) { Vec::new() } else { tried.concat() };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { vec![] } else { vec![format!("{place}: {value} is none of {words:?}")] };
    }
    if schema.get("const").is_some_and(|word| word != value) {
        return vec![format!("{place}: {value} is not {}", schema["const"])];
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = &schema["type"];
    let fits = kinds.is_null() || *kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
    if !fits {
        return vec![format!("{place}: {value} is no {kinds}")];
    }
    match value {
        Value::Object(members) => {
            let known = schema["properties"].as_object();
            let missing = schema["required"].as_array().into_iter().flatten();
            let missing = missing.filter(|name| !members.contains_key(name.as_str().unwrap()));
            let mut flaws_found: Vec<_> = missing.map(|name| format!("{place}: lacks {name}")).collect();
            for (name, member) in members {
                let place = format!("{place}.{name}");
                match known.and_then(|known| known.get(name)) {
                    Some(schema) => flaws_found.extend(flaws(document, schema, member, &place)),
                    None if schema["additionalProperties"] == false => {
                        flaws_found.push(format!("{place}: is not described"))
                    }
                    None if schema["additionalProperties"].is_object() => {
                        flaws_found.extend(flaws(document, &schema["additionalProperties"], member, &place));
                    }
                    None => {}
                }
            }
            flaws_found
        }
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.flat_map(|(n, item)| flaws(document, &schema["items"], item, &format!("{place}[{n}]"))).collect()
        }
        _ => Vec::new(),
    }
}

async fn document(town: &Town) -> Value {
    let answer = answered(town, &asked(town, "clerk", Method::GET, "/api/openapi.json", &[], "")).await;
    assert_eq!((answer.status().as_u16(), answer.header("content-type")), (200, Some("application/json")));
    json_of(&answer)
}

/// Holds an answer against its description at that path.
fn as_described(document: &Value, path: &str, method: &str, answer: &Response) {
    let status = answer.status().as_u16().to_string();
    let response = &document["paths"][path][method]["responses"][&status];
    let name = response["$ref"].as_str().unwrap_or_else(|| panic!("{method} {path} does not tell of {status}"));
    let schema = &document.pointer(name.trim_start_matches('#')).unwrap()["content"]["application/json"]["schema"];
    assert_eq!(flaws(document, schema, &json_of(answer), ""), Vec::<String>::new(), "{method} {path} {status}");
}

#[tokio::test]
async fn a_dossier_s_whole_life_is_answered_as_it_is_described() {
    let town = Town::new().await;
    let document = document(&town).await;
    let filed = answered(&town, &filing(&town, "filing-1", &declared())).await;
    as_described(&document, "/api/v1/dossiers", "post", &filed);
    let id = DossierId::parse(json_of(&filed)["dossier"]["id"].as_str().unwrap()).unwrap();
    let reused = answered(
        &town,
        &filing(&town, "filing-1", &json!({ "procedure": PERMIT, "filing": "post", "applicant": { "name": "A" } })),
    )
    .await;
    assert_eq!(reused.status().as_u16(), 409);
    as_described(&document, "/api/v1/dossiers", "post", &reused);
    let card = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" });
    for (command, body, status) in [
        ("hand-out", card.clone(), 422),
        ("accept", json!({ "reason": "x" }), 400),
        ("accept", json!({}), 200),
        ("ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND }), 200),
        ("enter-step", json!({ "step": "verification" }), 422),
        ("record-cash-payment", json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "0001234" }), 200),
        ("pause-clock", json!({ "reason": "originals", "papers": ["GPXD-DON"] }), 200),
        (
            "correct-contact",
            json!({ "whose": "applicant", "address": "Nha Trang", "consent": "phone", "because": "x" }),
            200,
        ),
        ("record-receipt", json!({ "papers": ["GPXD-DON"], "minutes_no": "BB-1", "by": "hand" }), 200),
        ("record-result", json!({ "kind": "positive" }), 200),
        ("hand-out", card, 200),
    ] {
        let answer = town.staff("clerk", id, command, &body).await;
        assert_eq!(answer.status().as_u16(), status, "{command}: {}", answer.text());
        as_described(&document, &format!("/api/v1/dossiers/{{dossier}}/{command}"), "post", &answer);
        as_described(&document, "/api/v1/dossiers/{dossier}", "get", &get(&town, id.as_str()).await);
    }
    as_described(&document, "/api/v1/dossiers/{dossier}", "get", &get(&town, "none").await);
}

#[tokio::test]
async fn money_the_catalogue_and_who_may_not_are_answered_as_described() {
    let town = Town::new().await;
    let document = document(&town).await;
    town.send(&town.callback(&town.paid("not-ours"))).await;
    let read =
        async |role: &'static str, path: &str| answered(&town, &asked(&town, role, Method::GET, path, &[], "")).await;
    let list = read("manager", "/api/v1/money").await;
    as_described(&document, "/api/v1/money", "get", &list);
    let payment = json_of(&list)["items"][0]["id"].as_str().expect("the money waits").to_owned();
    for role in ["clerk", "manager"] {
        let one = read(role, &format!("/api/v1/money/{payment}")).await;
        as_described(&document, "/api/v1/money/{payment}", "get", &one);
    }
    as_described(&document, "/api/v1/money", "get", &read("clerk", "/api/v1/money?after=x").await);
    as_described(
        &document,
        "/api/v1/procedures/{code}",
        "get",
        &read("clerk", &format!("/api/v1/procedures/{PERMIT}")).await,
    );
    let headers = [("content-type", "application/json"), ("idempotency-key", "d-1"), ("if-match", "\"1\"")];
    let decide = async |role: &'static str, body: &str| {
        let path = format!("/api/v1/money/{payment}/mark-refund");
        answered(&town, &asked(&town, role, Method::POST, &path, &headers, body)).await
    };
    for (role, body, status) in [("clerk", "{}", 403), ("manager", "{}", 400), ("manager", r#"{"reason":"nhầm"}"#, 200)]
    {
        let answer = decide(role, body).await;
        assert_eq!(answer.status().as_u16(), status, "{}", answer.text());
        as_described(&document, "/api/v1/money/{payment}/mark-refund", "post", &answer);
    }
}

#[tokio::test]
async fn the_description_is_read_only_and_needs_nobody_signed_in() {
    let town = Town::new().await;
    let mut request = asked(&town, "clerk", Method::GET, "/api/openapi.json", &[], "");
    request.extensions_mut().clear();
    assert_eq!(answered(&town, &request).await.status().as_u16(), 200);
    *request.method_mut() = Method::POST;
    let answer = answered(&town, &request).await;
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, Some("GET")));
}
