//! Fields that each page of the intake carries for the other, so that going back and forth loses nothing.

use ::pages::form::Form;

/// Prefix of the name of a paper's field.
pub(super) const PAPER: &str = "paper.";
/// The other fields of the page.
const OTHERS: [&str; 4] = ["minutes_no", "return", "accept", "all"];

/// The fields of the first page that were filled in, and the key of the filing. Of two values the first counts.
pub(super) fn of_people(sent: &Form) -> impl Iterator<Item = (&str, &str)> {
    let is_party = |name: &str| name.starts_with("applicant.") || name.starts_with("filer.");
    let of_page = move |name: &str| matches!(name, "key" | "procedure" | "filing") || is_party(name);
    sent.fields().filter(move |(name, value)| of_page(name) && sent.get(name) == Some(value.trim()))
}

/// The fields of the second page that were filled in.
pub(super) fn handed_over(sent: &Form) -> impl Iterator<Item = (&str, &str)> {
    sent.fields().filter(|(name, value)| !value.is_empty() && (name.starts_with(PAPER) || OTHERS.contains(name)))
}
