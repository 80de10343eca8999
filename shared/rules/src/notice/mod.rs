//! Notices: what a directive asks an office to tell, and the effects that begin and end on their days.
//!
//! A notice has versions, of which the newest counts. Each of its [`Effect`]s has a first and a last day of its own, or no
//! last day at all. What an effect grants while it runs stays granted after its end: it is written into the dossier that
//! it was granted to. A [`Card`] is the short form of a notice, without its texts; all cards whose effects have not ended
//! are [`Standing`], which is all that the rules ask.

mod copies;
mod draft;
mod effect;
mod standing;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use copies::{Further, script, words};
pub use draft::{Draft, Fault, Mistake};
pub use effect::{Effect, Mail, Measure};
pub use standing::{Clash, Granted, KEPT_DAYS, Standing, clashes, is_short_by};

use crate::language::Language;

/// The longest title, in characters: it is a line of every page and fits an SMS.
pub const LONGEST_TITLE: usize = 120;
/// The longest text of one language, in characters.
pub const LONGEST_BODY: usize = 8_000;
/// The longest name of an issuer, and the longest citation, in characters.
pub const LONGEST_SOURCE: usize = 200;
/// The longest piece of advice in one language, in characters: it stands on slips and in messages.
pub const LONGEST_ADVICE: usize = 160;
/// The most effects of a notice.
pub const MOST_EFFECTS: usize = 12;
/// The most procedures that the scope of a notice names.
pub const MOST_PROCEDURES: usize = 40;
/// The most languages beside Vietnamese and English.
pub const MOST_FURTHER: usize = 6;
/// The most attachments.
pub const MOST_ATTACHMENTS: usize = 6;
/// The most notices that stand at once: they lie in one item of the store.
pub const MOST_STANDING: usize = 40;
/// The most words of the text that is read out over a loudspeaker.
pub const MOST_WORDS: usize = 150;

/// A title and a text in one language. Both are plain: whatever looks like markup is shown as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// One line.
    pub title: String,
    /// Paragraphs, with an empty line between them.
    pub text: String,
}

/// A file that belongs to a notice, such as the scan of the directive. It lies in the bucket of papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The name for people.
    pub name: String,
    /// The hash of the content, by which it is stored.
    pub sha256: String,
    /// The kind of the content, `application/pdf`, `image/png` or `image/jpeg`.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
}

/// One version of a notice, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its number in the agency, from 1; it stands in addresses.
    pub number: u32,
    /// The version, from 1.
    pub version: u32,
    /// The office or the authority whose directive it carries out.
    pub issuer: String,
    /// The directive, as it is cited.
    pub legal_basis: String,
    /// In Vietnamese.
    pub vi: Told,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Told>,
    /// In further languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Further>,
    /// The codes of the procedures that it is about; all of them if it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<String>,
    /// The effects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// The files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    /// When the first version was published.
    pub first_published_at: Timestamp,
    /// When this version was published.
    pub published_at: Timestamp,
    /// The account of the member of staff who published this version.
    pub published_by: String,
    /// Whether this version takes the notice back: none of its effects runs any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

impl Notice {
    /// Returns the title and the text in this language, or in Vietnamese if there is no other, and the language of both.
    #[must_use]
    pub fn told(&self, lang: Language) -> (&Told, Language) {
        match (lang, &self.en) {
            (Language::En, Some(en)) => (en, Language::En),
            (Language::En, None) | (Language::Vi, _) => (&self.vi, Language::Vi),
        }
    }

    /// Returns the short form.
    #[must_use]
    pub fn card(&self) -> Card {
        Card {
            number: self.number,
            version: self.version,
            title: self.vi.title.clone(),
            title_en: self.en.as_ref().map(|en| en.title.clone()),
            legal_basis: self.legal_basis.clone(),
            procedures: self.procedures.clone(),
            effects: if self.withdrawn { Vec::new() } else { self.effects.clone() },
            first_published_at: self.first_published_at,
            published_at: self.published_at,
            withdrawn: self.withdrawn,
        }
    }

    /// Returns a fingerprint of the content, by which two versions of one content are known.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let own = |it: &Self| Self {
            version: 0,
            published_at: Timestamp::UNIX_EPOCH,
            first_published_at: Timestamp::UNIX_EPOCH,
            published_by: String::new(),
            ..it.clone()
        };
        own(self) == own(other)
    }
}

/// The short form of a notice: what lists show, and what the rules ask of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The number of the notice.
    pub number: u32,
    /// Its newest version.
    pub version: u32,
    /// The title in Vietnamese.
    pub title: String,
    /// The title in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// The directive, as it is cited.
    pub legal_basis: String,
    /// The procedures that it is about; all of them if it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<String>,
    /// The effects; none if it was taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// When the first version was published.
    pub first_published_at: Timestamp,
    /// When the newest version was published.
    pub published_at: Timestamp,
    /// Whether it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

impl Card {
    /// Returns the title in this language, or in Vietnamese.
    #[must_use]
    pub fn title_in(&self, lang: Language) -> &str {
        match (lang, &self.title_en) {
            (Language::En, Some(title)) => title,
            (Language::En, None) | (Language::Vi, _) => &self.title,
        }
    }

    /// Whether it is about a procedure.
    #[must_use]
    pub fn is_about(&self, procedure: &str) -> bool {
        self.procedures.is_empty() || self.procedures.iter().any(|code| code == procedure)
    }

    /// Whether one of its effects runs on a day.
    #[must_use]
    pub fn runs_on(&self, day: Date) -> bool {
        self.effects.iter().any(|effect| effect.runs_on(day))
    }

    /// Whether one of its effects runs on this day or on a later one.
    #[must_use]
    pub fn stands_on(&self, day: Date) -> bool {
        self.effects.iter().any(|effect| effect.until.is_none_or(|until| until >= day))
    }
}
