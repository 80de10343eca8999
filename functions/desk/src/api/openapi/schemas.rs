//! Schemas of the answers.

use rules::calls::AskedFor;
use rules::person::{Outcome, Unusable};
use serde_json::{Map, Value, json};

/// A schema by its name.
pub(super) fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn whole() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

pub(super) fn nullable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// An object of exactly these members.
pub(super) fn object(members: Vec<(&str, Value)>) -> Value {
    let names: Vec<_> = members.iter().map(|(name, _)| *name).collect();
    let needed = json!(names);
    let properties: Map<_, _> = members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({ "type": "object", "required": needed, "properties": properties, "additionalProperties": false })
}

/// An object whose members are described elsewhere: in the documentation of the type it is written from.
fn some_object() -> Value {
    json!({ "type": "object" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Every schema, by its name.
pub(super) fn all() -> Value {
    json!({
        "Sentence": object(vec![("vi", text()), ("en", text())]),
        "DueDate": object(vec![("on", json!({ "type": "string", "format": "date" })), ("at", instant())]),
        "Summary": object(summary()),
        "Dossier": object([summary(), beside_the_summary()].concat()),
        "Fee": object(fee()),
        "Party": object(party()),
        "PayLink": object(pay_link()),
        "MoneyPage": object(vec![
            ("agency", text()),
            ("items", list(&json!({ "anyOf": [object(entry()), object(unreadable())] }))),
            ("next_after", nullable(text())),
        ]),
        "CallPage": object(vec![
            ("agency", text()),
            ("items", list(&of("Call"))),
            ("next_after", nullable(text())),
        ]),
        "Call": object(call()),
        "Money": object([entry(), beside_the_entry()].concat()),
    })
}

/// A dossier without its people.
fn summary() -> Vec<(&'static str, Value)> {
    let phases = rules::dossier::Phase::ALL.map(crate::api::view::phase);
    let due = || nullable(of("DueDate"));
    vec![
        ("id", text()),
        ("code", nullable(text())),
        ("agency", text()),
        ("version", whole()),
        ("phase", json!({ "enum": phases })),
        ("portal_status", json!({ "type": "integer", "minimum": 1, "maximum": 10 })),
        (
            "procedure",
            object(vec![
                ("code", text()),
                ("version", whole()),
                ("name_vi", nullable(text())),
                ("name_en", nullable(text())),
                ("terms", nullable(some_object())),
            ]),
        ),
        ("source", json!({ "anyOf": [{ "const": "office" }, object(vec![("portal", text())])] })),
        ("filing", json!({ "enum": ["desk", "online", "post"] })),
        ("submitted_at", instant()),
        ("accept_until", nullable(instant())),
        ("step", nullable(some_object())),
        ("assignee", nullable(text())),
        ("papers", json!({ "type": "object", "additionalProperties": { "enum": ["received", "waived"] } })),
        ("returns_by_post", nullable(flag())),
        ("papers_needed", list(&object(vec![("code", text()), ("name_vi", text()), ("step", text())]))),
        ("supplement_rounds", whole()),
        ("warnings", list(&object(vec![("vi", text()), ("en", text()), ("command", nullable(text()))]))),
        ("awaited", list(&some_object())),
        ("result", nullable(json!({ "enum": ["positive", "negative"] }))),
        ("fees", list(&of("Fee"))),
        ("due", due()),
        ("overdue", nullable(some_object())),
        ("decision", nullable(some_object())),
        (
            "clock",
            nullable(object(vec![
                ("starts_at", nullable(instant())),
                ("due", due()),
                ("first_due", due()),
                ("promised", due()),
                ("years_without_holiday_table", list(&json!({ "type": "integer" }))),
                ("ended_at", nullable(instant())),
                ("explanation", nullable(of("Sentence"))),
                ("segments", nullable(list(&some_object()))),
            ])),
        ),
    ]
}

fn beside_the_summary() -> Vec<(&'static str, Value)> {
    let commit = json!({
        "type": "object",
        "required": ["version", "at", "recorded_at", "actor", "called", "procedure", "events"],
        "properties": {
            "version": whole(), "at": instant(), "recorded_at": instant(), "called": text(),
            "events": list(&json!({ "type": "object", "required": ["is"], "properties": { "is": text() } })),
        },
    });
    let people = object(vec![
        ("applicant", of("Party")),
        ("filer", nullable(of("Party"))),
        ("changes", list(&some_object())),
        ("handed_out", list(&some_object())),
    ]);
    vec![
        ("person", nullable(people)),
        ("vouchers", list(&some_object())),
        ("history", object(vec![("items", list(&commit)), ("next_after", nullable(whole()))])),
    ]
}

/// One person to be called.
fn call() -> Vec<(&'static str, Value)> {
    let day = || json!({ "type": "string", "format": "date" });
    let outcomes = Outcome::ALL.map(Outcome::name);
    let dossier = object(vec![
        ("id", text()),
        ("code", nullable(text())),
        ("told", of("Sentence")),
        ("act_by", nullable(day())),
        ("due_on", nullable(day())),
        ("reason", text()),
        ("since", instant()),
    ]);
    let asked = object(vec![
        ("id", text()),
        ("code", nullable(text())),
        ("since", instant()),
        ("what", json!({ "enum": AskedFor::ALL.map(AskedFor::name) })),
    ]);
    let broadcast = object(vec![
        ("number", whole()),
        ("notice", nullable(whole())),
        ("told", object(vec![("vi", text()), ("en", text())])),
        ("reason", text()),
        ("since", instant()),
    ]);
    vec![
        ("id", text()),
        ("version", whole()),
        ("name", nullable(text())),
        ("phone", nullable(text())),
        ("to_be_mended", flag()),
        ("unusable", nullable(json!({ "enum": Unusable::ALL.map(Unusable::code) }))),
        ("interpreter", flag()),
        ("cannot_read", flag()),
        ("no_answer_on", list(&day())),
        ("wants_a_letter", flag()),
        ("call_at", nullable(instant())),
        ("last", nullable(object(vec![("outcome", json!({ "enum": outcomes })), ("at", instant()), ("by", text())]))),
        ("dossiers", list(&dossier)),
        ("broadcasts", list(&broadcast)),
        ("asked", list(&asked)),
    ]
}

fn party() -> Vec<(&'static str, Value)> {
    let maybe = || nullable(text());
    vec![
        ("name", text()),
        ("phone", maybe()),
        ("phone_remark", maybe()),
        ("takes_sms", flag()),
        ("address", maybe()),
        ("identity_no", maybe()),
        ("email", maybe()),
        ("shared", flag()),
    ]
}

fn fee() -> Vec<(&'static str, Value)> {
    vec![
        ("attempt", whole()),
        ("fee", whole()),
        ("code", nullable(text())),
        ("name_vi", nullable(text())),
        ("kind", nullable(json!({ "enum": ["charge", "fee"] }))),
        ("reference", text()),
        ("channel", nullable(text())),
        ("amount_vnd", whole()),
        ("state", json!({ "enum": ["open", "paid", "waived", "superseded"] })),
        ("paid_vnd", nullable(whole())),
        ("missing_vnd", nullable(whole())),
    ]
}

fn pay_link() -> Vec<(&'static str, Value)> {
    vec![
        ("reference", text()),
        ("channel", text()),
        ("amount_vnd", whole()),
        ("opened_at", instant()),
        ("expires_at", instant()),
        ("url", nullable(text())),
        ("qr", nullable(text())),
        ("qr_svg", nullable(text())),
    ]
}

/// A payment as the list shows it.
fn entry() -> Vec<(&'static str, Value)> {
    vec![
        ("id", nullable(text())),
        ("version", whole()),
        ("class", nullable(text())),
        ("standing", json!({ "enum": ["open", "settled", "to_refund", "refunded", "no_money"] })),
        ("channel", text()),
        ("reference", text()),
        ("amount_vnd", nullable(whole())),
        ("surplus_vnd", nullable(whole())),
        ("outcome", json!({ "type": ["string", "object"] })),
        ("paid_at", instant()),
        ("claimed_at", nullable(instant())),
        ("received_at", instant()),
        ("dossier", nullable(text())),
    ]
}

/// A payment that a newer version of the code wrote.
fn unreadable() -> Vec<(&'static str, Value)> {
    vec![("id", nullable(text())), ("class", json!({ "const": "unreadable" }))]
}

fn beside_the_entry() -> Vec<(&'static str, Value)> {
    vec![
        ("identity", text()),
        ("attempt", nullable(whole())),
        ("voucher", nullable(some_object())),
        ("refund_reference", nullable(text())),
        ("history", list(&some_object())),
        ("raw", nullable(text())),
    ]
}
