//! Complaints about delivered results, by a page.

use jiff::Timestamp;

use super::Person;
use crate::post::{Complaint, Wrong};

impl Person {
    /// Notes a complaint, or takes it back. Returns whether that is new: one that stands is one, until somebody called.
    pub fn complain(&mut self, what: Option<Wrong>, now: Timestamp) -> bool {
        match (what, self.open_complaint()) {
            (None, None) => false,
            (None, Some(_)) => {
                self.complaint = None;
                true
            }
            (Some(what), Some(open)) if open.what == what => false,
            (Some(what), _) => {
                self.complaint = Some(Complaint { what, at: now });
                true
            }
        }
    }

    /// Returns the complaint about which nobody spoke with them yet.
    #[must_use]
    pub fn open_complaint(&self) -> Option<Complaint> {
        let settled = |since: Timestamp| self.calls.iter().any(|call| call.at >= since && call.outcome.ends_a_wish());
        self.complaint.filter(|complaint| !settled(complaint.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{Called, Outcome};

    #[test]
    fn a_complaint_stands_once_until_it_is_taken_back_or_somebody_called() {
        let at = |hour: i8| format!("2020-04-15T{hour:02}:00:00+07:00").parse::<Timestamp>().unwrap();
        let mut person = Person::default();
        assert!(!person.complain(None, at(7)));
        assert!(person.complain(Some(Wrong::Missing), at(8)) && !person.complain(Some(Wrong::Missing), at(9)));
        assert_eq!(person.open_complaint().map(|it| it.at), Some(at(8)));
        assert!(person.complain(Some(Wrong::Damaged), at(10)) && person.complain(None, at(11)));
        assert!(person.complain(Some(Wrong::Missing), at(12)));
        let (by, outcome) = ("lan".to_owned(), Outcome::Reached);
        person.note_call(Called { at: at(13), by, place: 0, outcome, note: String::new(), agreed: Vec::new() });
        assert_eq!(person.open_complaint(), None);
        assert!(person.complain(Some(Wrong::Missing), at(14)), "it did not come after all");
    }
}
