//! From a form to the command that the API would read: the same body, the same reader, the same complaints.

use jiff::Timestamp;
use motcua::recorder::Receipt;
use rules::dossier::Action;
use rules::json::{Fields, Malformed};
use rules::person::Personal;
use serde_json::{Map, Value, json};

use super::About;
use crate::api::commands::{self, Field, Is, Spec};
use crate::api::receipt;
use crate::pages::mistakes::time_of;
use ::pages::form::Form;
use ::pages::part::amount;
use ::pages::part::date;

/// A command as asked for in a form.
pub(super) struct Wished {
    /// The version that the person saw.
    pub version: u64,
    /// The key of this form, so that a second click changes nothing.
    pub key: String,
    /// The action.
    pub action: Action,
    /// When it happened.
    pub at: Timestamp,
    /// The personal data in it.
    pub personal: Option<Personal>,
    body: Vec<u8>,
}

impl Wished {
    pub(super) fn read(about: &About<'_>, sent: &Form, now: Timestamp) -> Result<Self, Malformed> {
        let key = sent.get("key").filter(|key| key.bytes().all(|byte| byte.is_ascii_alphanumeric()) && key.len() <= 64);
        let key = key.ok_or_else(|| Malformed::new("key", "is missing"))?.to_owned();
        let version = sent.get("version").and_then(|version| version.parse().ok());
        let version = version.ok_or_else(|| Malformed::new("version", "is missing"))?;
        let body = json_of(about.spec, sent).to_string().into_bytes();
        let fields = Fields::of_body(&body)?;
        let read = commands::parse(about.spec, fields, &about.visit.site.config, &about.visit.staff.agency, now)?;
        let commands::Read { action, at, personal } = read;
        Ok(Self { version, key, action, at, personal, body })
    }

    /// The receipt that the API would have made.
    pub(super) fn receipt(&self, about: &About<'_>) -> Receipt {
        let path = format!("/api/v1/dossiers/{}/{}", about.opened.dossier().id, about.spec.name);
        receipt(about.visit.staff, &self.key, &path, &self.body)
    }
}

/// The body of a command, made from the fields of a form. Text that cannot be read as a day or a number stays as it was
/// typed, so that the reader complains of it.
pub(crate) fn json_of(spec: &Spec, sent: &Form) -> Value {
    let mut body = Map::new();
    for field in spec.fields {
        if let Some(value) = value(field, sent) {
            body.insert(field.name.to_owned(), value);
        }
    }
    if let Some(at) = sent.get("at") {
        body.insert("at".to_owned(), json!(time_of(at).unwrap_or_else(|_| at.to_owned())));
    }
    Value::Object(body)
}

fn value(field: &Field, sent: &Form) -> Option<Value> {
    match field.is {
        Is::Papers => {
            let typed = sent.get("papers_more").into_iter().flat_map(str::lines).map(str::trim);
            let papers: Vec<_> = sent.all(field.name).chain(typed.filter(|line| !line.is_empty())).collect();
            (!papers.is_empty()).then(|| json!(papers))
        }
        Is::Flag => sent.get(field.name).map(|_| json!(true)),
        Is::Amount => {
            sent.get(field.name).map(|typed| amount::read(typed).map_or_else(|| json!(typed), |it| json!(it)))
        }
        Is::Attempt => {
            let typed = sent.get(field.name)?;
            Some(typed.parse::<u64>().map_or_else(|_| json!(typed), |number| json!(number)))
        }
        Is::Day => sent.get(field.name).map(|typed| match date::read(typed) {
            Ok(day) => json!(day),
            Err(_) => json!(typed),
        }),
        Is::Line
        | Is::Name
        | Is::IdentityNo
        | Is::DocumentNo
        | Is::Address
        | Is::Phone
        | Is::Prose
        | Is::OneOf(_)
        | Is::Channel
        | Is::Step
        | Is::PauseReason
        | Is::AwaitedReason
        | Is::Account => sent.get(field.name).map(|typed| json!(typed)),
    }
}
