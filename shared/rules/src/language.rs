//! The languages of the office: Vietnamese first, English second.

use serde::{Deserialize, Serialize};

/// A text in Vietnamese and in English.
pub type Both = [&'static str; 2];

/// The language a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese, without marks in an SMS.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Picks the text in this language from one in Vietnamese and one in English.
    #[must_use]
    pub fn pick(self, [vi, en]: [&str; 2]) -> &str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// Returns the language of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Vi, Self::En].into_iter().find(|language| language.code() == code)
    }

    /// Returns its code in HTML.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.pick(["vi", "en"])
    }
}
