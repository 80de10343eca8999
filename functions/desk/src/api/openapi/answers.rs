//! The answers there are, each with its status, headers and body.

use serde_json::{Map, Value, json};

use super::schemas::{nullable, object, of, text, whole};

/// One documented answer. Two answers with the same status are two of these if no operation gives both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Recorded,
    Decided,
    Dossier,
    PayLink,
    MoneyPage,
    Money,
    CallPage,
    Call,
    Called,
    Versions,
    Imported,
    TakenOver,
    Malformed,
    SignInFirst,
    NotAllowed,
    NotFound,
    MethodNotAllowed,
    KeyReused,
    Conflict,
    NoPayLink,
    Stale,
    TooLarge,
    OtherMediaType,
    Refused,
    NotTakenOver,
    VersionNeeded,
    Later,
}

impl Said {
    pub(crate) const ALL: [Self; 27] = [
        Self::Recorded,
        Self::Decided,
        Self::Dossier,
        Self::PayLink,
        Self::MoneyPage,
        Self::Money,
        Self::CallPage,
        Self::Call,
        Self::Called,
        Self::Versions,
        Self::Imported,
        Self::TakenOver,
        Self::Malformed,
        Self::SignInFirst,
        Self::NotAllowed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::KeyReused,
        Self::Conflict,
        Self::NoPayLink,
        Self::Stale,
        Self::TooLarge,
        Self::OtherMediaType,
        Self::Refused,
        Self::NotTakenOver,
        Self::VersionNeeded,
        Self::Later,
    ];

    pub(crate) fn status(self) -> u16 {
        match self {
            Self::Recorded
            | Self::Decided
            | Self::Dossier
            | Self::PayLink
            | Self::MoneyPage
            | Self::Money
            | Self::CallPage
            | Self::Call
            | Self::Called
            | Self::Versions
            | Self::Imported
            | Self::TakenOver => 200,
            Self::Malformed => 400,
            Self::SignInFirst => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::KeyReused | Self::Conflict | Self::NoPayLink => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::OtherMediaType => 415,
            Self::Refused | Self::NotTakenOver => 422,
            Self::VersionNeeded => 428,
            Self::Later => 503,
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Recorded => "Recorded now, or before under the same key",
            Self::Decided => "The decision is recorded now, or was before under the same key",
            Self::Dossier => "The dossier",
            Self::PayLink => "The way to pay",
            Self::MoneyPage => "A page of the list",
            Self::Money => "The payment",
            Self::CallPage => "A page of the phone list",
            Self::Call => "One person, and what they are to be told",
            Self::Called => "The outcome is recorded now, or was before under the same key",
            Self::Versions => "All versions, with the fields of the catalogue file",
            Self::Imported => "The version is in the catalogue",
            Self::TakenOver => "The dossier is taken over, or could be",
            Self::Malformed => "Something is wrong with this field or header",
            Self::SignInFirst => "Nobody is signed in",
            Self::NotAllowed => "The role may not do this",
            Self::NotFound => "There is no such dossier, payment, call, procedure or path in this agency",
            Self::MethodNotAllowed => "The path takes another method",
            Self::KeyReused => "The idempotency key stands for something else",
            Self::Conflict => "This version is there with other content, or its days are another's",
            Self::NoPayLink => "There is no way to pay, and why",
            Self::Stale => "The dossier or the money is at another version than the one decided on",
            Self::TooLarge => "The request is over the limit",
            Self::OtherMediaType => "The body does not say that it is JSON",
            Self::Refused => "Declined, with the sentence in Vietnamese and in English; nothing was recorded",
            Self::NotTakenOver => "Not taken over, with everything that is wrong with the row",
            Self::VersionNeeded => "The version that was decided on is missing",
            Self::Later => "Not now; the same request may be sent again",
        }
    }

    fn schema(self) -> Value {
        let status = |words: &[&str]| json!({ "enum": words });
        let recorded = || status(&["recorded", "already_recorded"]);
        let error = |more: Vec<(&str, Value)>| object([vec![("error", text())], more].concat());
        match self {
            Self::Recorded => {
                object(vec![("status", recorded()), ("version", whole()), ("dossier", nullable(of("Summary")))])
            }
            Self::Decided => object(vec![("status", recorded()), ("version", whole()), ("money", of("Money"))]),
            Self::Dossier => of("Dossier"),
            Self::PayLink => of("PayLink"),
            Self::MoneyPage => of("MoneyPage"),
            Self::Money => of("Money"),
            Self::CallPage => of("CallPage"),
            Self::Call => of("Call"),
            Self::Called => object(vec![("status", recorded()), ("version", whole()), ("call", of("Call"))]),
            Self::Versions => object(vec![("versions", json!({ "type": "array", "items": { "type": "object" } }))]),
            Self::Imported => object(vec![("status", recorded())]),
            Self::TakenOver => object(vec![
                ("status", status(&["new", "recorded", "already_recorded"])),
                ("dossier", text()),
                ("warnings", json!({ "type": "array" })),
            ]),
            Self::Malformed => error(vec![("field", text()), ("reason", text())]),
            // The gateway in front says `message`, the desk `error`.
            Self::SignInFirst | Self::NotFound | Self::TooLarge => {
                json!({ "anyOf": [error(vec![]), object(vec![("message", text())])] })
            }
            Self::NotAllowed | Self::MethodNotAllowed | Self::OtherMediaType | Self::VersionNeeded => error(vec![]),
            Self::KeyReused => object(vec![("status", status(&["key_reused"]))]),
            Self::Conflict => object(vec![("status", status(&["conflict"])), ("reason", text())]),
            Self::NoPayLink => object(vec![("status", status(&["no_pay_link"])), ("reason", text())]),
            Self::Stale => object(vec![("status", status(&["stale"])), ("version", whole())]),
            Self::Refused => {
                let mut refused = object(vec![("status", status(&["refused"])), ("reason", of("Sentence"))]);
                // There only if the refusal is about a field of the command.
                refused["properties"]["field"] = text();
                refused
            }
            Self::NotTakenOver => object(vec![
                ("status", status(&["refused"])),
                ("faults", json!({ "type": "array", "items": { "type": "object" } })),
            ]),
            Self::Later => object(vec![("status", status(&["later"]))]),
        }
    }

    /// Its headers, and whether each is always there: an answer for something recorded before has no current version.
    fn headers(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Recorded | Self::Decided | Self::Called => &[("ETag", false)],
            Self::Dossier | Self::Money | Self::Call | Self::Stale => &[("ETag", true)],
            Self::PayLink => &[("Cache-Control", true)],
            Self::MethodNotAllowed => &[("Allow", true)],
            Self::Later => &[("Retry-After", true)],
            Self::MoneyPage
            | Self::CallPage
            | Self::Versions
            | Self::Imported
            | Self::TakenOver
            | Self::Malformed
            | Self::SignInFirst
            | Self::NotAllowed
            | Self::NotFound
            | Self::KeyReused
            | Self::Conflict
            | Self::NoPayLink
            | Self::TooLarge
            | Self::OtherMediaType
            | Self::Refused
            | Self::NotTakenOver
            | Self::VersionNeeded => &[],
        }
    }

    /// Its name among the responses.
    pub(crate) fn name(self) -> String {
        format!("{self:?}")
    }

    pub(super) fn reference(self) -> Value {
        json!({ "$ref": format!("#/components/responses/{}", self.name()) })
    }

    fn written(self) -> Value {
        let mut content = json!({ "application/json": { "schema": self.schema() } });
        if self == Self::Malformed {
            // A request that cannot be read at all is answered with one plain line.
            content["text/plain"] = json!({ "schema": text() });
        }
        let header = |(name, always): &(&str, bool)| {
            ((*name).to_owned(), json!({ "required": always, "schema": { "type": "string" } }))
        };
        let headers: Map<_, _> = self.headers().iter().map(header).collect();
        json!({ "description": self.description(), "headers": headers, "content": content })
    }
}

/// Every answer, by its name.
pub(super) fn all() -> Value {
    Said::ALL.into_iter().map(|said| (said.name(), said.written())).collect::<Map<_, _>>().into()
}
