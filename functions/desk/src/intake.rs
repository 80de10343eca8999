//! A dossier filed at the desk or by post.
//!
//! ```json
//! {"procedure": "1.005129", "filing": "desk",
//!  "applicant": {"name": "…", "phone": "…", "address": "…", "identity_no": "…", "email": "…"},
//!  "filer": {"name": "…"}, "form": {…}, "at": "2020-04-15T08:00:00+07:00"}
//! ```
//!
//! `procedure` is its `MaTTHC`, `filing` `desk` or `post`. Of a person the name is needed, the rest may be absent.
//! `form` is the declaration as the clerk typed it, kept as it is. `at` is the instant of the hand-over.

use jiff::Timestamp;
use motcua::dossier::Filing;
use motcua::json::{Fields, Malformed};
use motcua::person::{Party, Person};
use motcua::phone::Phone;

use crate::commands::{LONGEST_CODE, instant};

/// The longest name, phone number, identity number or e-mail address taken, in characters.
const LONGEST_NAME: usize = 250;
/// The longest address taken, in characters.
const LONGEST_ADDRESS: usize = 500;

/// What the clerk files.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// `MaTTHC`.
    pub procedure: String,
    /// At the desk or by post.
    pub filing: Filing,
    /// Applicant and filer.
    pub person: Person,
    /// The declaration, JSON as received.
    pub form: Option<String>,
    /// When it was handed over.
    pub at: Timestamp,
}

/// Reads the body.
pub(crate) fn parse(body: Fields<'_>, now: Timestamp) -> Result<Filed, Malformed> {
    body.only(&["procedure", "filing", "applicant", "filer", "form", "at"])?;
    let procedure = body.required("procedure", body.line("procedure", LONGEST_CODE)?)?;
    let filing = match body.required("filing", body.line("filing", LONGEST_CODE)?)?.as_str() {
        "desk" => Filing::Desk,
        "post" => Filing::Post,
        _ => return Err(body.malformed("filing", "is neither desk nor post")),
    };
    let applicant = party(&body.required("applicant", body.object("applicant")?)?)?;
    let filer = body.object("filer")?.map(|filer| party(&filer)).transpose()?;
    let form = body.object("form")?.and(body.raw("form")).map(str::to_owned);
    Ok(Filed { procedure, filing, person: Person { applicant, filer }, form, at: instant(&body, now)? })
}

fn party(person: &Fields<'_>) -> Result<Party, Malformed> {
    person.only(&["name", "phone", "address", "identity_no", "email"])?;
    let declared = person.line("phone", LONGEST_NAME)?;
    // A number that is none stays as declared: the clerk sees in the answer that no SMS will reach it.
    let phone = declared.map(|text| Phone::parse(&text).map_or(text, |phone| phone.expose().to_owned()));
    Ok(Party {
        name: person.required("name", person.line("name", LONGEST_NAME)?)?,
        phone,
        address: person.line("address", LONGEST_ADDRESS)?,
        identity_no: person.line("identity_no", LONGEST_NAME)?,
        email: person.line("email", LONGEST_NAME)?,
    })
}
