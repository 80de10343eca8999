//! Parameters and bodies.

use rules::limits::{LONGEST_CODE, LONGEST_DOCUMENT_NO, MOST_PAPERS};
use rules::person::{Agreed, Outcome};
use serde_json::{Map, Value, json};

use super::schemas::{nullable, text};
use crate::api::commands::{Field, Is, PARTY};
use crate::api::headers::LONGEST_KEY;

/// The most đồng that one amount can be.
const MOST_DONG: u64 = rules::vnd::Vnd::MAX.dong();

/// One line, as [`rules::json::Fields::line`] takes it.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";

fn parameter(name: &str, place: &str, description: &str, needed: bool, schema: Value) -> Value {
    json!({ "name": name, "in": place, "description": description, "required": needed, "schema": schema })
}

pub(super) fn in_path(name: &str, description: &str) -> Value {
    parameter(name, "path", description, true, json!({ "type": "string", "minLength": 1 }))
}

pub(super) fn dossier() -> Value {
    in_path("dossier", "The dossier's id or code")
}

pub(super) fn payment() -> Value {
    in_path("payment", "The payment's id, as the list gives it")
}

pub(super) fn idempotency_key() -> Value {
    let schema = json!({ "type": "string", "pattern": "^[!-~]+$", "minLength": 1, "maxLength": LONGEST_KEY });
    parameter("Idempotency-Key", "header", "Makes a repeat harmless: one key, one request", true, schema)
}

pub(super) fn if_match() -> Value {
    let schema = json!({ "type": "string", "pattern": "^\"?[0-9]{1,18}\"?$" });
    parameter("If-Match", "header", "The version that was looked at, as ETag gave it", true, schema)
}

pub(super) fn after(description: &str) -> Value {
    parameter("after", "query", description, false, json!({ "type": "integer", "minimum": 0 }))
}

pub(super) fn after_page() -> Value {
    parameter("after", "query", "next_after of the page before", false, text())
}

pub(super) fn attempt() -> Value {
    parameter("attempt", "query", "The attempt to be paid", true, whole_up_to(u8::MAX.into()))
}

pub(super) fn fresh() -> Value {
    parameter("fresh", "query", "Another order than the last one", false, json!({ "enum": ["true", "false"] }))
}

fn whole_up_to(most: u64) -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": most })
}

/// One line, without control characters and not of blanks alone.
fn up_to(most: usize) -> Value {
    json!({ "type": "string", "pattern": LINE, "minLength": 1, "maxLength": most })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

/// Schema of a member.
fn schema(is: Is) -> Value {
    match is {
        Is::Line
        | Is::Name
        | Is::IdentityNo
        | Is::DocumentNo
        | Is::Address
        | Is::Phone
        | Is::Channel
        | Is::Step
        | Is::PauseReason
        | Is::AwaitedReason
        | Is::Account => json!({ "type": "string", "pattern": LINE, "minLength": 1, "maxLength": is.longest() }),
        Is::Prose => json!({ "type": "string", "minLength": 1, "maxLength": is.longest() }),
        Is::Papers => json!({ "type": "array", "items": up_to(LONGEST_CODE), "maxItems": MOST_PAPERS }),
        Is::Amount => whole_up_to(MOST_DONG),
        Is::Flag => json!({ "type": "boolean" }),
        Is::Day => json!({ "type": "string", "format": "date" }),
        Is::OneOf(words) => json!({ "enum": words }),
        Is::Attempt => whole_up_to(u8::MAX.into()),
    }
}

/// The body with these fields, and with the instant `at` if it `happens`.
pub(super) fn of_fields(fields: &[Field], happens: bool) -> Value {
    let mut members: Vec<_> = fields.iter().map(|field| (field.name, field.needed, schema(field.is))).collect();
    if happens {
        members.push(("at", false, instant()));
    }
    body(members)
}

/// An object of these members and no other; an optional member may also be null.
fn body(members: Vec<(&str, bool, Value)>) -> Value {
    let needed: Vec<_> = members.iter().filter(|(_, needed, _)| *needed).map(|(name, ..)| *name).collect();
    let mut written = json!({ "type": "object", "additionalProperties": false });
    if !needed.is_empty() {
        written["required"] = json!(needed);
    }
    let member =
        |(name, needed, schema): (&str, bool, Value)| (name.to_owned(), if needed { schema } else { nullable(schema) });
    written["properties"] = Value::Object(members.into_iter().map(member).collect());
    written
}

/// A dossier filed at the desk or by post.
pub(super) fn filing() -> Value {
    let paper =
        body(vec![("code", true, up_to(LONGEST_CODE)), ("kind", true, json!({ "enum": ["original", "copy"] }))]);
    body(vec![
        ("procedure", true, up_to(LONGEST_CODE)),
        ("filing", true, json!({ "enum": ["desk", "post"] })),
        ("applicant", true, of_fields(&PARTY, false)),
        ("filer", false, of_fields(&PARTY, false)),
        ("papers", false, json!({ "type": "array", "items": paper, "maxItems": MOST_PAPERS })),
        ("minutes_no", false, up_to(LONGEST_DOCUMENT_NO)),
        ("return", false, json!({ "enum": ["desk", "post"] })),
        ("accept", false, json!({ "type": "boolean" })),
        ("form", false, json!({ "type": "object" })),
        ("at", false, instant()),
    ])
}

/// The outcome of a call; `back_at` belongs to the outcome `call-back`, which needs it, and `agreed` needs `consent`.
pub(super) fn call_outcome() -> Value {
    let agreed = json!({ "enum": Agreed::ALL.map(Agreed::name) });
    body(vec![
        ("outcome", true, json!({ "enum": Outcome::ALL.map(Outcome::name) })),
        ("back_at", false, instant()),
        ("note", false, schema(Is::Prose)),
        ("agreed", false, json!({ "type": "array", "items": agreed, "maxItems": Agreed::ALL.len() })),
        ("consent", false, json!({ "type": "boolean" })),
    ])
}

/// A version of a procedure, with the fields of the catalogue file; those in `needed` must be there.
pub(super) fn procedure() -> Value {
    let needed = ["code", "version", "name_vi", "name_en", "legal_basis", "limit"];
    let kind = |name: &str| match name {
        "version" => whole_up_to(u32::MAX.into()),
        "limit" => json!({ "type": "object" }),
        _ => text(),
    };
    let properties: Map<_, _> = needed.iter().map(|name| ((*name).to_owned(), kind(name))).collect();
    json!({ "type": "object", "required": needed, "properties": properties })
}

/// One row of the earlier software.
pub(super) fn takeover() -> Value {
    let row = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    body(vec![("row", true, row), ("record", false, json!({ "type": "boolean" }))])
}
