//! The phone list: people whom a message could not reach, and the outcomes of calling them.
//!
//! One [`Call`] holds everything that one person is to be told, of all their dossiers. It holds nothing of the person:
//! its name is a keyed hash, and what was agreed on the phone is kept with the people of the dossier.

mod asked;
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

pub use asked::to_be_called;
pub use name::{guided, name};
pub use urgency::Urgency;

/// Office minutes after which somebody who did not answer is called again.
pub const AGAIN_AFTER_OFFICE_MINUTES: u32 = 4 * 60;

/// Days on which nobody answered, after which the list offers a letter.
pub const DAYS_BEFORE_A_LETTER: usize = 3;

/// The most messages that one outcome ends: they are written in one transaction.
pub const MOST_ENDED: usize = 10;

/// The most broadcasts that one call tells of. Of more the newest stay: an old one is told by then, or over.
pub const MOST_WANTED: usize = 20;

/// The most dossiers that one call asks about. The others follow when these are answered.
pub const MOST_ASKED: usize = 40;

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

/// A person to be told because of a broadcast that did not reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// A dossier of theirs, by which they are found.
    pub id: DossierId,
    /// Place of the person in the dossier: 0 the applicant, 1 the filer.
    pub place: usize,
    /// The number of the broadcast.
    pub broadcast: u32,
    /// The number of the notice that it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<u32>,
    /// When it was given up.
    pub since: Timestamp,
    /// The code of the reason why it did not arrive.
    pub reason: String,
}

/// A dossier whose applicant was asked whether the result is to come by post, and has not answered, or wished to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The dossier.
    pub id: DossierId,
    /// Place of the person in the dossier: 0 the applicant, 1 the filer.
    pub place: usize,
    /// When they were asked, or wished it.
    pub since: Timestamp,
    /// The time until which an answer is awaited before somebody calls.
    pub until: Timestamp,
    /// The reason of the call.
    #[serde(default, skip_serializing_if = "AskedFor::is_return")]
    pub what: AskedFor,
}

/// A reason to call somebody although no message failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedFor {
    /// Whether the result is to come by post, and where: they were asked and have not answered.
    #[default]
    Return,
    /// They wished to be called.
    Call,
    /// They say that the delivered result did not arrive.
    Missing,
    /// They say that it arrived damaged.
    Damaged,
    /// They want the result, which is ready, at an address in another commune.
    Address,
}

impl AskedFor {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Return, Self::Call, Self::Missing, Self::Damaged, Self::Address];

    /// Returns its name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Call => "call",
            Self::Missing => "missing",
            Self::Damaged => "damaged",
            Self::Address => "address",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_return(&self) -> bool {
        *self == Self::Return
    }
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
    /// The broadcasts, oldest first: less urgent than every message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<Wanted>,
    /// The dossiers of which it is not known whether the result is to come by post, and where, and those whose people wish to
    /// be called: the first to be called about first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Asked>,
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

    /// Adds a broadcast, once. Returns whether anything changed.
    pub fn want(&mut self, wanted: Wanted) -> bool {
        if self.wanted.iter().any(|it| it.broadcast == wanted.broadcast) {
            return false;
        }
        self.wanted.push(wanted);
        self.wanted.sort_by_key(|it| (it.since, it.broadcast));
        let most = self.wanted.len().saturating_sub(MOST_WANTED);
        self.wanted.drain(..most);
        true
    }

    /// Removes the broadcasts that go by a dossier, and returns them.
    pub fn take_wanted(&mut self, id: DossierId) -> Vec<Wanted> {
        let (taken, kept) = self.wanted.drain(..).partition(|it: &Wanted| it.id == id);
        self.wanted = kept;
        taken
    }

    /// Sets what was asked about a dossier and not answered, or takes it out. Returns what was there.
    pub fn ask(&mut self, id: DossierId, asked: Option<Asked>) -> Option<Asked> {
        let was = self.asked.iter().position(|it| it.id == id).map(|place| self.asked.remove(place));
        self.asked.extend(asked);
        self.asked.sort_by_key(|it| (it.until, it.id));
        let most = self.asked.len().min(MOST_ASKED);
        self.asked.truncate(most);
        was
    }

    /// Whether nothing is left to tell or to ask.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.untold.is_empty() && self.wanted.is_empty() && self.asked.is_empty()
    }

    /// Returns the part of the list in which it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        let urgency = self.untold.first().map(Urgency::of).or_else(|| self.wanted.first().map(Urgency::of_wanted));
        // A person who is only asked gets time to answer by the link first.
        let answers_until = self.asked.first().map(|it| it.until);
        match (urgency, self.wakes_at, answers_until) {
            (None, _, None) => Place::Over,
            (Some(urgency), None, _) => Place::Waits(urgency.sort()),
            (None, None, Some(until)) => Place::Sleeps(until),
            (_, Some(at), _) => Place::Sleeps(at),
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
        for id in self
            .untold
            .iter()
            .map(|it| it.id)
            .chain(self.wanted.iter().map(|it| it.id))
            .chain(self.asked.iter().map(|it| it.id))
        {
            if !ids.contains(&id) {
                ids.push(id);
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
                // A broadcast is sent once: only a person tells it to whomever it did not reach.
                if effect == Effect::Ends {
                    self.wanted.clear();
                    self.asked.clear();
                }
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
