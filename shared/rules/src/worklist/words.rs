//! Names as a search reads them: plain words and their beginnings.

use crate::limits::LONGEST_NAME;
use crate::message::plain;

/// The most words that a name is found by: as many as the longest name can have. A company's own words come last, behind
/// twenty and more that say what kind of company it is.
const MOST_WORDS: usize = LONGEST_NAME / 2;
/// The shortest beginning of a longer word, in letters.
const SHORTEST: usize = 2;
/// The longest beginning, in letters: no Vietnamese syllable has more than seven.
const LONGEST: usize = 8;

/// Returns the words of a name without marks, in lower case.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let plain = plain(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(str::to_owned).collect()
}

/// Returns the beginnings by which a word is found. A word of one letter is found by itself alone.
pub(super) fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    // Plain words are ASCII, so every cut falls between letters.
    (SHORTEST.min(word.len())..=word.len().min(LONGEST)).map(|end| &word[..end])
}

/// Returns the part of a searched word that is compared.
pub(super) fn compared(word: &str) -> &str {
    &word[..word.len().min(LONGEST)]
}
