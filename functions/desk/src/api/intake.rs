//! A dossier filed at the desk or by post.
//!
//! ```json
//! {"procedure": "1.005129", "filing": "desk",
//!  "applicant": {"name": "…", "phone": "…", "address": "…", "identity_no": "…", "email": "…"},
//!  "filer": {"name": "…"}, "papers": [{"code": "…", "kind": "original"}], "minutes_no": "…",
//!  "return": "post", "accept": true, "form": {…}, "at": "2020-04-15T08:00:00+07:00"}
//! ```
//!
//! `procedure` is its `MaTTHC`, `filing` `desk` or `post`. Of a person the name is needed, the rest may be absent.
//! `papers` are those handed over, each `original` or `copy`, with the number of the hand-over minutes: originals are
//! received at once. `return` is `post` or `desk`, where the applicant chose. `accept` accepts the dossier as it is filed.
//! `form` is the declaration as the clerk typed it, kept as it is. `at` is the instant of the hand-over.

use jiff::Timestamp;
use rules::dossier::{Enclosed, Filing};
use rules::json::{Fields, Malformed};
use rules::person::{Party, Person};
use rules::phone::Phone;

use crate::api::commands::{LONGEST_CODE, instant};

/// The longest name, phone number, identity number or e-mail address taken, in characters.
pub(crate) const LONGEST_NAME: usize = 250;
/// The longest address taken, in characters.
pub(crate) const LONGEST_ADDRESS: usize = 500;
/// The most papers of one check-list.
const MOST_PAPERS: usize = 100;

/// What a filing holds.
pub(crate) const MEMBERS: [&str; 10] =
    ["procedure", "filing", "applicant", "filer", "papers", "minutes_no", "return", "accept", "form", "at"];
/// What is told of a person.
pub(crate) const PARTY: [&str; 5] = ["name", "phone", "address", "identity_no", "email"];

/// What the clerk files.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// `MaTTHC`.
    pub procedure: String,
    /// At the desk or by post.
    pub filing: Filing,
    /// Applicant and filer.
    pub person: Person,
    /// What was handed over, and how the result is to come back.
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
    for element in body.list("papers", MOST_PAPERS)?.unwrap_or_default() {
        let paper = element.object()?;
        paper.only(&["code", "kind"])?;
        let code = paper.required("code", paper.line("code", LONGEST_CODE)?)?;
        match paper.required("kind", paper.line("kind", LONGEST_CODE)?)?.as_str() {
            "original" => originals.push(code),
            "copy" => copies.push(code),
            _ => return Err(paper.malformed("kind", "is neither original nor copy")),
        }
    }
    let minutes_no = body.line("minutes_no", LONGEST_CODE)?;
    let minutes_no = match (minutes_no, originals.is_empty() && copies.is_empty()) {
        (number, true) => number.unwrap_or_default(),
        (number, false) => body.required("minutes_no", number)?,
    };
    Ok(Enclosed { originals, copies, minutes_no, returns_by_post })
}

fn party(person: &Fields<'_>) -> Result<Party, Malformed> {
    person.only(&PARTY)?;
    let phone = phone(person)?;
    Ok(Party {
        name: person.required("name", person.line("name", LONGEST_NAME)?)?,
        phone,
        address: person.line("address", LONGEST_ADDRESS)?,
        identity_no: person.line("identity_no", LONGEST_NAME)?,
        email: person.line("email", LONGEST_NAME)?,
    })
}

/// A phone number, as E.164 where it is one; one that is none stays as declared: the clerk sees in the answer that no
/// SMS will reach it.
pub(crate) fn phone(fields: &Fields<'_>) -> Result<Option<String>, Malformed> {
    let declared = fields.line("phone", LONGEST_NAME)?;
    Ok(declared.map(|text| Phone::parse(&text).map_or(text, |phone| phone.expose().to_owned())))
}
