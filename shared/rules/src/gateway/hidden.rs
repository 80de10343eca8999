//! References and numbers that others wrote, as they may stand in a log and in a key.
//!
//! A payer may write anything as the reference of a transfer, a name and a telephone number included. Keys and logs hold
//! no people, so that they hold its hash instead, unless it is a reference of ours or very short. The item of the payment
//! keeps the text, for the person who has to decide about it.

use std::borrow::Cow;

use super::Found;
use crate::id::Reference;
use crate::signature::sha256_hex;

/// The longest text without spaces that cannot be a telephone number, an identity number or an address: it names an order
/// of somebody else's in as many letters and digits.
const SHORT: usize = 8;
/// Digits of a hash that stands for a text.
const DIGITS: usize = 32;

/// Returns a reference for a log and a key: itself if it is one of ours, or too short to name anybody.
#[must_use]
pub fn reference(reference: &str) -> Cow<'_, str> {
    let short = reference.len() <= SHORT && reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match short || Reference::parse(reference).is_ok() {
        true => Cow::Borrowed(reference),
        false => Cow::Owned(hash(reference)),
    }
}

/// Returns a gateway's number of a transaction for a log and a key: itself if it is written without spaces in plain
/// letters, digits and signs, as numbers are.
#[must_use]
pub fn number(number: &str) -> Cow<'_, str> {
    match number.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@') {
        true => Cow::Borrowed(number),
        false => Cow::Owned(hash(number)),
    }
}

impl Found {
    /// Returns the payment under an identity that holds no person, if its identity may hold one.
    #[must_use]
    pub fn hidden(&self, reference: &str) -> Option<Self> {
        let written = super::identity(&[reference]);
        let parts = self
            .identity
            .split('/')
            .map(|part| if part == written { self::reference(reference) } else { number(part) });
        let identity = parts.collect::<Vec<_>>().join("/");
        (identity != self.identity).then(|| Self { identity, ..self.clone() })
    }
}

/// Returns an identity for a key: each part as [`number`] has it, whoever made the identity.
#[must_use]
pub fn identity(identity: &str) -> Cow<'_, str> {
    match identity.split('/').all(|part| matches!(number(part), Cow::Borrowed(_))) {
        true => Cow::Borrowed(identity),
        false => Cow::Owned(identity.split('/').map(number).collect::<Vec<_>>().join("/")),
    }
}

fn hash(text: &str) -> String {
    format!("hash-{}", sha256_hex(text.as_bytes()).split_at(DIGITS).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::PaymentOutcome;
    use crate::gateway::identity;

    fn found(parts: &[&str]) -> Found {
        Found { identity: identity(parts), amount_vnd: None, outcome: PaymentOutcome::Paid, at: None }
    }

    #[test]
    fn a_reference_of_ours_is_kept_and_what_may_hold_a_person_is_hashed() {
        for ours in ["00000000000712", "200415_00000000000712", "00000000000712B"] {
            assert_eq!(reference(ours), ours);
            assert_eq!(found(&["SHOP", ours, "14422574"]).hidden(ours), None, "{ours}");
        }
        for short in ["other-1", "R1", "not-ours"] {
            assert_eq!((found(&["SHOP", short, "144/225"]).hidden(short), &*reference(short)), (None, short));
        }
        for foreign in [
            "0905000001",
            "NGUYENVANA",
            "Lê An",
            "nguyen.van.a@example.com",
            "PHI 0905000001",
            "a/0905000001",
            "012345678",
        ] {
            let written = identity(&[foreign]);
            let hidden = found(&["SHOP", foreign, "14422574"]).hidden(foreign).unwrap();
            assert!(!hidden.identity.contains(&written), "{}", hidden.identity);
            assert!(hidden.identity.starts_with("SHOP/hash-") && hidden.identity.ends_with("/14422574"));
            // It is hidden once, and always under the same name.
            assert_eq!(hidden.hidden(foreign), None);
            assert_eq!(found(&["SHOP", foreign, "14422574"]).hidden(foreign), Some(hidden));
            assert!(!reference(foreign).contains(foreign));
            // The platform's identity of a payment ends with the reference.
            assert!(!found(&["SHOP", foreign]).hidden(foreign).unwrap().identity.contains(&written));
        }
        let failed = found(&["0905000001", "failed", "24"]).hidden("0905000001").unwrap();
        assert!(failed.identity.ends_with("/failed/24") && !failed.identity.contains("0905"));
    }

    #[test]
    fn a_number_with_words_in_it_is_hashed_too() {
        assert_eq!(number("FT20106-144/225"), "FT20106-144/225");
        for odd in ["Lê Văn An", "anh A 0905000001", "an@example.com", "14 422"] {
            let hidden = found(&["00000000000712", odd]).hidden("00000000000712").unwrap();
            assert_eq!(hidden.identity, format!("00000000000712/{}", number(odd)));
            assert_eq!(super::identity(&format!("00000000000712/{odd}")), hidden.identity);
            assert_eq!(super::identity(&hidden.identity), hidden.identity);
        }
    }
}
