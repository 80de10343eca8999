//! A broadcast as stored: its texts, its stage, who did what, and how far it has come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::figures::{Figures, Report};
use super::stage::{Act, Stage};
use super::texts::Texts;

/// The most entries of a history.
pub const MOST_ACTED: usize = 200;

/// An entry of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// The act.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// The account of the member of staff; `None` if it happened by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The reason, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How far the receivers were gathered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// The place among the lists of the audience.
    pub list: usize,
    /// The place in that list behind which it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether all lists were walked and the receivers are being counted.
    #[serde(default)]
    pub walked: bool,
    /// The last receiver that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
}

/// How far it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The last receiver who was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether each was tried once.
    #[serde(default)]
    pub walked: bool,
    /// The report that is being counted at the end, and the last receiver in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counting: Option<(String, Report)>,
}

/// The messages of one minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minute {
    /// The minute, counted from 1970.
    pub minute: i64,
    /// The messages that were begun in it.
    pub begun: u32,
}

/// An instant before which nothing more of it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The instant.
    pub until: Timestamp,
    /// The code of the reason.
    pub why: String,
}

/// A broadcast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broadcast {
    /// Its number in the agency, from 1.
    pub number: u32,
    /// Counted from 1 with each write.
    pub version: u64,
    /// Counted from 0 with each gathering: receivers of an earlier one are not meant.
    #[serde(default)]
    pub round: u32,
    /// Its stage.
    pub stage: Stage,
    /// The dossiers whose applicants it is for.
    pub audience: Audience,
    /// Its texts.
    pub texts: Texts,
    /// The number of the notice that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<u32>,
    /// The acts, oldest first.
    pub acted: Vec<Acted>,
    /// The gathering.
    #[serde(default)]
    pub gathered: Gathered,
    /// The receivers as they were gathered.
    #[serde(default)]
    pub figures: Figures,
    /// The sending.
    #[serde(default)]
    pub sent: Sent,
    /// Outcomes of the receivers so far.
    #[serde(default)]
    pub report: Report,
    /// The messages of the last minute.
    #[serde(default)]
    pub minute: Minute,
    /// An instant before which nothing leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// The instant until which services may tell what became of its messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_until: Option<Timestamp>,
}

impl Broadcast {
    /// Makes a new one, which somebody writes now.
    #[must_use]
    pub fn new((audience, texts, notice): (Audience, Texts, Option<u32>), by: &str, at: Timestamp) -> Self {
        Self {
            number: 0,
            version: 1,
            round: 0,
            stage: Stage::Drafted,
            audience,
            texts,
            notice,
            acted: vec![Acted { act: Act::Write, at, by: Some(by.to_owned()), reason: None }],
            gathered: Gathered::default(),
            figures: Figures::default(),
            sent: Sent::default(),
            report: Report::default(),
            minute: Minute::default(),
            wait: None,
            heard_until: None,
        }
    }

    /// Returns the accounts that wrote it: the first and the last.
    #[must_use]
    pub fn writers(&self) -> Vec<&str> {
        let written = || self.acted.iter().filter(|it| it.act == Act::Write).filter_map(|it| it.by.as_deref());
        let mut writers: Vec<_> = written().next().into_iter().chain(written().next_back()).collect();
        writers.dedup();
        writers
    }

    /// Returns the last time that something happened.
    #[must_use]
    pub fn last(&self, act: Act) -> Option<&Acted> {
        self.acted.iter().rev().find(|it| it.act == act)
    }

    /// Returns when it last moved: by somebody, by a message, or at the end of a wait.
    #[must_use]
    pub fn moved_at(&self) -> Option<Timestamp> {
        let acted = self.acted.last().map(|acted| acted.at);
        let sent = Timestamp::from_second(self.minute.minute.saturating_mul(60)).ok();
        let waited = self.wait.as_ref().map(|wait| wait.until);
        [acted, sent, waited].into_iter().flatten().max()
    }

    /// Returns the number of people who were not tried, or wait to be tried again.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.figures.people.saturating_sub(self.report.ended())
    }

    /// Returns the messages that may still begin in this minute.
    #[must_use]
    pub fn left_in_minute(&self, a_minute: u32, now: Timestamp) -> u32 {
        let same = self.minute.minute == minute_of(now);
        if same { a_minute.saturating_sub(self.minute.begun) } else { a_minute }
    }

    /// Counts messages that begin now.
    pub fn begin(&mut self, messages: u32, now: Timestamp) {
        let minute = minute_of(now);
        let before = if self.minute.minute == minute { self.minute.begun } else { 0 };
        self.minute = Minute { minute, begun: before + messages };
    }
}

fn minute_of(now: Timestamp) -> i64 {
    now.as_second().div_euclid(60)
}
