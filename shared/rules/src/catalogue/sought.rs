//! Procedures as people look for them: by code, or by words of the name, with or without marks.

use crate::message::plain;

/// The longest text that is looked for, in characters; what follows is passed over.
const LONGEST: usize = 100;
/// The most words that are looked for.
const MOST_WORDS: usize = 12;

/// Text that somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The text in small letters, with its marks.
    written: String,
    words: Vec<String>,
}

/// Nearness of a procedure to what is looked for; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Its code begins so.
    Code,
    /// Its name has the text, marks included.
    Written,
    /// Each word begins a word of its names.
    Words,
}

impl Sought {
    /// Reads what somebody typed; `None` if there is no letter and no digit in it.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let short: String = typed.trim().chars().take(LONGEST).collect();
        let words: Vec<_> = words(&short).into_iter().take(MOST_WORDS).collect();
        let written = composed(&short);
        (!words.is_empty()).then_some(Self { written, words })
    }

    /// Returns how near a procedure of this code and these names is; `None` if it is not what is looked for.
    #[must_use]
    pub fn nearness(&self, code: &str, names: [&str; 2]) -> Option<Nearness> {
        if code.to_lowercase().starts_with(&self.written) {
            return Some(Nearness::Code);
        }
        if names.iter().any(|name| composed(name).contains(&self.written)) {
            return Some(Nearness::Written);
        }
        let there: Vec<_> = names.iter().flat_map(|name| words(name)).collect();
        let begins = |word: &String| there.iter().any(|it| it.starts_with(word.as_str()));
        self.words.iter().all(begins).then_some(Nearness::Words)
    }
}

/// Returns a text in small letters, each letter with its marks as one character.
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.to_lowercase().nfc().collect()
}

/// Returns the words of a text, without marks and in small letters.
fn words(text: &str) -> Vec<String> {
    let bare = plain(text).to_lowercase();
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["Cấp giấy phép xây dựng nhà ở", "Building permit for a house"];

    fn nearness(typed: &str) -> Option<Nearness> {
        Sought::of(typed)?.nearness("1.005129", NAMES)
    }

    #[test]
    fn a_procedure_is_found_by_code_and_by_words_with_and_without_marks_in_both_languages() {
        for (typed, near) in [
            ("1.005129", Nearness::Code),
            ("1.005", Nearness::Code),
            ("Giấy phép XÂY dựng", Nearness::Written),
            ("gia\u{302}\u{301}y phe\u{301}p", Nearness::Written),
            ("xay dung", Nearness::Words),
            ("dung xay", Nearness::Words),
            ("giay phep house", Nearness::Words),
            ("permit", Nearness::Written),
        ] {
            assert_eq!(nearness(typed), Some(near), "{typed}");
        }
        for typed in ["đất đai", "005129", "ung", "", " . ", "<q>"] {
            assert_eq!(nearness(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_long_text_is_cut_and_many_words_are_as_few() {
        let long = Sought::of(&"xay ".repeat(1_000)).unwrap();
        assert_eq!(long.words.len(), MOST_WORDS);
        assert_eq!(long.nearness("1.005129", NAMES), Some(Nearness::Words));
    }
}
