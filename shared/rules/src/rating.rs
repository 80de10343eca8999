//! Ratings: how content somebody was, told once a dossier after its end, and kept without the dossier.
//!
//! A rating holds a level, a text and a month, and nothing of whoever wrote it: the rater's privacy is kept (NĐ 224/2026/NĐ-CP
//! art. 10(3b), 19(2e)). Staff see figures and texts of a span of months only if there are [`FEWEST`] of them at least, so that
//! nobody knows one rating for the one dossier that ended.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::Procedure;
use crate::dossier::{Dossier, Phase};
use crate::language::Both;
use crate::person::{Person, Unusable};
use crate::vietnam;

/// The longest text, in characters.
pub const LONGEST: usize = 1_000;
/// The fewest ratings of which anything is shown.
pub const FEWEST: u64 = 5;

/// How content somebody was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Level {
    /// Not at all.
    VeryBad,
    /// Not quite.
    Bad,
    /// Neither.
    Fair,
    /// Content.
    Good,
    /// Very content.
    VeryGood,
}

impl Level {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::VeryGood, Self::Good, Self::Fair, Self::Bad, Self::VeryBad];

    /// Returns its number, 1 to 5.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::VeryBad => 1,
            Self::Bad => 2,
            Self::Fair => 3,
            Self::Good => 4,
            Self::VeryGood => 5,
        }
    }

    /// Returns it in people's words.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::VeryBad => ["Rất không hài lòng", "Not content at all"],
            Self::Bad => ["Không hài lòng", "Not content"],
            Self::Fair => ["Bình thường", "Neither"],
            Self::Good => ["Hài lòng", "Content"],
            Self::VeryGood => ["Rất hài lòng", "Very content"],
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.number()
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|level| level.number() == number).ok_or("is no level between 1 and 5")
    }
}

/// A rating. It names neither dossier nor person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// How content they were.
    pub level: Level,
    /// The text; empty if they wrote nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A text may name somebody.
impl std::fmt::Debug for Rating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rating").field("level", &self.level).finish_non_exhaustive()
    }
}

/// Whether a dossier may be rated now: it has ended, no death lies behind it, and its applicant lives.
#[must_use]
pub fn is_asked(dossier: &Dossier, procedure: Option<&Procedure>, person: Option<&Person>) -> bool {
    let ended = matches!(dossier.phase(), Phase::Returned | Phase::NotAccepted | Phase::Closed | Phase::Withdrawn);
    let bereft = procedure.is_some_and(|it| it.bereavement);
    let died = person.is_some_and(|it| it.applicant.unusable == Some(Unusable::Died));
    ended && !bereft && !died
}

/// Returns the day of whose month a rating is: on which the clock of its dossier ended, or it was submitted if no clock ran.
#[must_use]
pub fn counts_on(dossier: &Dossier) -> Date {
    let ended = dossier.clock.as_ref().and_then(|clock| clock.ended_at);
    vietnam::day(ended.unwrap_or(dossier.submitted_at))
}

/// Returns a text as it is kept: without what nobody sees, cut at [`LONGEST`]; `None` if it is longer.
#[must_use]
pub fn text(typed: &str) -> Option<String> {
    let lines = typed.trim().replace("\r\n", "\n");
    let seen: String = lines.chars().filter(|c| !is_unseen(*c)).collect();
    (seen.chars().count() <= LONGEST).then_some(seen)
}

/// Characters that turn or hide a text, but for the end of a line.
fn is_unseen(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Figures of ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many of each level, the worst first.
    pub of_level: [u64; 5],
}

impl Figures {
    /// Counts one.
    pub fn count(&mut self, level: Level) {
        self.of_level[usize::from(level.number()) - 1] += 1;
    }

    /// Returns how many there are.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.of_level.iter().sum()
    }

    /// Whether there are enough for anything to be shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.all() >= FEWEST
    }

    /// Returns the mean level in tenths, rounded to the nearest: 43 is 4.3. `None` if there are too few.
    #[must_use]
    pub fn mean_tenths(&self) -> Option<u64> {
        let all = self.all();
        let sum: u64 = (1..).zip(self.of_level).map(|(level, count): (u64, u64)| level * count).sum();
        self.is_shown().then(|| (sum * 10 + all / 2) / all)
    }

    /// Returns the share of the two best levels in hundredths, rounded to the nearest; `None` if there are too few.
    #[must_use]
    pub fn content_percent(&self) -> Option<u64> {
        let all = self.all();
        let content = self.of_level[3] + self.of_level[4];
        self.is_shown().then(|| (content * 100 + all / 2) / all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_numbers_that_are_stored() {
        assert_eq!(Level::ALL.map(Level::number), [5, 4, 3, 2, 1]);
        let rating = Rating { level: Level::Good, text: String::new() };
        assert_eq!(serde_json::to_string(&rating).unwrap(), r#"{"level":4}"#);
        assert_eq!(serde_json::from_str::<Rating>(r#"{"level":4}"#).unwrap(), rating);
        for odd in [r#"{"level":0}"#, r#"{"level":6}"#, r#"{"level":-1}"#] {
            assert!(serde_json::from_str::<Rating>(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn fewer_than_five_show_nothing() {
        let mut figures = Figures::default();
        for level in [Level::VeryGood, Level::Good, Level::Good, Level::Bad] {
            figures.count(level);
        }
        assert_eq!((figures.all(), figures.mean_tenths(), figures.content_percent()), (4, None, None));
        figures.count(Level::VeryGood);
        assert_eq!((figures.of_level, figures.mean_tenths()), ([0, 1, 0, 2, 2], Some(40)));
        assert_eq!(figures.content_percent(), Some(80));
    }

    #[test]
    fn a_text_is_kept_without_what_turns_it_and_not_if_it_is_too_long() {
        assert_eq!(text(" Tốt\r\nlắm\u{202e}\u{7} ").as_deref(), Some("Tốt\nlắm"));
        assert_eq!(text(&"a".repeat(LONGEST)).map(|it| it.len()), Some(LONGEST));
        assert_eq!(text(&"a".repeat(LONGEST + 1)), None);
    }
}
