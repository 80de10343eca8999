//! Tokens of links: ten letters and digits that nobody guesses, each for one purpose, stored as a hash alone.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::id::{AgencyCode, DossierId};
use crate::keyed::keyed;
use crate::signature::Key;

/// Length of a token in characters: 59 bits.
pub const TOKEN_LEN: usize = 10;

/// Characters of a token. All are one septet of an SMS and plain in an address, and none is taken for another in print: a
/// capital I and a small l are left out.
const ALPHABET: &[u8; 60] = b"0123456789ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The tokens there are.
const TOKENS: u64 = 60_u64.pow(10);

/// Action that a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The state of a dossier.
    See,
    /// A fee.
    Pay,
    /// The address that the result is posted to.
    Address,
    /// Return of the result by post.
    Post,
    /// Papers that were asked for.
    Supplement,
    /// The language and the outlets of messages.
    Preferences,
    /// No more messages.
    Unsubscribe,
    /// All of a dossier as its people see it, shown to a member of staff.
    Preview,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 8] = [
        Self::See,
        Self::Pay,
        Self::Address,
        Self::Post,
        Self::Supplement,
        Self::Preferences,
        Self::Unsubscribe,
        Self::Preview,
    ];

    /// Returns its name, which is stored and never changes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Pay => "pay",
            Self::Address => "address",
            Self::Post => "post",
            Self::Supplement => "supplement",
            Self::Preferences => "preferences",
            Self::Unsubscribe => "unsubscribe",
            Self::Preview => "preview",
        }
    }
}

/// A token. It opens something, so a log shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token([u8; TOKEN_LEN]);

impl Token {
    /// Draws the token of a purpose and a dossier with the office's own key. The same number draws the same token, so that
    /// a message sent again has the same link; a random one draws another.
    #[must_use]
    pub fn draw(key: &Key, agency: &AgencyCode, id: DossierId, purpose: Purpose, number: u64) -> Self {
        let tag =
            keyed(key, "link", agency, &[id.as_str().as_bytes(), purpose.name().as_bytes(), &number.to_be_bytes()]);
        let mut eight = [0; 8];
        eight.copy_from_slice(&tag[..8]);
        // The remainder prefers some tokens by less than one in thirty: a twentieth of a bit.
        let mut rest = u64::from_be_bytes(eight) % TOKENS;
        let mut token = [b'0'; TOKEN_LEN];
        for place in token.iter_mut().rev() {
            *place = ALPHABET[(rest % 60) as usize];
            rest /= 60;
        }
        Self(token)
    }

    /// Reads the last part of a link as it arrives: mail programs and people let what follows a link become a part of it,
    /// such as a full stop, a bracket or a quotation mark. What follows is taken for that unless it is a letter or a digit.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (first, after) = text.as_bytes().split_first_chunk::<TOKEN_LEN>()?;
        // An escape such as `%3E` is one of those characters.
        let ends = after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric());
        (ends && first.iter().all(|byte| ALPHABET.contains(byte))).then_some(Self(*first))
    }

    /// Returns the text of a link.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a token holds ASCII only")
    }
}

/// Returns the name that a token of an agency is stored under: a keyed hash, from which nobody reads it back. A text that is
/// no token has one too, under which nothing ever lies, so that both cost the same look.
#[must_use]
pub fn stored_as(key: &Key, agency: &AgencyCode, text: &str) -> String {
    let said = Token::read(text);
    let text = said.as_ref().map_or(text, Token::as_str);
    HEXLOWER.encode(&keyed(key, "token", agency, &[text.as_bytes()]))
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::message::plain;
    use crate::signature::Shortness;

    fn key() -> Key {
        Key::from_text("0123456789abcdef", Shortness::Refused).unwrap()
    }

    fn agency(code: &str) -> AgencyCode {
        AgencyCode::parse(code).unwrap()
    }

    fn drawn(purpose: Purpose, number: u64) -> Token {
        Token::draw(&key(), &agency("H32"), DossierId::from_random(1), purpose, number)
    }

    #[test]
    fn there_are_59_bits_of_them_in_letters_that_an_sms_and_an_address_carry_as_they_are() {
        assert_eq!(TOKENS.ilog2(), 59);
        let letters: BTreeSet<_> = ALPHABET.iter().collect();
        assert_eq!(letters.len(), 60);
        assert!(
            ALPHABET.iter().all(u8::is_ascii_alphanumeric) && !ALPHABET.contains(&b'I') && !ALPHABET.contains(&b'l')
        );
        let text = std::str::from_utf8(ALPHABET).unwrap();
        assert_eq!(plain(text), text);
    }

    #[test]
    fn each_purpose_dossier_agency_key_and_number_has_its_own_and_the_same_again() {
        let mut all = BTreeSet::new();
        for purpose in Purpose::ALL {
            for number in 0..50 {
                all.insert(drawn(purpose, number).as_str().to_owned());
                assert_eq!(drawn(purpose, number), drawn(purpose, number));
            }
        }
        let other = Key::from_text("0123456789abcdeg", Shortness::Refused).unwrap();
        let id = DossierId::from_random(1);
        all.insert(Token::draw(&other, &agency("H32"), id, Purpose::See, 0).as_str().to_owned());
        all.insert(Token::draw(&key(), &agency("H33"), id, Purpose::See, 0).as_str().to_owned());
        all.insert(Token::draw(&key(), &agency("H32"), DossierId::from_random(2), Purpose::See, 0).as_str().to_owned());
        assert_eq!(all.len(), 8 * 50 + 3);
    }

    #[test]
    fn what_mail_programs_and_people_leave_behind_a_link_is_passed_over() {
        let token = drawn(Purpose::See, 7);
        for after in ["", ".", ",", ")", ">", "%3E", "%22", "\"", "”", "…", "/", "/.", "!", "&quot;", "\u{a0}", "%0A"]
        {
            assert_eq!(Token::read(&format!("{}{after}", token.as_str())), Some(token), "{after:?}");
        }
        let all = token.as_str();
        for other in ["", &all[1..], &format!("{all}x"), &format!("{all}0."), &format!(" {all}"), "aaaaaaaaal", "đđđđđ"]
        {
            assert_eq!(Token::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_stored_name_is_the_agency_s_and_the_key_s_and_tells_nothing_of_the_token() {
        let token = drawn(Purpose::See, 7);
        let name = stored_as(&key(), &agency("H32"), token.as_str());
        assert_eq!(name.len(), 64);
        assert!(!name.contains(token.as_str()));
        assert_eq!(stored_as(&key(), &agency("H32"), &format!("{}.", token.as_str())), name);
        assert_ne!(stored_as(&key(), &agency("H33"), token.as_str()), name);
        let other = Key::from_text("0123456789abcdeg", Shortness::Refused).unwrap();
        assert_ne!(stored_as(&other, &agency("H32"), token.as_str()), name);
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn the_names_of_purposes_are_those_that_are_stored() {
        for purpose in Purpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.name());
        }
    }

    proptest! {
        #[test]
        fn whatever_arrives_is_read_or_not_and_is_looked_up_all_the_same(text in ".*") {
            let token = Token::read(&text);
            prop_assert!(token.is_none_or(|token| text.starts_with(token.as_str())));
            prop_assert_eq!(stored_as(&key(), &agency("H32"), &text).len(), 64);
        }
    }
}
