//! Search for dossiers by keyed hashes of numbers and of the beginnings of words, so that no key of the store shows a
//! name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::words::{beginnings, compared, words};
use crate::id::{AgencyCode, DossierId};
use crate::limits::LONGEST_SOUGHT;
use crate::person::{Party, Person};
use crate::phone::Phone;
use crate::signature::Key;

/// Bytes of a hash in a key: 96 bits.
const HASH_BYTES: usize = 12;
/// Characters of a hash that tell one beginning from another within a name: 36 bits.
const SHORT: usize = 6;
/// The fewest digits of a telephone number or an identity paper that is looked for.
const FEWEST_DIGITS: usize = 6;
/// Digits of an identity card before 2016 and today, of a company's tax number, and of its branches' (three more).
const IDENTITY_DIGITS: [usize; 4] = [9, 12, 10, 13];

/// The kind of thing that somebody looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A code or an id, exactly.
    Code,
    /// A telephone number, exactly.
    Phone,
    /// The number of an identity paper, exactly.
    Identity,
    /// Words of a name, by their beginnings.
    Name,
}

impl Kind {
    fn name(self) -> &'static str {
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
        let text = text.trim();
        if text.is_empty() || text.chars().count() > LONGEST_SOUGHT {
            return None;
        }
        let texts = match kind {
            Kind::Code => vec![text.to_owned()],
            Kind::Phone => vec![phone(text)?],
            Kind::Identity => vec![identity(text)?],
            Kind::Name => {
                let mut words = words(text);
                words.sort_by_key(|word| std::cmp::Reverse(word.len()));
                words
            }
        };
        (!texts.is_empty()).then_some(Self { kind, texts })
    }

    /// Guesses the most likely kind of a text typed into one box: an id or a code, a telephone number, the number of an
    /// identity paper, and otherwise a name.
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let numeric = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')'));
        let kind = if numeric && Phone::parse(text).is_ok() {
            Kind::Phone
        } else if numeric && IDENTITY_DIGITS.contains(&digits) && !text.contains('+') {
            Kind::Identity
        } else if digits > 0 && !text.contains(' ') && (text.contains(['.', '-']) || DossierId::parse(text).is_ok()) {
            Kind::Code
        } else if numeric {
            Kind::Phone
        } else {
            Kind::Name
        };
        Self::of(kind, text)
    }

    /// Returns its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the text of a code, as it was typed.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.texts.first().filter(|_| self.kind == Kind::Code).map(String::as_str)
    }
}

/// Returns a telephone number in its one form; one that is not Vietnamese as its digits.
fn phone(text: &str) -> Option<String> {
    match Phone::parse(text) {
        Ok(phone) => Some(phone.expose().to_owned()),
        Err(_) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (digits.len() >= FEWEST_DIGITS).then_some(digits)
        }
    }
}

fn identity(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    (plain.len() >= FEWEST_DIGITS).then(|| plain.to_ascii_uppercase())
}

/// The key of all these hashes, made of the configuration's `id_key` and never used for anything else.
#[derive(Clone)]
pub struct SearchKey([u8; 32]);

impl fmt::Debug for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SearchKey(..)")
    }
}

/// The entries that a dossier is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// Each hash, with a mark of the data in its entry: if the mark changes, the entry is written anew.
    pub found_by: BTreeMap<String, String>,
    /// The short hashes of all beginnings of all words, in order, with spaces between. The entries of a name hold them,
    /// so that several words can be asked for at once.
    pub beginnings: String,
}

impl SearchKey {
    /// Makes the key that belongs to this `id_key`.
    #[must_use]
    pub fn of(id_key: &Key) -> Self {
        Self(mac(id_key.expose(), &["motcua", "search"]))
    }

    fn hash(&self, agency: &AgencyCode, kind: Kind, text: &str) -> String {
        BASE64URL_NOPAD.encode(&mac(&self.0, &[agency.as_str(), kind.name(), text])[..HASH_BYTES])
    }

    /// Makes the entries that the dossier of these people is found by.
    #[must_use]
    pub fn entries(&self, agency: &AgencyCode, person: &Person) -> Entries {
        let parties = || std::iter::once(&person.applicant).chain(&person.filer);
        let names: BTreeSet<String> = parties()
            .flat_map(|party| words(&party.name))
            .flat_map(|word| beginnings(&word).map(|text| self.hash(agency, Kind::Name, text)).collect::<Vec<_>>())
            .collect();
        let beginnings = names.iter().map(|hash| &hash[..SHORT]).collect::<Vec<_>>().join(" ");
        let mark = BASE64URL_NOPAD.encode(&mac(&self.0, &["mark", &beginnings])[..3]);
        let mut found_by: BTreeMap<_, _> = names.into_iter().map(|hash| (hash, mark.clone())).collect();
        for (kind, text) in parties().flat_map(numbers) {
            found_by.insert(self.hash(agency, kind, &text), String::new());
        }
        Entries { found_by, beginnings }
    }

    /// Returns the hash whose entries are read, and the short hashes that each of them must hold too; `None` for a
    /// code, which has no entries.
    #[must_use]
    pub fn asked(&self, agency: &AgencyCode, sought: &Sought) -> Option<(String, Vec<String>)> {
        let hash = |text: &String| self.hash(agency, sought.kind, text);
        match sought.kind {
            Kind::Code => None,
            Kind::Phone | Kind::Identity => Some((sought.texts.first().map(hash)?, Vec::new())),
            Kind::Name => {
                let mut hashes = sought.texts.iter().map(|word| self.hash(agency, Kind::Name, compared(word)));
                let longest = hashes.next()?;
                Some((longest, hashes.map(|hash| hash[..SHORT].to_owned()).collect()))
            }
        }
    }

    /// Returns a hash of the search, for the audit: the same search has the same one, and it shows no text.
    #[must_use]
    pub fn mark(&self, agency: &AgencyCode, sought: &Sought) -> String {
        self.hash(agency, sought.kind, &sought.texts.join(" "))
    }
}

fn numbers(party: &Party) -> Vec<(Kind, String)> {
    let phone = party.phone.as_deref().and_then(phone).map(|text| (Kind::Phone, text));
    let identity = party.identity_no.as_deref().and_then(identity).map(|text| (Kind::Identity, text));
    phone.into_iter().chain(identity).collect()
}

/// Hashes each part with its length before it, so that no two lists of parts are one text.
fn mac(key: &[u8], parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}
