//! Parts that several bodies of the API share: an instant, an attempt, a person.

use jiff::Timestamp;
use rules::json::{Fields, Malformed};
use rules::limits::{LONGEST_ADDRESS, LONGEST_CODE, LONGEST_NAME, LONGEST_TEXT};
use rules::person::Party;
use rules::phone::Phone;
use rules::vietnam::parse_portal_instant;

use super::field::{Field, Is};

/// Complaint about a text without a letter and without a digit.
const SAYS_NOTHING: &str = "has no letter and no digit";

/// Fields of a person.
pub(crate) const PARTY: [Field; 6] = [
    Field::needed("name", Is::Name),
    Field::optional("phone", Is::Phone),
    Field::optional("address", Is::Address),
    Field::optional("identity_no", Is::IdentityNo),
    Field::optional("email", Is::Name),
    Field::optional("shared", Is::Flag),
];

/// `at`: RFC 3339, not later than now; now if it is absent.
pub(crate) fn instant(fields: &Fields<'_>, now: Timestamp) -> Result<Timestamp, Malformed> {
    let Some(text) = fields.line("at", LONGEST_CODE)? else { return Ok(now) };
    let is_rfc3339 = text.contains(['T', 't']);
    match parse_portal_instant(&text) {
        Ok(at) if is_rfc3339 && at <= now => Ok(at),
        Ok(_) if is_rfc3339 => Err(fields.malformed("at", "lies in the future")),
        Ok(_) | Err(_) => Err(fields.malformed("at", "is not an instant as RFC 3339 writes it")),
    }
}

/// The number of an attempt to collect a fee.
pub(crate) fn attempt(fields: &Fields<'_>) -> Result<u8, Malformed> {
    let number = fields.required("attempt", fields.whole("attempt")?)?;
    u8::try_from(number).map_err(|_| fields.malformed("attempt", "is the number of no attempt"))
}

/// Reads a text that must say something: a dot or a dash does not.
pub(crate) fn prose(fields: &Fields<'_>, name: &str) -> Result<String, Malformed> {
    let text = fields.required(name, fields.prose(name, LONGEST_TEXT)?)?;
    said(fields, name, text)
}

/// Checks that a text has a letter or a digit.
pub(crate) fn said(fields: &Fields<'_>, name: &str, text: String) -> Result<String, Malformed> {
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(fields.malformed(name, SAYS_NOTHING)) }
}

/// Reads a person who files or for whom a dossier is filed.
pub(crate) fn party(person: &Fields<'_>) -> Result<Party, Malformed> {
    person.only(&PARTY.map(|field| field.name))?;
    let phone = phone(person)?;
    Ok(Party {
        name: said(person, "name", person.required("name", person.line("name", LONGEST_NAME)?)?)?,
        phone,
        address: person.line("address", LONGEST_ADDRESS)?,
        identity_no: person.line("identity_no", LONGEST_NAME)?,
        email: person.line("email", LONGEST_NAME)?,
        unusable: None,
        shared: person.flag("shared")?.unwrap_or(false),
    })
}

/// A phone number, as E.164 if it is one. Any other text stays as declared: the clerk sees in the answer that no SMS
/// will reach it.
pub(crate) fn phone(fields: &Fields<'_>) -> Result<Option<String>, Malformed> {
    let declared = fields.line("phone", LONGEST_NAME)?;
    Ok(declared.map(|text| Phone::parse(&text).map_or(text, |phone| phone.expose().to_owned())))
}
