//! Forms in which names are compared, however they were typed.

use unicode_normalization::char::decompose_canonical;

/// Marks of the five tones: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A text as it is compared: in small letters, one space between words, no punctuation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// With marks, each tone at the end of its word: `hoà` and `hòa` are one.
    pub marked: String,
    /// Without marks.
    pub plain: String,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut word = Word::default();
        for character in text.chars().filter(|c| !is_unseen(*c) && !is_apostrophe(*c)).flat_map(char::to_lowercase) {
            if character.is_ascii_alphanumeric() || character.is_alphanumeric() || is_mark(character) {
                word.push(character);
            } else {
                word.end(&mut folded);
            }
        }
        word.end(&mut folded);
        folded
    }

    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Returns what is left behind the first `count` words; `None` if nothing is.
    pub fn behind(&self, count: usize) -> Option<Self> {
        let rest = |text: &str| text.splitn(count + 1, ' ').nth(count).map(str::to_owned);
        Some(Self { marked: rest(&self.marked)?, plain: rest(&self.plain)? })
    }

    fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.marked.split(' ').zip(self.plain.split(' '))
    }

    /// Returns whether this, as typed, can be that name: each word has its marks, or none at all.
    pub fn agrees(&self, name: &Self) -> bool {
        self.plain == name.plain && self.words().zip(name.words()).all(|(typed, named)| can_be(typed, named))
    }

    /// Returns whether this is the beginning of that name, in the same way; the last word may be broken off.
    pub fn begins(&self, name: &Self) -> bool {
        let whole = self.plain.split(' ').count() - 1;
        let rest = name.plain.starts_with(&self.plain);
        rest && self.words().zip(name.words()).take(whole).all(|(typed, named)| can_be(typed, named))
    }
}

fn can_be((marked, plain): (&str, &str), (named, without): (&str, &str)) -> bool {
    marked == named || (marked == plain && plain == without)
}

#[derive(Default)]
struct Word {
    marked: String,
    plain: String,
    tone: Option<char>,
}

impl Word {
    fn push(&mut self, character: char) {
        // The Icelandic letter looks the same in capitals, and is typed by mistake.
        let character = if character == 'ð' { 'đ' } else { character };
        match character {
            // Latin letters with marks, and marks.
            '\u{c0}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => {
                decompose_canonical(character, |part| self.push_part(part))
            }
            other => {
                self.marked.push(other);
                self.plain.push(other);
            }
        }
    }

    fn push_part(&mut self, part: char) {
        if TONES.contains(&part) {
            self.tone = Some(part);
        } else {
            self.marked.push(part);
            if !is_mark(part) {
                self.plain.push(if part == 'đ' { 'd' } else { part });
            }
        }
    }

    fn end(&mut self, folded: &mut Folded) {
        let mut word = std::mem::take(self);
        if word.plain.is_empty() {
            return;
        }
        if word.plain.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = word.plain.trim_start_matches('0');
            word.plain = if number.is_empty() { "0".to_owned() } else { number.to_owned() };
            word.marked = word.plain.clone();
        }
        word.marked.extend(word.tone);
        for (text, word) in [(&mut folded.marked, &word.marked), (&mut folded.plain, &word.plain)] {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// Returns whether nobody sees it: joiners, marks of direction, the mark of byte order.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn same(one: &str, other: &str) {
        assert_eq!(Folded::of(one), Folded::of(other));
    }

    #[test]
    fn tone_placement_case_composition_and_punctuation_make_no_difference() {
        same("Hoà Bình", "HÒA BÌNH");
        same("Thuỷ Nguyên", "Thủy nguyên");
        same("Xã Uý Nỗ", "xã Úy Nỗ");
        let loose: String = "Phường Ngã Tư Sở".nfd().collect();
        same(&loose, "phường  ngã tư sở");
        same("Bà Rịa - Vũng Tàu", "Bà Rịa–Vũng Tàu");
        same("Ea H'Leo", "Ea H’leo");
        same("Phường 01", "phường 1");
        same("\u{202e}Ðống\u{200b} Đa", "Đống Đa");
    }

    #[test]
    fn marks_that_differ_make_another_name() {
        let folded = |text| Folded::of(text);
        assert!(folded("son ha").agrees(&folded("Sơn Hạ")) && folded("son ha").agrees(&folded("Sơn Hà")));
        assert!(folded("Son Hạ").agrees(&folded("Sơn Hạ")));
        assert!(!folded("Sơn Hà").agrees(&folded("Sơn Hạ")));
        assert!(!folded("Đa Lat").agrees(&folded("Đà Lạt")) && folded("Da Lat").agrees(&folded("Đà Lạt")));
    }

    #[test]
    fn a_beginning_may_end_within_a_word() {
        let begins = |typed: &str, name: &str| Folded::of(typed).begins(&Folded::of(name));
        assert!(begins("Bến N", "Bến Nghé") && begins("ben ng", "Bến Nghé"));
        assert!(!begins("Bên N", "Bến Nghé") && !begins("nghe", "Bến Nghé"));
    }

    proptest! {
        #[test]
        fn folding_what_is_folded_changes_nothing(text in "\\PC{0,40}") {
            let folded = Folded::of(&text);
            prop_assert_eq!(&Folded::of(&folded.plain).plain, &folded.plain);
            prop_assert_eq!(folded.plain.split(' ').count(), folded.marked.split(' ').count());
        }
    }
}
