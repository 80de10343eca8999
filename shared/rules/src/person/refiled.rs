//! People as the filer changed them at the portal, put over those on record.

use super::{Changed, Party, Person};
use crate::dossier::Whose;

impl Person {
    /// Takes what the portal says now of the applicant and the filer, and returns how they were; `None` if nothing is
    /// another. What it does not say stays. It repeats what was filed, so a value that the office corrected stays
    /// corrected until the portal says something new.
    #[must_use]
    pub fn refile(&mut self, said: &Self) -> Option<Changed> {
        let was = Changed::Filing { applicant: self.applicant.clone(), filer: self.filer.clone() };
        let mut applicant = self.applicant.clone();
        self.refile_party(Whose::Applicant, &mut applicant, &said.applicant);
        let filer = said.filer.as_ref().map(|said| {
            let mut filer = self.filer.clone().unwrap_or_default();
            self.refile_party(Whose::Filer, &mut filer, said);
            filer
        });
        let filer = filer.or_else(|| self.filer.clone());
        let changes = applicant != self.applicant || filer != self.filer;
        (self.applicant, self.filer) = (applicant, filer);
        changes.then_some(was)
    }

    fn refile_party(&self, whose: Whose, party: &mut Party, said: &Party) {
        if !said.name.is_empty() {
            party.name.clone_from(&said.name);
        }
        let phone =
            said.phone.as_ref().filter(|phone| !self.was_corrected(whose, |contact| contact.phone.as_ref(), phone));
        if let Some(phone) = phone.filter(|phone| party.phone.as_ref() != Some(phone)) {
            (party.phone, party.unusable, party.shared) = (Some(phone.clone()), None, false);
        }
        let address = said.address.as_ref();
        let address = address.filter(|it| !self.was_corrected(whose, |contact| contact.address.as_ref(), it));
        party.address = address.cloned().or(party.address.take());
        party.identity_no = said.identity_no.clone().or(party.identity_no.take());
        party.email = said.email.clone().or(party.email.take());
    }

    /// Whether the office put another value in the place of this one.
    fn was_corrected(&self, whose: Whose, part: impl Fn(&super::Contact) -> Option<&String>, value: &String) -> bool {
        self.changes.iter().any(|change| match &change.what {
            Changed::Contact { whose: of, was, .. } => *of == whose && part(was) == Some(value),
            Changed::Filing { .. } | Changed::Return { .. } | Changed::Mailing { .. } => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Contact, Noted};
    use super::*;
    use crate::dossier::Consent;

    fn party(name: &str, phone: &str) -> Party {
        Party { name: name.into(), phone: Some(phone.into()), ..Party::default() }
    }

    #[test]
    fn what_the_portal_says_takes_its_place_and_the_rest_stays() {
        let filer = Some(party("Hộ kinh doanh Tư", "+84905000002"));
        let mut person = Person { applicant: party("Công ty A", "+84905000001"), filer, ..Person::default() };
        let before = person.clone();
        let said = Person { applicant: Party { name: "Công ty B".into(), ..Party::default() }, ..Person::default() };
        let was = person.refile(&said);
        assert!(was == Some(Changed::Filing { applicant: before.applicant, filer: before.filer.clone() }));
        assert!(person.applicant == party("Công ty B", "+84905000001") && person.filer == before.filer);
        assert_eq!(person.refile(&said), None, "the same again changes nothing");
    }

    #[test]
    fn a_number_that_the_office_corrected_stays_until_the_portal_says_a_new_one() {
        let mut person = Person { applicant: party("A", "+84905000001"), ..Person::default() };
        let is = Contact { phone: Some("+84905000009".into()), ..Contact::default() };
        let was = person.correct(Whose::Applicant, &is).unwrap();
        let noted = Noted { version: 2, at: jiff::Timestamp::UNIX_EPOCH, by: "u-1".into() };
        let what = Changed::Contact { whose: Whose::Applicant, was, is };
        person.note_change(Change { noted, consent: Some(Consent::Phone), given_by: None, what }).unwrap();
        let says = |phone: &str| Person { applicant: party("A", phone), ..Person::default() };
        assert_eq!(person.refile(&says("+84905000001")), None);
        assert_eq!(person.applicant.phone.as_deref(), Some("+84905000009"));
        assert!(person.refile(&says("+84905000003")).is_some());
        assert_eq!(person.applicant.phone.as_deref(), Some("+84905000003"));
    }
}
