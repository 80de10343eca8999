//! A dossier filed at the desk or by post.
//!
//! ```json
//! {"procedure": "1.005129", "filing": "desk",
//!  "applicant": {"name": "…", "phone": "…", "address": "…", "identity_no": "…", "email": "…",
//!  "shared": false},
//!  "filer": {"name": "…"}, "papers": [{"code": "…", "kind": "original"}], "minutes_no": "…",
//!  "return": "post", "accept": true, "form": {…}, "at": "2020-04-15T08:00:00+07:00"}
//! ```
//!
//! `procedure` is its `MaTTHC`; `filing` is `desk` or `post`. A person needs a name; the rest may be absent. `papers`
//! are those handed over, each `original` or `copy`, with the number of the hand-over minutes. Originals are received
//! at once. `return` is `post` or `desk`, if the applicant chose. `accept` accepts the dossier as it is filed. `form`
//! is the declaration as the clerk typed it, stored unchanged. `at` is the instant of the hand-over.

use jiff::Timestamp;
use rules::dossier::{Enclosed, Filing};
use rules::json::{Fields, Malformed};
use rules::limits::{LONGEST_CODE, LONGEST_DOCUMENT_NO, MOST_ELEMENTS, MOST_PAPERS};
use rules::person::Person;

use crate::api::commands::{instant, party};

/// Members of a filing.
pub(crate) const MEMBERS: [&str; 10] =
    ["procedure", "filing", "applicant", "filer", "papers", "minutes_no", "return", "accept", "form", "at"];

/// A filing by the clerk.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// `MaTTHC`.
    pub procedure: String,
    /// At the desk or by post.
    pub filing: Filing,
    /// Applicant and filer.
    pub person: Person,
    /// Papers handed over, and the way in which the result is to be returned.
    pub enclosed: Enclosed,
    /// Whether the dossier is accepted as it is filed.
    pub accept: bool,
    /// The declaration, JSON as received.
    pub form: Option<String>,
    /// When it was handed over.
    pub at: Timestamp,
}

/// Reads the body.
pub(crate) fn parse(body: Fields<'_>, now: Timestamp) -> Result<Filed, Malformed> {
    body.only(&MEMBERS)?;
    let procedure = body.required("procedure", body.line("procedure", LONGEST_CODE)?)?;
    let filing = match body.required("filing", body.line("filing", LONGEST_CODE)?)?.as_str() {
        "desk" => Filing::Desk,
        "post" => Filing::Post,
        _ => return Err(body.malformed("filing", "is neither desk nor post")),
    };
    let applicant = party(&body.required("applicant", body.object("applicant")?)?)?;
    let filer = body.object("filer")?.map(|filer| party(&filer)).transpose()?;
    let form = body.object("form")?.and(body.raw("form")).map(str::to_owned);
    let (enclosed, accept) = (enclosed(&body)?, body.flag("accept")?.unwrap_or(false));
    let person = Person { applicant, filer, ..Person::default() };
    Ok(Filed { procedure, filing, person, enclosed, accept, form, at: instant(&body, now)? })
}

fn enclosed(body: &Fields<'_>) -> Result<Enclosed, Malformed> {
    let returns_by_post = match body.line("return", LONGEST_CODE)?.as_deref() {
        None => None,
        Some("post") => Some(true),
        Some("desk") => Some(false),
        Some(_) => return Err(body.malformed("return", "is neither desk nor post")),
    };
    let (mut originals, mut copies) = (Vec::new(), Vec::new());
    for element in body.list("papers", MOST_ELEMENTS)?.unwrap_or_default() {
        let paper = element.object()?;
        paper.only(&["code", "kind"])?;
        let code = paper.required("code", paper.line("code", LONGEST_CODE)?)?;
        match paper.required("kind", paper.line("kind", LONGEST_CODE)?)?.as_str() {
            "original" => originals.push(code),
            "copy" => copies.push(code),
            _ => return Err(paper.malformed("kind", "is neither original nor copy")),
        }
    }
    if originals.len() > MOST_PAPERS || copies.len() > MOST_PAPERS {
        return Err(body.malformed("papers", format!("has more than {MOST_PAPERS} elements")));
    }
    let minutes_no = body.line("minutes_no", LONGEST_DOCUMENT_NO)?;
    let minutes_no = match (minutes_no, originals.is_empty() && copies.is_empty()) {
        (number, true) => number.unwrap_or_default(),
        (number, false) => body.required("minutes_no", number)?,
    };
    Ok(Enclosed { originals, copies, minutes_no, returns_by_post })
}
