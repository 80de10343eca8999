//! All operations of the API.

use rules::dossier::Kind;
use serde_json::{Map, Value, json};

use super::answers::Said;
use super::requests;
use crate::api::commands::{COMMANDS, Spec};
use crate::api::money::{self, DECISIONS};
use crate::permission::{Permission, Role};

/// Answers that every operation may give.
const ALWAYS: [Said; 7] = [
    Said::Malformed,
    Said::SignInFirst,
    Said::NotAllowed,
    Said::NotFound,
    Said::MethodNotAllowed,
    Said::TooLarge,
    Said::Later,
];

/// One operation.
pub(super) struct Operation {
    pub path: String,
    pub method: &'static str,
    name: &'static str,
    tag: &'static str,
    summary: String,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: Vec<Said>,
    who: Vec<&'static str>,
}

/// All operations.
pub(super) fn all() -> Vec<Operation> {
    let mut all = dossiers();
    all.extend(COMMANDS.iter().map(command));
    all.extend(payments());
    all.extend(DECISIONS.iter().map(decision));
    all.extend(calls());
    all.extend(catalogue());
    all
}

fn reading() -> Vec<&'static str> {
    Role::holding(Some(Permission::Read))
}

fn keeping() -> Vec<&'static str> {
    Role::holding(Some(Permission::KeepCatalogue))
}

fn may(kind: Kind) -> Vec<&'static str> {
    Role::holding(Permission::for_command(kind))
}

fn dossiers() -> Vec<Operation> {
    vec![
        Operation {
            path: "/api/v1/dossiers".into(),
            method: "post",
            name: "file",
            tag: "dossiers",
            summary: "Files a dossier at the desk or by post, and accepts it as it comes where that is asked".into(),
            parameters: vec![requests::idempotency_key()],
            body: Some(requests::filing()),
            answers: vec![Said::Recorded, Said::KeyReused, Said::OtherMediaType, Said::Refused],
            who: may(Kind::Submit),
        },
        Operation {
            path: "/api/v1/dossiers/{dossier}".into(),
            method: "get",
            name: "read",
            tag: "dossiers",
            summary: "A dossier by its id or code, with its people and a page of its history".into(),
            parameters: vec![requests::dossier(), requests::after("The history begins after this version")],
            body: None,
            answers: vec![Said::Dossier],
            who: reading(),
        },
        Operation {
            path: "/api/v1/dossiers/{dossier}/pay-link".into(),
            method: "post",
            name: "pay-link",
            tag: "dossiers",
            summary: "The way to pay one attempt at a fee: an address, or a VietQR code".into(),
            parameters: vec![requests::dossier(), requests::attempt(), requests::fresh()],
            body: None,
            answers: vec![Said::PayLink, Said::NoPayLink],
            who: Role::holding(Some(Permission::Handle)),
        },
    ]
}

/// Answers that a command or a decision may give beside those of every operation.
fn decided(done: Said) -> Vec<Said> {
    vec![done, Said::KeyReused, Said::Stale, Said::OtherMediaType, Said::Refused, Said::VersionNeeded]
}

fn command(spec: &Spec) -> Operation {
    Operation {
        path: format!("/api/v1/dossiers/{{dossier}}/{}", spec.name),
        method: "post",
        name: spec.name,
        tag: "commands",
        summary: crate::words::of_command(spec.kind).join(" – "),
        parameters: vec![requests::dossier(), requests::idempotency_key(), requests::if_match()],
        body: Some(requests::of_fields(spec.fields, true)),
        answers: decided(Said::Recorded),
        who: may(spec.kind),
    }
}

fn decision(spec: &money::Spec) -> Operation {
    Operation {
        path: format!("/api/v1/money/{{payment}}/{}", spec.name),
        method: "post",
        name: spec.name,
        tag: "money",
        summary: spec.summary.into(),
        parameters: vec![requests::payment(), requests::idempotency_key(), requests::if_match()],
        body: Some(requests::of_fields(spec.fields, false)),
        answers: decided(Said::Decided),
        who: may(spec.kind),
    }
}

fn payments() -> Vec<Operation> {
    vec![
        Operation {
            path: "/api/v1/money".into(),
            method: "get",
            name: "list-money",
            tag: "money",
            summary: "Money that waits for a person, oldest first".into(),
            parameters: vec![requests::after_page()],
            body: None,
            answers: vec![Said::MoneyPage],
            who: reading(),
        },
        Operation {
            path: "/api/v1/money/{payment}".into(),
            method: "get",
            name: "read-money",
            tag: "money",
            summary: "One payment; the message as received is shown to managers until the money is settled".into(),
            parameters: vec![requests::payment()],
            body: None,
            answers: vec![Said::Money],
            who: reading(),
        },
    ]
}

fn calls() -> Vec<Operation> {
    let call = || requests::in_path("call", "The person to be called, as the list names them");
    vec![
        Operation {
            path: "/api/v1/calls".into(),
            method: "get",
            name: "list-calls",
            tag: "calls",
            summary: "People whom a message could not reach, most urgent first".into(),
            parameters: vec![requests::after_page()],
            body: None,
            answers: vec![Said::CallPage],
            who: reading(),
        },
        Operation {
            path: "/api/v1/calls/{call}".into(),
            method: "get",
            name: "read-call",
            tag: "calls",
            summary: "One of them, with what they are to be told of all their dossiers".into(),
            parameters: vec![call()],
            body: None,
            answers: vec![Said::Call],
            who: reading(),
        },
        Operation {
            path: "/api/v1/calls/{call}/outcome".into(),
            method: "post",
            name: "record-call",
            tag: "calls",
            summary: "The outcome of a call, or what was done instead of one".into(),
            parameters: vec![call(), requests::idempotency_key(), requests::if_match()],
            body: Some(requests::call_outcome()),
            answers: vec![Said::Called, Said::KeyReused, Said::Stale, Said::OtherMediaType, Said::VersionNeeded],
            who: Role::holding(Some(Permission::Handle)),
        },
    ]
}

fn catalogue() -> Vec<Operation> {
    let code = || requests::in_path("code", "The procedure's MaTTHC");
    vec![
        Operation {
            path: "/api/v1/procedures/{code}".into(),
            method: "get",
            name: "read-procedure",
            tag: "catalogue",
            summary: "Every version of a procedure".into(),
            parameters: vec![code()],
            body: None,
            answers: vec![Said::Versions],
            who: reading(),
        },
        Operation {
            path: "/api/v1/procedures/{code}/{version}".into(),
            method: "put",
            name: "import-procedure",
            tag: "catalogue",
            summary: "Adds a version of a procedure; the same content again is nothing".into(),
            parameters: vec![code(), requests::in_path("version", "1, 2, …")],
            body: Some(requests::procedure()),
            answers: vec![Said::Imported, Said::Conflict, Said::OtherMediaType],
            who: keeping(),
        },
        Operation {
            path: "/api/v1/takeover".into(),
            method: "post",
            name: "take-over",
            tag: "catalogue",
            summary: "Takes over one open dossier of the office's earlier software, or looks whether it could be"
                .into(),
            parameters: vec![],
            body: Some(requests::takeover()),
            answers: vec![Said::TakenOver, Said::OtherMediaType, Said::NotTakenOver],
            who: keeping(),
        },
    ]
}

impl Operation {
    /// Every answer that it may give.
    pub(super) fn said(&self) -> impl Iterator<Item = Said> + '_ {
        ALWAYS.into_iter().chain(self.answers.iter().copied())
    }

    pub(super) fn written(&self) -> Value {
        let responses: Map<_, _> = self.said().map(|said| (said.status().to_string(), said.reference())).collect();
        let Self { name, tag, summary, parameters, body, who, .. } = self;
        let mut written = json!({
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "description": format!("For: {}.", who.join(", ")),
            "parameters": parameters,
            "responses": responses,
        });
        if let Some(schema) = body {
            let content = json!({ "application/json": { "schema": schema } });
            written["requestBody"] = json!({ "required": true, "content": content });
        }
        written
    }
}
