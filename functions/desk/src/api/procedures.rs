//! The catalogue, which the office maintains while it is at work.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /api/v1/procedures/{code}` | every version of a procedure |
//! | `PUT /api/v1/procedures/{code}/{version}`, by an administrator | adds a version; 409 if it is there but differs |
//!
//! A version is given as JSON with the fields of the catalogue file.

use motcua::recorder::{ImportError, Imported};
use motcua::site::Site;
use rules::catalogue::Procedure;
use rules::http::Request;
use rules::json::Malformed;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use crate::api::answer::Answer;
use crate::api::headers;
use crate::permission::Staff;

/// Every version of a procedure.
pub(crate) async fn versions(site: &Site, staff: &Staff, code: &str) -> Result<Answer, Answer> {
    let versions = site.recorder.catalogue().versions(&staff.agency, code).await?;
    if versions.is_empty() {
        return Err(Answer::NotFound);
    }
    Ok(Answer::Shown(json!({ "versions": versions.iter().map(AsRef::as_ref).collect::<Vec<&Procedure>>() })))
}

/// Adds a version to the catalogue of the administrator's agency.
pub(crate) async fn import(
    site: &Site,
    staff: &Staff,
    (code, version): (&str, &str),
    request: &Request,
) -> Result<Answer, Answer> {
    let procedure = parse(request)?;
    if procedure.code != code || procedure.version.to_string() != version {
        return Err(Malformed::new("code", "and version are not those of the path").into());
    }
    match site.recorder.catalogue().import(&staff.agency, &procedure).await {
        Ok(Imported::Now) => Ok(Answer::Shown(json!({ "status": "recorded" }))),
        Ok(Imported::Before) => Ok(Answer::Shown(json!({ "status": "already_recorded" }))),
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(refused) => Err(Answer::Conflict(refused.to_string())),
    }
}

/// Reads the procedure in a body, with texts in NFC. It reports one wrong field at a time; a file is checked whole.
fn parse(request: &Request) -> Result<Procedure, Answer> {
    headers::json_body(request)?;
    let text: String = String::from_utf8_lossy(request.body()).nfc().collect();
    let procedure: Procedure =
        serde_json::from_str(&text).map_err(|error| Malformed::new("body", shown(&error.to_string())))?;
    match procedure.flaws().into_iter().next() {
        Some(flaw) => Err(Malformed::new(flaw.field, flaw.what).into()),
        None => Ok(procedure),
    }
}

/// The parser's message, in one line: it repeats a field's name as received.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
