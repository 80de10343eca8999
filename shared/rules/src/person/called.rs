//! Calls to the people of a dossier.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agreed::Agreed;
use super::outcome::{Outcome, Unusable};
use super::{MOST_ENTRIES, Party, Person};
use crate::phone::Phone;

/// One call, and what was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// When its outcome was recorded.
    pub at: Timestamp,
    /// The account of the member of staff.
    pub by: String,
    /// Place of the person who was called: 0 the applicant, 1 the filer.
    pub place: usize,
    /// The outcome.
    pub outcome: Outcome,
    /// What was said or agreed, in the words of whoever called; empty if nothing was written down.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The agreements made, each once, with their consent that they are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreed: Vec<Agreed>,
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Called").field("at", &self.at).field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl Person {
    /// Returns the telephone number of the person at a place, 0 the applicant, 1 the filer, if it can be called.
    #[must_use]
    pub fn phone(&self, place: usize) -> Option<Phone> {
        let party = std::iter::once(&self.applicant).chain(&self.filer).nth(place)?;
        Phone::first(party.phone.as_deref()?).ok()
    }

    /// Adds a call. Of too many the oldest goes.
    pub fn note_call(&mut self, called: Called) {
        if self.calls.len() >= MOST_ENTRIES {
            self.calls.remove(0);
        }
        self.calls.push(called);
    }

    /// Marks the telephone number of the person at this place. The same number of the other person is marked too,
    /// unless the reason is about the person alone.
    pub fn mark(&mut self, place: usize, why: Unusable) {
        let number = |party: &Party| party.phone.as_deref().and_then(|written| Phone::first(written).ok());
        let marked = std::iter::once(&self.applicant).chain(&self.filer).nth(place).and_then(number);
        for (at, party) in std::iter::once(&mut self.applicant).chain(&mut self.filer).enumerate() {
            let same = why == Unusable::WrongNumber && marked.is_some() && number(party) == marked;
            if at == place || same {
                party.unusable = Some(why);
            }
        }
    }
}
