//! A body is read up to the lengths that the description of the API promises, and no further.

use serde_json::{Value, json};

use super::bodies::{read, right};
use super::filing::file;
use super::*;

/// The described schema of the body that is posted to this path.
fn described(path: &str) -> Value {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"].clone()
}

/// The schema of a member, also if it may be null.
fn of_member(schema: &Value) -> &Value {
    schema.get("anyOf").map_or(schema, |either| &either[0])
}

/// Tries every text of an object at its described length and one character beyond. `wrong` returns the complaint about
/// a member with that value. Returns the number of texts.
fn hold(object: &Value, place: &str, wrong: &dyn Fn(&str, Value) -> Option<String>) -> usize {
    let mut tried = 0;
    for (name, schema) in object["properties"].as_object().unwrap() {
        let Some(most) = of_member(schema)["maxLength"].as_u64() else { continue };
        let text = |length: u64| json!("ư".repeat(usize::try_from(length).unwrap()));
        let too_long = Some(format!("{place}{name} has more than {most} characters"));
        assert_ne!(wrong(name, text(most)), too_long);
        assert_eq!(wrong(name, text(most + 1)), too_long);
        tried += 1;
    }
    tried
}

fn names_of_papers(count: u64) -> Vec<String> {
    (0..count).map(|number| format!("GT{number}")).collect()
}

#[test]
fn a_command_takes_texts_as_long_as_is_described() {
    let mut tried = 0;
    for (command, body, _) in right() {
        let schema = described(&format!("/api/v1/dossiers/{{dossier}}/{command}"));
        tried += hold(&schema, "", &|name, value| {
            let mut changed: Value = serde_json::from_str(body).unwrap();
            changed[name] = value;
            read(command, &changed.to_string()).err()
        });
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn a_command_takes_as_many_papers_as_are_described_however_often_it_names_each() {
    let mut tried = 0;
    for (command, body, _) in right() {
        let schema = described(&format!("/api/v1/dossiers/{{dossier}}/{command}"));
        let Some(most) = of_member(&schema["properties"]["papers"])["maxItems"].as_u64() else { continue };
        let wrong = |papers: Vec<String>| {
            let mut changed: Value = serde_json::from_str(body).unwrap();
            changed["papers"] = json!(papers);
            read(command, &changed.to_string()).err()
        };
        assert_eq!(wrong(names_of_papers(most)), None, "{command}");
        assert_eq!(wrong([names_of_papers(most), names_of_papers(most)].concat()), None, "{command}");
        let too_many = Some(format!("papers has more than {most} elements"));
        assert_eq!(wrong(names_of_papers(most + 1)), too_many, "{command}");
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn a_filing_takes_texts_and_papers_as_is_described() {
    let schema = described("/api/v1/dossiers");
    let right = json!({ "procedure": "1.1", "filing": "desk", "applicant": { "name": "A" }, "filer": { "name": "B" } });
    let with = |pointer: &str, name: &str, value: Value| {
        let mut changed = right.clone();
        changed.pointer_mut(pointer).unwrap()[name] = value;
        file(&changed.to_string()).err()
    };
    assert_eq!(hold(&schema, "", &|name, value| with("", name, value)), 2, "the procedure and the minutes");
    for whose in ["applicant", "filer"] {
        let party = of_member(&schema["properties"][whose]);
        let tried = hold(party, &format!("{whose}."), &|name, value| with(&format!("/{whose}"), name, value));
        assert_eq!(tried, 5, "{whose}");
    }
    let most = of_member(&schema["properties"]["papers"])["maxItems"].as_u64().unwrap();
    let handed = |originals: u64, copies: u64| {
        let of = |count, kind: &str| {
            names_of_papers(count).into_iter().map(|code| json!({ "code": code, "kind": kind })).collect::<Vec<_>>()
        };
        let mut changed = right.clone();
        changed["papers"] = [of(originals, "original"), of(copies, "copy")].concat().into();
        changed["minutes_no"] = "BB-1".into();
        file(&changed.to_string()).err()
    };
    let too_many = Some(format!("papers has more than {most} elements"));
    assert_eq!((handed(most, 0), handed(0, most), handed(most, most)), (None, None, None));
    assert_eq!((handed(most + 1, 0), handed(0, most + 1)), (too_many.clone(), too_many));
}
