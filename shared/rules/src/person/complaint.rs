//! A complaint that a delivered result did not arrive, or arrived damaged.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Person;
use crate::language::Both;

/// What is wrong with a result that was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// It did not arrive.
    Missing,
    /// It arrived damaged.
    Damaged,
}

/// A complaint by a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// What is wrong.
    pub what: Wrong,
    /// When it was said.
    pub at: Timestamp,
}

impl Wrong {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Missing, Self::Damaged];

    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wrong| wrong.name() == name)
    }

    /// Returns it in people's words.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Missing => ["chưa nhận được kết quả", "the result did not arrive"],
            Self::Damaged => ["kết quả bị hỏng, thiếu hoặc ướt", "the result is damaged, incomplete or wet"],
        }
    }
}

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
