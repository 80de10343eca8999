//! The numbers of a broadcast: before it leaves, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::texts::{Around, Texts};
use crate::language::Language;
use crate::message::{Outlet, parts};

/// A group of receivers who are told in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The outlet that is tried first.
    pub outlet: Outlet,
    /// The language.
    pub language: Language,
    /// The number of messages.
    pub messages: u64,
}

/// Numbers of the receivers, as they were gathered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The people, each once.
    pub people: u64,
    /// The messages that will leave, by outlet and language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// People whose address is another receiver's too: one message serves both.
    #[serde(default)]
    pub together: u64,
    /// People who cannot be reached, by the code of the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unreachable: BTreeMap<String, u64>,
}

impl Figures {
    /// Counts somebody who is told.
    pub fn add(&mut self, outlet: Outlet, language: Language) {
        self.people += 1;
        match self.groups.iter_mut().find(|group| group.outlet == outlet && group.language == language) {
            Some(group) => group.messages += 1,
            None => self.groups.push(Group { outlet, language, messages: 1 }),
        }
    }

    /// Counts somebody who is told by another's message.
    pub fn add_together(&mut self) {
        self.people += 1;
        self.together += 1;
    }

    /// Counts somebody who cannot be reached.
    pub fn add_unreachable(&mut self, reason: &str) {
        self.people += 1;
        *self.unreachable.entry(reason.to_owned()).or_default() += 1;
    }

    /// Returns the number of messages that will leave.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.groups.iter().map(|group| group.messages).sum()
    }

    /// Returns the number of messages by an outlet.
    #[must_use]
    pub fn by(&self, outlet: Outlet) -> u64 {
        self.groups.iter().filter(|group| group.outlet == outlet).map(|group| group.messages).sum()
    }

    /// Returns the parts that all texts to telephones take: each text may be longer in one language than in the other.
    #[must_use]
    pub fn parts(&self, texts: &Texts, around: &Around<'_>) -> u64 {
        let of = |group: &Group| {
            let parts = parts(&texts.sms(group.language, around)).unwrap_or(1) as u64;
            if group.outlet.rings() { parts * group.messages } else { 0 }
        };
        self.groups.iter().map(of).sum()
    }
}

/// Outcomes of the receivers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Messages that left, by outlet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub told: BTreeMap<Outlet, u64>,
    /// Of them, those of which the outlet's service told that they arrived.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub delivered: BTreeMap<Outlet, u64>,
    /// People told by another's message at the same address.
    #[serde(default)]
    pub together: u64,
    /// People who were not reached, by the code of the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unreached: BTreeMap<String, u64>,
    /// People who do not want it, by the code of the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unwanted: BTreeMap<String, u64>,
}

impl Report {
    /// Counts a message that left.
    pub fn add_told(&mut self, outlet: Outlet) {
        *self.told.entry(outlet).or_default() += 1;
    }

    /// Counts one that arrived.
    pub fn add_delivered(&mut self, outlet: Outlet) {
        *self.delivered.entry(outlet).or_default() += 1;
    }

    /// Counts somebody who was not reached.
    pub fn add_unreached(&mut self, reason: &str) {
        *self.unreached.entry(reason.to_owned()).or_default() += 1;
    }

    /// Counts somebody who does not want it.
    pub fn add_unwanted(&mut self, reason: &str) {
        *self.unwanted.entry(reason.to_owned()).or_default() += 1;
    }

    /// Returns the people whose message left.
    #[must_use]
    pub fn all_told(&self) -> u64 {
        self.told.values().sum()
    }

    /// Returns the people of whom nothing is left to do.
    #[must_use]
    pub fn ended(&self) -> u64 {
        let sum = |by: &BTreeMap<String, u64>| by.values().sum::<u64>();
        self.all_told() + self.together + sum(&self.unreached) + sum(&self.unwanted)
    }

    /// Adds what happened in a portion.
    pub fn add(&mut self, more: &Self) {
        for (into, from) in [(&mut self.told, &more.told), (&mut self.delivered, &more.delivered)] {
            from.iter().for_each(|(outlet, count)| *into.entry(*outlet).or_default() += count);
        }
        for (into, from) in [(&mut self.unreached, &more.unreached), (&mut self.unwanted, &more.unwanted)] {
            from.iter().for_each(|(reason, count)| *into.entry(reason.clone()).or_default() += count);
        }
        self.together += more.together;
    }
}
