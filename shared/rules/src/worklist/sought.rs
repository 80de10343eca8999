//! The text that somebody looks for, and everything that it may be.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::words::words;
use crate::id::DossierId;
use crate::limits::{LONGEST_CODE, LONGEST_SOUGHT};
use crate::message::plain;
use crate::phone::{Phone, is_dash, is_unseen};

/// The fewest digits of a telephone number, and the fewest characters of an identity paper's number, that are looked for.
const FEWEST_DIGITS: usize = 6;
/// Digits of an identity card before 2016 and today, of a company's tax number, and of its branches' (three more).
const IDENTITY_DIGITS: [usize; 4] = [9, 12, 10, 13];
/// The fewest characters of a code's end that it is found by: a day's running number has four.
const SHORTEST_END: usize = 4;
/// Groups at the end of a code from which on it is found: the running number, and the day before it.
const GROUPS: usize = 2;

/// The kind of thing that somebody looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An id or a whole code, or the end of a code.
    Code,
    /// A telephone number, exactly.
    Phone,
    /// The number of an identity paper, exactly.
    Identity,
    /// Words of a name, by their beginnings.
    Name,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Code, Self::Phone, Self::Identity, Self::Name];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Phone => "phone",
            Self::Identity => "identity",
            Self::Name => "name",
        }
    }
}

/// A text to look for, in the form in which it is compared. Shows nothing of it in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Sought {
    kind: Kind,
    /// One text, or the words of a name, longest first.
    texts: Vec<String>,
    /// Everything else that the same text may be.
    others: Vec<Sought>,
}

impl fmt::Debug for Sought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sought({})", self.kind.name())
    }
}

impl Sought {
    /// Makes a search of a kind; `None` if the text holds nothing that could be found.
    #[must_use]
    pub fn of(kind: Kind, text: &str) -> Option<Self> {
        let text: String = text.trim().nfc().collect();
        if text.is_empty() || text.chars().count() > LONGEST_SOUGHT {
            return None;
        }
        let texts = match kind {
            Kind::Code => Some(code(&text)).filter(|code| !code.is_empty()).into_iter().collect(),
            Kind::Phone => vec![phone(&text)?],
            Kind::Identity => vec![identity(&text)?],
            Kind::Name => {
                let mut words = words(&text);
                words.sort_by_key(|word| std::cmp::Reverse(word.len()));
                words
            }
        };
        (!texts.is_empty()).then_some(Self { kind, texts, others: Vec::new() })
    }

    /// Reads a text typed into one box as everything that it may be, the most likely kind first: a number of nine digits
    /// may be an identity card, an old telephone number or the end of a code, and people do not say which.
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        let mut readings = kinds(text.trim()).into_iter().filter_map(|kind| Self::of(kind, text));
        let likeliest = readings.next()?;
        Some(Self { others: readings.collect(), ..likeliest })
    }

    /// Returns its kind, the most likely one if it may be several.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns everything that it may be, the most likely first.
    pub fn readings(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// Returns the code that it may be, as typed and in the two cases in which codes are written.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let code = self.readings().find(|reading| reading.kind == Kind::Code).and_then(|code| code.texts.first());
        let mut codes = Vec::new();
        for code in code.into_iter().flat_map(|code| [code.clone(), code.to_uppercase(), code.to_lowercase()]) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Returns the kinds that a text may be, the most likely first.
fn kinds(text: &str) -> Vec<Kind> {
    let count = |of: fn(&char) -> bool| text.chars().filter(of).count();
    let (digits, letters) = (count(char::is_ascii_digit), count(|c| c.is_alphabetic()));
    let (spaced, whole) = (text.contains(char::is_whitespace), folded(text).len());
    let is_phone = letters == 0 && Phone::first(text).is_ok();
    let is_identity = letters == 0 && IDENTITY_DIGITS.contains(&digits) && !text.contains('+');
    let is_id = DossierId::parse(&text.to_ascii_uppercase()).is_ok();
    let is_code = digits > 0 && !spaced && (text.contains(['.', '-']) || is_id);
    let likeliest = match (is_phone, is_identity, is_code) {
        (true, _, _) => Kind::Phone,
        (false, true, _) => Kind::Identity,
        (false, false, true) => Kind::Code,
        (false, false, false) if letters == 0 && digits >= FEWEST_DIGITS => Kind::Phone,
        (false, false, false) => Kind::Name,
    };
    let may_be = [
        (Kind::Code, is_id || (digits > 0 && !spaced) || digits >= SHORTEST_END),
        (Kind::Identity, whole >= FEWEST_DIGITS && (digits >= FEWEST_DIGITS || (digits > 0 && !spaced))),
        (Kind::Phone, letters == 0 && digits >= FEWEST_DIGITS),
        (Kind::Name, letters > 0 || digits < FEWEST_DIGITS),
    ];
    let others = may_be.into_iter().filter(|(kind, may_be)| *may_be && *kind != likeliest).map(|(kind, _)| kind);
    std::iter::once(likeliest).chain(others).collect()
}

/// Returns a code as it is stored: a dash is a hyphen, whatever a text program made of it, and nothing unseen is in it.
fn code(text: &str) -> String {
    let seen = text.chars().filter(|character| !is_unseen(*character));
    let hyphens = seen.map(|character| if is_dash(character) { '-' } else { character });
    hyphens.take(LONGEST_CODE).collect::<String>().trim().to_owned()
}

/// Returns the letters and digits of a code, in one case.
fn folded(code: &str) -> String {
    plain(code).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Returns the forms that a code is found by beside itself: its letters and digits, those of its last groups, and its
/// last four digits.
pub(super) fn ends(code: &str) -> BTreeSet<String> {
    let whole = folded(code);
    let plain = plain(code);
    let groups: Vec<_> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|group| !group.is_empty()).collect();
    let last = (1..=GROUPS).filter_map(|count| Some(folded(&groups.get(groups.len().checked_sub(count)?..)?.concat())));
    let digits = whole.len().checked_sub(SHORTEST_END).and_then(|at| whole.get(at..));
    let digits = digits.filter(|end| end.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned);
    let mut ends: BTreeSet<_> = last.chain(digits).filter(|end| end.len() >= SHORTEST_END).collect();
    ends.extend(Some(whole).filter(|whole| !whole.is_empty()));
    ends
}

/// Returns the form in which a sought code is compared with those.
pub(super) fn end(code: &str) -> Option<String> {
    Some(folded(code)).filter(|end| !end.is_empty())
}

/// Returns a telephone number in its one form; one that is not Vietnamese as its digits.
pub(super) fn phone(text: &str) -> Option<String> {
    match Phone::first(text) {
        Ok(phone) => Some(phone.expose().to_owned()),
        Err(_) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (digits.len() >= FEWEST_DIGITS).then_some(digits)
        }
    }
}

/// Returns the forms that a telephone field is found by: every number in it, and its digits if there is none.
pub(super) fn phones(text: &str) -> BTreeSet<String> {
    let read = Phone::all(text).into_iter().map(String::from);
    read.chain(phone(text)).collect()
}

/// Returns the letters and digits of an identity paper's number.
pub(super) fn identity(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    (plain.len() >= FEWEST_DIGITS).then(|| plain.to_ascii_uppercase())
}
