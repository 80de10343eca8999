//! Acts of people by a page: that a number is not theirs, that it is theirs after all, and that they wish to be called.

use jiff::Timestamp;

use super::{Called, Mailing, Outcome, Party, Person, Proposal, Unusable};
use crate::phone::Phone;

/// The name of whoever acts by a page, in place of an account.
pub const BY_PAGE: &str = "applicant";

impl Person {
    /// Returns those whose number a message may have reached: the place of each, once for each number.
    #[must_use]
    pub fn numbers(&self) -> Vec<(usize, Phone)> {
        let mut numbers: Vec<(usize, Phone)> = Vec::new();
        for (place, party) in self.parties().enumerate() {
            let phone = party.phone.as_deref().and_then(|text| Phone::first(text).ok());
            numbers
                .extend(phone.filter(|phone| !numbers.iter().any(|(_, known)| known == phone)).map(|it| (place, it)));
        }
        numbers
    }

    /// Marks the number of the person at this place as a wrong one, as whoever has it said by a page: no message leaves to it
    /// until the contact is corrected. Returns whether that is new.
    pub fn not_mine(&mut self, place: usize, now: Timestamp) -> bool {
        if self.parties().nth(place).is_none_or(|party| party.unusable.is_some()) {
            return false;
        }
        self.mark(place, Unusable::WrongNumber);
        let (by, outcome) = (BY_PAGE.to_owned(), Outcome::WrongNumber);
        self.note_call(Called { at: now, by, place, outcome, note: String::new(), agreed: Vec::new() });
        true
    }

    /// Whether the number of the person at this place was marked by a page alone: then the same page takes it back.
    #[must_use]
    pub fn was_not_mine(&self, place: usize) -> bool {
        let marked = self.parties().nth(place).is_some_and(|party| party.unusable == Some(Unusable::WrongNumber));
        let last = self.calls.iter().rev().find(|call| call.place == place);
        marked && last.is_some_and(|call| call.by == BY_PAGE && call.outcome == Outcome::WrongNumber)
    }

    /// Takes that mark back. Returns whether there was one to take back.
    pub fn mine_after_all(&mut self, place: usize) -> bool {
        if !self.was_not_mine(place) {
            return false;
        }
        let number = |party: &Party| party.phone.as_deref().and_then(|written| Phone::first(written).ok());
        let marked = self.parties().nth(place).and_then(number);
        for (at, party) in std::iter::once(&mut self.applicant).chain(&mut self.filer).enumerate() {
            if at == place || (marked.is_some() && number(party) == marked) {
                party.unusable = None;
            }
        }
        true
    }

    /// Proposes an address that a clerk is to confirm, or takes the proposal back. Returns whether that is new.
    pub fn propose(&mut self, mailing: Option<Mailing>, now: Timestamp) -> bool {
        if self.proposed.as_ref().map(|it| &it.mailing) == mailing.as_ref() {
            return false;
        }
        self.proposed = mailing.map(|mailing| Box::new(Proposal { mailing, at: now }));
        true
    }

    /// Notes the wish to be called. Returns whether that is new: it is one wish until somebody called.
    pub fn wish_a_call(&mut self, now: Timestamp) -> bool {
        let waits = |since: Timestamp| !self.calls.iter().any(|call| call.at >= since && call.outcome.ends_a_wish());
        if self.call_wished_at.is_some_and(waits) {
            return false;
        }
        self.call_wished_at = Some(now);
        true
    }

    /// Whether one of them ever asked for something by a page that a call answers.
    #[must_use]
    pub fn asked_for_a_call(&self) -> bool {
        self.call_wished_at.is_some() || self.complaint.is_some() || self.proposed.is_some()
    }

    /// Returns the applicant, then the filer.
    pub(super) fn parties(&self) -> impl Iterator<Item = &Party> {
        std::iter::once(&self.applicant).chain(&self.filer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i8) -> Timestamp {
        format!("2020-04-15T{hour:02}:00:00+07:00").parse().unwrap()
    }

    fn person() -> Person {
        let party = |phone: &str| Party { name: "A".into(), phone: Some(phone.into()), ..Party::default() };
        Person { applicant: party("0912 345 678"), filer: Some(party("+84912345678")), ..Person::default() }
    }

    fn called(by: &str, outcome: Outcome, hour: i8) -> Called {
        Called { at: at(hour), by: by.into(), place: 0, outcome, note: String::new(), agreed: Vec::new() }
    }

    #[test]
    fn a_number_of_both_is_one_is_marked_once_and_taken_back_by_the_page_that_marked_it() {
        let mut person = person();
        assert_eq!(person.numbers().iter().map(|(place, _)| *place).collect::<Vec<_>>(), [0]);
        assert!(person.not_mine(0, at(8)) && !person.not_mine(0, at(9)));
        assert!(person.parties().all(|party| party.unusable == Some(Unusable::WrongNumber)));
        assert!(person.mine_after_all(0) && !person.mine_after_all(0));
        assert!(person.parties().all(|party| party.unusable.is_none()));
        assert!(!person.not_mine(2, at(9)));
    }

    #[test]
    fn what_a_clerk_found_out_is_not_taken_back_by_a_page() {
        let mut person = person();
        person.not_mine(0, at(8));
        person.note_call(called("lan", Outcome::WrongNumber, 9));
        assert!(!person.mine_after_all(0));
        person = self::person();
        person.mark(0, Unusable::Died);
        assert!(!person.not_mine(0, at(10)) && !person.mine_after_all(0));
    }

    #[test]
    fn a_wish_to_be_called_is_one_until_somebody_called() {
        let mut person = person();
        assert!(person.wish_a_call(at(8)) && !person.wish_a_call(at(9)));
        person.note_call(called("lan", Outcome::NoAnswer, 10));
        assert!(!person.wish_a_call(at(11)));
        person.note_call(called("lan", Outcome::Reached, 12));
        assert!(person.wish_a_call(at(13)));
        assert_eq!(person.call_wished_at, Some(at(13)));
    }
}
