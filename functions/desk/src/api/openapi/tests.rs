//! Everything that can be asked and answered is described.

use http::Method;
use http::header::CONTENT_TYPE;
use rules::dossier::Refusal;
use rules::http::Reply;
use rules::json::Malformed;
use rules::takeover::Fault;

use super::answers::Said;
use super::*;
use crate::api::answer::Answer;
use crate::api::commands::{COMMANDS, PARTY};
use crate::api::intake;
use crate::api::money::DECISIONS;
use crate::api::route::Route;
use crate::api::tests::request;

fn written() -> Value {
    document()
}

/// The documented answer of each. An answer that is added and not described does not compile.
fn said(answer: &Answer) -> Said {
    match answer {
        Answer::Recorded(..) | Answer::AlreadyRecorded(..) => Said::Recorded,
        Answer::Decided(..) | Answer::AlreadyDecided(..) => Said::Decided,
        Answer::Called(..) | Answer::AlreadyCalled(..) => Said::Called,
        Answer::Listed(_) => Said::MoneyPage,
        Answer::Found(..) => Said::Dossier,
        Answer::Shown(_) => Said::Imported,
        Answer::Conflict(_) => Said::Conflict,
        Answer::PayLink(_) => Said::PayLink,
        Answer::NoPayLink(_) => Said::NoPayLink,
        Answer::NotTakenOver(_) => Said::NotTakenOver,
        Answer::Refused(_) => Said::Refused,
        Answer::Stale(_) => Said::Stale,
        Answer::KeyReused => Said::KeyReused,
        Answer::NotFound => Said::NotFound,
        Answer::Malformed(_) => Said::Malformed,
        Answer::SignInFirst => Said::SignInFirst,
        Answer::NotAllowed => Said::NotAllowed,
        Answer::MethodNotAllowed(_) => Said::MethodNotAllowed,
        Answer::TooLarge => Said::TooLarge,
        Answer::OtherMediaType => Said::OtherMediaType,
        Answer::VersionNeeded => Said::VersionNeeded,
        Answer::Later => Said::Later,
    }
}

/// One of each answer that has no dossier or money in it.
fn answers() -> Vec<Answer> {
    vec![
        Answer::AlreadyRecorded(1, None),
        Answer::Conflict("x".into()),
        Answer::NoPayLink("x"),
        Answer::NotTakenOver(vec![Fault::new("MaHoSo", "x")]),
        Answer::Refused(Refusal::NoPapers),
        Answer::Stale(7),
        Answer::KeyReused,
        Answer::NotFound,
        Answer::Malformed(Malformed::new("reason", "is missing")),
        Answer::SignInFirst,
        Answer::NotAllowed,
        Answer::MethodNotAllowed("POST"),
        Answer::TooLarge,
        Answer::OtherMediaType,
        Answer::VersionNeeded,
        Answer::Later,
        Answer::Shown(json!({ "status": "recorded" })),
    ]
}

#[test]
fn every_answer_has_the_status_the_headers_and_the_members_that_are_described() {
    let document = written();
    for answer in answers() {
        let (said, reply) = (said(&answer), answer.reply());
        let described = &document["components"]["responses"][said.name()];
        assert_eq!(reply.status().as_u16(), said.status(), "{answer}");
        assert_eq!(reply.header("content-type"), Some("application/json"), "{answer}");
        let headers = described["headers"].as_object().unwrap();
        for (name, header) in headers {
            let there = reply.header(&name.to_lowercase()).is_some();
            assert!(there || header["required"] == false, "{answer} lacks {name}");
        }
        let known = |name: &str| headers.keys().any(|header| header.to_lowercase() == name);
        assert!(
            reply.headers().keys().filter(|name| *name != CONTENT_TYPE).all(|name| known(name.as_str())),
            "{answer}: {:?}",
            reply.headers()
        );
        let schema = &described["content"]["application/json"]["schema"];
        let schema = schema.get("anyOf").map_or(schema, |either| &either[0]);
        let body: Value = serde_json::from_str(reply.text()).unwrap();
        let (members, described) = (body.as_object().unwrap(), schema["properties"].as_object().unwrap());
        assert_eq!(members.keys().collect::<Vec<_>>(), described.keys().collect::<Vec<_>>(), "{answer}");
    }
}

#[test]
fn no_operation_has_two_answers_of_one_status() {
    for operation in operations::all() {
        let statuses: Vec<_> = operation.said().map(Said::status).collect();
        let mut once = statuses.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), statuses.len(), "{}", operation.path);
    }
}

#[test]
fn every_documented_answer_is_some_operation_s() {
    let text = written()["paths"].to_string();
    for said in Said::ALL {
        assert!(text.contains(&format!("#/components/responses/{}\"", said.name())), "{said:?}");
    }
}

#[test]
fn every_path_and_method_described_leads_to_its_route_and_every_command_and_decision_is_there() {
    let document = written();
    let mut commands = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let path = path
                .replace("{dossier}", "X")
                .replace("{payment}", "X")
                .replace("{code}", "1.1")
                .replace("{call}", "X");
            let path = path.replace("{version}", "1");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let route = Route::of(&request(method, &path, &[], ""));
            let name = operation["operationId"].as_str().unwrap();
            let expected = match route.ok().unwrap_or_else(|| panic!("{path} leads nowhere")) {
                Route::File => "file",
                Route::Command(_, spec) => spec.name,
                Route::Read(_) => "read",
                Route::PayLink(_) => "pay-link",
                Route::ListMoney => "list-money",
                Route::ReadMoney(_) => "read-money",
                Route::Decide(_, spec) => spec.name,
                Route::ListCalls => "list-calls",
                Route::ReadCall(_) => "read-call",
                Route::RecordCall(_) => "record-call",
                Route::Procedure(_) => "read-procedure",
                Route::Import(..) => "import-procedure",
                Route::TakeOver => "take-over",
            };
            assert_eq!(name, expected, "{path}");
            commands += 1;
        }
    }
    assert_eq!(commands, COMMANDS.len() + DECISIONS.len() + 11, "and nothing is left out");
}

#[test]
fn the_body_of_a_filing_has_the_members_that_are_read() {
    let document = written();
    let schema = &document["paths"]["/api/v1/dossiers"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    let names = |schema: &Value| {
        let mut names: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(schema), sorted(&intake::MEMBERS));
    assert_eq!(names(&schema["properties"]["applicant"]), sorted(&PARTY.map(|field| field.name)));
    assert_eq!(schema["required"], json!(["procedure", "filing", "applicant"]));
}

#[test]
fn every_reference_leads_somewhere() {
    let document = written();
    let text = document.to_string();
    let references = text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
    let references: Vec<_> = references.collect();
    assert!(references.len() > 300, "{}", references.len());
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}

#[test]
fn the_roles_of_an_operation_are_those_of_the_table() {
    let document = written();
    let of = |path: &str, method: &str| document["paths"][path][method]["description"].as_str().unwrap().to_owned();
    assert_eq!(of("/api/v1/dossiers/{dossier}/accept", "post"), "For: clerk, specialist, manager.");
    assert_eq!(of("/api/v1/dossiers/{dossier}/reopen", "post"), "For: manager.");
    assert_eq!(of("/api/v1/procedures/{code}/{version}", "put"), "For: administrator.");
}
