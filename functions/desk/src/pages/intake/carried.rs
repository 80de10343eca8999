//! Fields that each page of the intake carries for the other, so that going back and forth loses nothing; and the people
//! of a dossier, carried over to the next one of the same visitor.

use maud::{Markup, html};
use motcua::store::Whole;
use rules::dossier::Filing;
use rules::person::Party;

use crate::pages::dossier::filed::{Filed, WITH};
use ::pages::form::Form;

/// Prefix of the name of a paper's field.
pub(super) const PAPER: &str = "paper.";
/// The other fields of the second page.
const OTHERS: [&str; 3] = ["minutes_no", "return", "all"];

/// The fields of the first page that were filled in, and the key of the filing. Of two values the first counts.
pub(super) fn of_people(sent: &Form) -> impl Iterator<Item = (&str, &str)> {
    let is_party = |name: &str| name.starts_with("applicant.") || name.starts_with("filer.");
    let of_page = move |name: &str| matches!(name, "key" | "procedure" | "filing" | WITH) || is_party(name);
    sent.fields().filter(move |(name, value)| of_page(name) && sent.get(name) == Some(value.trim()))
}

/// The fields of the second page that were filled in.
pub(super) fn handed_over(sent: &Form) -> impl Iterator<Item = (&str, &str)> {
    sent.fields().filter(|(name, value)| !value.is_empty() && (name.starts_with(PAPER) || OTHERS.contains(name)))
}

/// Hidden fields of these.
pub(super) fn hidden<'f>(fields: impl Iterator<Item = (&'f str, &'f str)>) -> Markup {
    html! { @for (name, value) in fields { input type="hidden" name=(name) value=(value); } }
}

/// The form of a visitor who has filed a dossier already: its people, and the way it was filed.
pub(super) fn people_of(whole: &Whole, with: &str) -> Form {
    let filing = if whole.dossier.filing == Filing::Post { "post" } else { "desk" };
    let mut form = Form::default().with(WITH, with).with("filing", filing);
    let Some(person) = &whole.person else { return form };
    for (whose, party) in [("applicant", Some(&person.applicant)), ("filer", person.filer.as_ref())] {
        for (name, value) in party.into_iter().flat_map(fields_of) {
            form = form.with(&format!("{whose}.{name}"), value);
        }
    }
    form
}

fn fields_of(party: &Party) -> impl Iterator<Item = (&'static str, &str)> {
    let Party { name, phone, address, identity_no, email, unusable: _, shared } = party;
    let shared = shared.then_some("true");
    let all = [
        ("name", Some(name)),
        ("phone", phone.as_ref()),
        ("address", address.as_ref()),
        ("identity_no", identity_no.as_ref()),
        ("email", email.as_ref()),
    ];
    let all = all.into_iter().filter_map(|(name, value)| Some((name, value?.as_str())));
    all.chain(shared.map(|value| ("shared", value)))
}

/// The end of the confirmation's address, with the visitor's other dossiers.
pub(super) fn with(sent: &Form) -> String {
    let ids = Filed::of(sent).ids();
    if ids.is_empty() { String::new() } else { format!("&{WITH}={ids}") }
}
