//! Search for dossiers by keyed hashes of numbers and of the beginnings of words, so that no key of the store shows a
//! name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::sought::{Kind, Sought, end, ends, identity, phones};
use super::words::{beginnings, compared, words};
use crate::id::AgencyCode;
use crate::person::{Party, Person};
use crate::signature::Key;

/// Bytes of a hash in a key: 96 bits.
const HASH_BYTES: usize = 12;
/// Characters of a hash that tell one beginning from another within a name: 36 bits.
const SHORT: usize = 6;

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

    /// Makes the entries that a dossier with this code is found by.
    #[must_use]
    pub fn code_entries(&self, agency: &AgencyCode, code: &str) -> BTreeMap<String, String> {
        ends(code).iter().map(|end| (self.hash(agency, Kind::Code, end), String::new())).collect()
    }

    /// Returns the hash whose entries are read for one reading of a text, and the short hashes that each of them must
    /// hold too; `None` if nothing of it is compared.
    #[must_use]
    pub fn asked(&self, agency: &AgencyCode, sought: &Sought) -> Option<(String, Vec<String>)> {
        let hash = |text: &str| self.hash(agency, sought.kind(), text);
        let first = sought.texts().first()?;
        match sought.kind() {
            Kind::Code => Some((hash(&end(first)?), Vec::new())),
            Kind::Phone | Kind::Identity => Some((hash(first), Vec::new())),
            Kind::Name => {
                let mut hashes = sought.texts().iter().map(|word| self.hash(agency, Kind::Name, compared(word)));
                let longest = hashes.next()?;
                Some((longest, hashes.map(|hash| hash[..SHORT].to_owned()).collect()))
            }
        }
    }

    /// Returns the hash by which a person to be called is known, made of what tells them from others.
    #[must_use]
    pub fn caller(&self, agency: &AgencyCode, parts: &[&str]) -> String {
        let parts = [&[agency.as_str(), "call"], parts].concat();
        BASE64URL_NOPAD.encode(&mac(&self.0, &parts)[..HASH_BYTES])
    }

    /// Returns a hash of the search, for the audit: the same search has the same one, and it shows no text.
    #[must_use]
    pub fn mark(&self, agency: &AgencyCode, sought: &Sought) -> String {
        self.hash(agency, sought.kind(), &sought.texts().join(" "))
    }
}

fn numbers(party: &Party) -> Vec<(Kind, String)> {
    let phones = party.phone.as_deref().map(phones).unwrap_or_default().into_iter().map(|text| (Kind::Phone, text));
    let identity = party.identity_no.as_deref().and_then(identity).map(|text| (Kind::Identity, text));
    phones.chain(identity).collect()
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
