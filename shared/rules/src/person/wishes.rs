//! Wishes of a person about messages: the language, and the outlets by which they do not want to be told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::dossier::Consent;
use crate::language::Language;
use crate::message::Outlet;

/// The wishes of one person. They hold nothing of the person, and are the same for all their dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Counted from 1 with each write; 0 if they were never written.
    #[serde(default)]
    pub version: u64,
    /// The language of messages.
    #[serde(default)]
    pub language: Language,
    /// The outlets by which they are not to be told, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opt_outs: Vec<OptOut>,
    /// Since when they want no broadcasts; what happens to their own dossier is told all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broadcasts_off_since: Option<Timestamp>,
    /// Since when they want one letter a day with a list, in place of a message for each piece of news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_since: Option<Timestamp>,
    /// The last time somebody of the office wrote their wishes down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

/// An outlet by which somebody does not want to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOut {
    /// The outlet.
    pub outlet: Outlet,
    /// Since when.
    pub since: Timestamp,
    /// Whether they told the outlet's service, such as by an answer to an SMS, and not the office.
    #[serde(default)]
    pub to_service: bool,
}

/// The way in which the office learnt of wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The time.
    pub at: Timestamp,
    /// The account of the member of staff.
    pub by: String,
    /// The way they said so.
    pub how: Consent,
}

impl Wishes {
    /// Returns the entry of an outlet by which they are not to be told.
    #[must_use]
    pub fn opt_out(&self, outlet: Outlet) -> Option<&OptOut> {
        self.opt_outs.iter().find(|opt_out| opt_out.outlet == outlet)
    }

    /// Returns these wishes as they are after somebody said in which language, and by which of the outlets that they were
    /// asked about, they want to be told. What they had declined before keeps its day, and what they were not asked about
    /// stays as it was.
    #[must_use]
    pub fn said(&self, language: Language, asked: &[Outlet], wanted: &[Outlet], said: Said) -> Self {
        let declined = |outlet| match self.opt_out(outlet) {
            _ if asked.contains(&outlet) && wanted.contains(&outlet) => None,
            None if asked.contains(&outlet) => Some(OptOut { outlet, since: said.at, to_service: false }),
            before => before.cloned(),
        };
        let opt_outs = Outlet::ALL.into_iter().filter_map(declined).collect();
        Self { version: self.version + 1, language, opt_outs, said: Some(said), ..self.clone() }
    }

    /// Returns these wishes as they are after they said whether they want broadcasts; `None` if that is known. Who does
    /// not want them keeps the first day of that.
    #[must_use]
    pub fn broadcasts(&self, wanted: bool, now: Timestamp) -> Option<Self> {
        let changes = self.broadcasts_off_since.is_some() == wanted;
        changes.then(|| Self { version: self.version + 1, ..self.clone() }.with_broadcasts(wanted, now))
    }

    /// Returns the same wishes, not written yet, with whether they want broadcasts.
    #[must_use]
    pub fn with_broadcasts(self, wanted: bool, now: Timestamp) -> Self {
        let since = self.broadcasts_off_since.unwrap_or(now);
        Self { broadcasts_off_since: (!wanted).then_some(since), ..self }
    }

    /// Returns the same wishes, not written yet, with whether they want a daily list.
    #[must_use]
    pub fn with_daily_list(self, wanted: bool, now: Timestamp) -> Self {
        let since = self.daily_since.unwrap_or(now);
        Self { daily_since: wanted.then_some(since), ..self }
    }

    /// Returns these wishes as they are after the service of an outlet told that they opted out there; `None` if that is
    /// known.
    #[must_use]
    pub fn opted_out(&self, outlet: Outlet, now: Timestamp) -> Option<Self> {
        if self.opt_out(outlet).is_some() {
            return None;
        }
        let mut wishes = Self { version: self.version + 1, ..self.clone() };
        wishes.opt_outs.push(OptOut { outlet, since: now, to_service: true });
        Some(wishes)
    }
}
