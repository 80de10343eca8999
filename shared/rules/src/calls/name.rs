//! Name of a call: the same for all dossiers of one person, and without a word of them.

use crate::id::{AgencyCode, DossierId};
use crate::person::Person;
use crate::phone::Phone;
use crate::worklist::{SearchKey, words};

/// Returns the name of the call to the person at this place of a dossier. People with the same telephone number and the
/// same identity number are one person; without an identity number, those with the same name. A person without a number
/// that can be called is known by dossier and place.
#[must_use]
pub fn name(key: &SearchKey, agency: &AgencyCode, person: Option<&Person>, (id, place): (DossierId, usize)) -> String {
    let party = person.and_then(|person| std::iter::once(&person.applicant).chain(&person.filer).nth(place));
    let phone = person.and_then(|person| person.phone(place));
    let (Some(party), Some(phone)) = (party, phone) else {
        return key.caller(agency, &["alone", id.as_str(), &place.to_string()]);
    };
    let identity: String =
        party.identity_no.as_deref().unwrap_or_default().chars().filter(|it| it.is_alphanumeric()).collect();
    match identity.is_empty() {
        true => key.caller(agency, &["named", phone.expose(), &words(&party.name).join(" ")]),
        false => key.caller(agency, &["identified", phone.expose(), &identity.to_uppercase()]),
    }
}

/// Returns the name of whoever was told how to file online. A visitor shows no papers for that, so a telephone number
/// stands for a person.
#[must_use]
pub fn guided(key: &SearchKey, agency: &AgencyCode, phone: &Phone) -> String {
    key.caller(agency, &["guided", phone.expose()])
}
