//! Names of agencies, dossiers and payment references.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Characters of a dossier id and of its payment references: digits and capitals, which every gateway accepts.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Length of a dossier id in characters (62 bits of a keyed hash).
pub const ID_LEN: usize = 12;

/// The code of the agency that owns a dossier, such as `000.00.01.H32`. Every key of the store begins with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgencyCode(String);

impl AgencyCode {
    /// Accepts 1 to 40 letters, digits, dots, hyphens and underscores; `#` would break the store's keys.
    ///
    /// # Errors
    /// [`IdError`] if the text is empty, too long or holds another character.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if text.is_empty() || text.len() > 40 || !text.chars().all(good) {
            return Err(IdError("agency code"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dossier's internal name: 12 characters 0-9A-Z, never changed, safe to show, impossible to enumerate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierId([u8; ID_LEN]);

impl DossierId {
    /// Makes the id of a dossier that a partner filed. It is a keyed hash: the same dossier always has the same id
    /// without a look-up, and nobody without the key can derive an id from a code.
    #[must_use]
    pub fn of_foreign(key: &[u8], agency: &AgencyCode, source: &str, foreign_code: &str) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
        for part in [agency.as_str(), source, foreign_code] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let tag = mac.finalize().into_bytes();
        let mut eight = [0; 8];
        eight.copy_from_slice(&tag[..8]);
        Self::from_random(u64::from_be_bytes(eight))
    }

    /// Makes an id of a random number, for a dossier filed at the desk. The number comes from the edge.
    #[must_use]
    pub fn from_random(mut number: u64) -> Self {
        let mut id = [b'0'; ID_LEN];
        for place in id.iter_mut().rev() {
            *place = ALPHABET[(number % 36) as usize];
            number /= 36;
        }
        Self(id)
    }

    /// Reads an id back.
    ///
    /// # Errors
    /// [`IdError`] if the text is not 12 characters of 0-9A-Z.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let bytes: [u8; ID_LEN] = text.as_bytes().try_into().map_err(|_| IdError("dossier id"))?;
        if bytes.iter().all(|b| ALPHABET.contains(b)) { Ok(Self(bytes)) } else { Err(IdError("dossier id")) }
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an id holds ASCII only")
    }

    /// Returns a number in 0..n that spreads ids evenly, for shards.
    #[must_use]
    pub fn shard(&self, shards: u32) -> u32 {
        self.0.iter().fold(0_u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(*b))) % shards
    }
}

impl fmt::Display for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for DossierId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        Self::parse(&text)
    }
}

impl From<DossierId> for String {
    fn from(id: DossierId) -> Self {
        id.as_str().to_owned()
    }
}

/// The name of one attempt to pay one fee: the dossier's id and the attempt, `7K3M9P2QX4AB01`. Gateways see it as the
/// order reference; a fresh attempt has a fresh reference, as every gateway demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The dossier.
    pub id: DossierId,
    /// The attempt, 1 to 99, counted over the life of the dossier.
    pub attempt: u8,
}

impl Reference {
    /// Reads a reference. ZaloPay's `yymmdd_` in front of it is passed over, and so is the letter of an order after it:
    /// whichever order of an attempt is paid, the attempt is paid.
    ///
    /// # Errors
    /// [`IdError`] if the text is not one of ours.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let bare = match text.split_once('_') {
            Some((date, rest)) if date.len() == 6 && date.bytes().all(|b| b.is_ascii_digit()) => rest,
            _ => text,
        };
        let refused = IdError("payment reference");
        let bare = match bare.as_bytes() {
            [.., b'B'..=b'Z'] if bare.len() == ID_LEN + 3 => &bare[..ID_LEN + 2],
            _ => bare,
        };
        if bare.len() != ID_LEN + 2 || !bare.is_ascii() {
            return Err(refused);
        }
        let (id, attempt) = bare.split_at(ID_LEN);
        if !attempt.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused);
        }
        let id = DossierId::parse(id).map_err(|_| IdError("payment reference"))?;
        match attempt.parse() {
            Ok(attempt @ 1..) => Ok(Self { id, attempt }),
            _ => Err(refused),
        }
    }

    /// Returns the name of one order of this attempt, since gateways accept each name once. The first is the reference
    /// itself, later ones have a letter at the end, `7K3M9P2QX4AB01B`. `None` after the 26th.
    #[must_use]
    pub fn order(&self, order: u8) -> Option<String> {
        match order {
            1 => Some(self.to_string()),
            2..=26 => Some(format!("{self}{}", char::from(b'A' + order - 1))),
            _ => None,
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}", self.id, self.attempt)
    }
}

/// A text that is not the name it should be. Gives the kind of name, never the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct IdError(pub &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_s_dossier_always_has_the_same_id_and_other_sources_other_ids() {
        let agency = AgencyCode::parse("000.00.01.H32").unwrap();
        let id = DossierId::of_foreign(b"key", &agency, "dvcqg", "H32-1");
        assert_eq!(id, DossierId::of_foreign(b"key", &agency, "dvcqg", "H32-1"));
        assert_ne!(id, DossierId::of_foreign(b"key", &agency, "khanhhoa", "H32-1"));
        assert_ne!(id, DossierId::of_foreign(b"other", &agency, "dvcqg", "H32-1"));
        // Moving a letter over the border of two parts gives another dossier.
        assert_ne!(id, DossierId::of_foreign(b"key", &agency, "dvcqgH", "32-1"));
        assert_eq!(DossierId::parse(id.as_str()), Ok(id));
    }

    #[test]
    fn a_reference_reads_back_with_and_without_a_date_before_it() {
        let reference = Reference { id: DossierId::from_random(7), attempt: 12 };
        assert_eq!(reference.to_string(), "00000000000712");
        assert_eq!(Reference::parse("00000000000712"), Ok(reference));
        assert_eq!(Reference::parse("200415_00000000000712"), Ok(reference));
        for (order, text) in [(1, "00000000000712"), (2, "00000000000712B"), (26, "00000000000712Z")] {
            assert_eq!(reference.order(order).as_deref(), Some(text));
            assert_eq!(Reference::parse(&format!("200415_{text}")), Ok(reference));
        }
        assert_eq!((reference.order(0), reference.order(27)), (None, None));
        for bad in [
            "",
            "00000000000712A",
            "00000000000712b",
            "00000000000712BB",
            "đđđđđđđB",
            "00000000000700",
            "0000000000071",
            "0000000000071x",
            "00000000000a12",
            "2004150_00000000000712",
            "đ000000000071",
        ] {
            assert!(Reference::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_agency_code_cannot_break_a_key() {
        assert!(AgencyCode::parse("000.00.01.H32").is_ok());
        for bad in ["", "a#b", "a b", &"x".repeat(41)] {
            assert!(AgencyCode::parse(bad).is_err(), "{bad}");
        }
    }
}
