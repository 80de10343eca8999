//! The texts of a broadcast: for telephones without marks, for letters with everything.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::message::plain;

/// The longest text for telephones as typed, in characters.
pub const LONGEST_SMS: usize = 320;
/// The longest subject of a letter, in characters.
pub const LONGEST_SUBJECT: usize = 120;
/// The longest text of a letter, in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// The most parts of one text for telephones: each is paid for.
pub const MOST_PARTS: usize = 2;

/// A letter in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Paragraphs, with an empty line between them.
    pub text: String,
}

/// All texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// For telephones, as typed.
    pub sms_vi: String,
    /// The same in English; without it everybody gets the Vietnamese one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_en: Option<String>,
    /// The letter; `None` if the agency sends none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_vi: Option<Letter>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_en: Option<Letter>,
}

/// Parts around a text for telephones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around<'a> {
    /// The office, before it.
    pub prefix: Option<&'a str>,
    /// The page of the notice, behind it.
    pub link: Option<&'a str>,
    /// The office's telephone, behind it if there is no link.
    pub telephone: Option<&'a str>,
}

impl Texts {
    /// Returns the text for telephones as it leaves: without marks, with the office before it, and behind it where more
    /// is to be read or heard.
    #[must_use]
    pub fn sms(&self, language: Language, around: &Around<'_>) -> String {
        let text = match (language, &self.sms_en) {
            (Language::En, Some(text)) => text,
            (Language::En, None) | (Language::Vi, _) => &self.sms_vi,
        };
        let prefix = around.prefix.map(|prefix| format!("{}: ", plain(prefix))).unwrap_or_default();
        let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
        let behind = match (around.link, around.telephone) {
            (Some(link), _) => format!(" {link}"),
            (None, Some(telephone)) => format!(" {} {}.", language.pick(["Hoi", "Call"]), plain(telephone)),
            (None, None) => String::new(),
        };
        format!("{prefix}{text}{end}{behind}")
    }

    /// Returns the letter in this language, or in Vietnamese, and the language it is in; `None` if there is none.
    #[must_use]
    pub fn letter(&self, language: Language) -> Option<(&Letter, Language)> {
        match (language, &self.letter_en) {
            (Language::En, Some(letter)) => Some((letter, Language::En)),
            (Language::En, None) | (Language::Vi, _) => self.letter_vi.as_ref().map(|letter| (letter, Language::Vi)),
        }
    }
}
