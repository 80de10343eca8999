//! The phone list: people whom a message could not reach, and the outcomes of calling them.
//!
//! One [`Call`] holds everything that one person is to be told, of all their dossiers. It holds nothing of the person:
//! its name is a keyed hash, and what was agreed on the phone is kept with the people of the dossier.

mod name;
mod urgency;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::DossierId;
use crate::person::{Effect, Outcome, Unusable};
use crate::vietnam;

pub use name::name;
pub use urgency::Urgency;

/// Office minutes after which somebody who did not answer is called again.
pub const AGAIN_AFTER_OFFICE_MINUTES: u32 = 4 * 60;

/// Days on which nobody answered, after which the list offers a letter.
pub const DAYS_BEFORE_A_LETTER: usize = 3;

/// The most messages that one outcome ends: they are written in one transaction.
pub const MOST_ENDED: usize = 10;

/// The most dossiers whose people take note of one outcome, for the same reason.
pub const MOST_NOTED: usize = 40;

/// One message that did not reach the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// The dossier.
    pub id: DossierId,
    /// The sort key of the message's item.
    pub message: String,
    /// The version of the dossier that the message is about.
    pub version: u64,
    /// Place of the person in the dossier: 0 the applicant, 1 the filer.
    pub place: usize,
    /// When the message was given up.
    pub since: Timestamp,
    /// The code of the reason why it did not arrive.
    pub reason: String,
    /// The last day on which the person can do what the message asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act_by: Option<Date>,
    /// The due date of the dossier, while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
}

/// An outcome as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The outcome.
    pub outcome: Outcome,
    /// When it was recorded.
    pub at: Timestamp,
    /// The account of the member of staff.
    pub by: String,
}

/// Everything that one person is to be told on the phone, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The messages, most urgent first.
    pub untold: Vec<Untold>,
    /// The days on which nobody answered, each once, since somebody was last reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_answer_on: Vec<Date>,
    /// The time at which the person is to be called, if that is not now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wakes_at: Option<Timestamp>,
    /// Reason why the number cannot be called, until the contact is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unusable: Option<Unusable>,
    /// Whether the person needs an interpreter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interpreter: bool,
    /// Whether the person cannot read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cannot_read: bool,
    /// The last outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Noted>,
}

/// Part of the list in which a call stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing is left to tell: it is in no list.
    Over,
    /// It waits for a call, in the order of this text.
    Waits(String),
    /// It sleeps until this time.
    Sleeps(Timestamp),
}

impl Call {
    /// Adds a message, or replaces it if it is there.
    pub fn put(&mut self, untold: Untold) {
        self.take(untold.id, |it| *it == untold.message);
        self.untold.push(untold);
        // Two messages of one second and urgency have one order, so that a look at either changes nothing.
        let order = |it: &Untold| (Urgency::of(it), it.id.as_str().to_owned(), it.message.clone());
        self.untold.sort_by_cached_key(order);
    }

    /// Removes the messages of a dossier that `is` picks by their sort keys, and returns them.
    pub fn take(&mut self, id: DossierId, is: impl Fn(&String) -> bool) -> Vec<Untold> {
        let (taken, kept) = self.untold.drain(..).partition(|it: &Untold| it.id == id && is(&it.message));
        self.untold = kept;
        taken
    }

    /// Returns the part of the list in which it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        match (self.untold.first(), self.wakes_at) {
            (None, _) => Place::Over,
            (Some(_), Some(at)) => Place::Sleeps(at),
            (Some(first), None) => Place::Waits(Urgency::of(first).sort()),
        }
    }

    /// Returns the day from which it is counted among the people to be called: `None` inside if that is at once, and
    /// `None` if it is in no list.
    #[must_use]
    pub fn counted_from(&self) -> Option<Option<Date>> {
        match self.place() {
            Place::Over => None,
            Place::Waits(_) => Some(None),
            Place::Sleeps(at) => Some(Some(vietnam::day(at))),
        }
    }

    /// Whether nobody answered on so many days that a letter is better.
    #[must_use]
    pub fn wants_a_letter(&self) -> bool {
        self.no_answer_on.len() >= DAYS_BEFORE_A_LETTER
    }

    /// Returns the dossiers, in the order of their most urgent message, each once.
    #[must_use]
    pub fn dossiers(&self) -> Vec<DossierId> {
        let mut ids: Vec<DossierId> = Vec::new();
        for untold in &self.untold {
            if !ids.contains(&untold.id) {
                ids.push(untold.id);
            }
        }
        ids
    }

    /// Returns the newest message of a dossier, which says more than the ones before it, and how many are before it.
    #[must_use]
    pub fn newest_of(&self, id: DossierId) -> Option<(&Untold, usize)> {
        let of_it = || self.untold.iter().filter(|it| it.id == id);
        of_it().max_by_key(|it| it.version).map(|newest| (newest, of_it().count() - 1))
    }

    /// Records an outcome, with the time of the next call if it has one. Returns the messages that ended with it.
    pub fn record(&mut self, noted: Noted, wakes_at: Option<Timestamp>) -> Vec<Untold> {
        let effect = noted.outcome.effect();
        let today = vietnam::day(noted.at);
        self.wakes_at = None;
        let mut ended = Vec::new();
        match effect {
            Effect::Ends | Effect::SendsAgain => {
                let most = self.untold.len().min(MOST_ENDED);
                ended.extend(self.untold.drain(..most));
                self.no_answer_on.clear();
            }
            Effect::Sleeps if noted.outcome == Outcome::NoAnswer => {
                if !self.no_answer_on.contains(&today) {
                    self.no_answer_on.push(today);
                }
                self.wakes_at = wakes_at;
            }
            Effect::Sleeps => self.wakes_at = wakes_at,
            Effect::Marks(why) => self.unusable = Some(why),
            Effect::Notes => {
                self.interpreter |= noted.outcome == Outcome::NeedsInterpreter;
                self.cannot_read |= noted.outcome == Outcome::CannotRead;
            }
        }
        self.last = Some(noted);
        ended
    }
}
