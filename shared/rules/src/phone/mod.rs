//! Vietnamese telephone numbers: read as people write them, kept as E.164, shown masked.

use std::fmt;
use std::str::FromStr;

use phonenumber::metadata::DATABASE;
use phonenumber::{Type, country};
use serde::{Deserialize, Serialize};

/// Old and new mobile prefixes, without the leading 0, of the change from 11 to 10 digits (from 15/09/2018; the old
/// ones stopped working by 30/06/2019). The last seven digits stayed.
#[rustfmt::skip]
pub const MIGRATED_PREFIXES: [(&str, &str); 21] = [
    ("120", "70"), ("121", "79"), ("122", "77"), ("126", "76"), ("128", "78"),
    ("123", "83"), ("124", "84"), ("125", "85"), ("127", "81"), ("129", "82"),
    ("162", "32"), ("163", "33"), ("164", "34"), ("165", "35"),
    ("166", "36"), ("167", "37"), ("168", "38"), ("169", "39"),
    ("186", "56"), ("188", "58"), ("199", "59"),
];

/// Mobile prefixes in use that the metadata of the `phonenumber` crate does not know. No official table confirms them,
/// so they are listed here by name: if the list is emptied, they are refused again.
pub const MOBILE_PREFIXES_BEYOND_METADATA: [&str; 2] = ["52", "55"];

/// No number as people write it is longer, separators included.
const LONGEST_WRITTEN: usize = 32;

/// The kind of line that a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// A mobile phone: takes SMS.
    Mobile,
    /// A landline: for the phone list, never for SMS.
    Fixed,
}

/// A telephone number in Vietnam, after the migration of 2018.
///
/// `Debug` and `Display` show the last three digits only. The whole number is given by [`Phone::expose`] and by serde
/// (as E.164), which belongs in the person item and nowhere else.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone {
    e164: String,
    line: Line,
}

/// The reason why something is not a telephone number we can use. Never holds the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing but spaces.
    #[error("the telephone number is empty")]
    Empty,
    /// A letter or a sign that no number contains.
    #[error("the telephone number contains something other than digits and separators")]
    NotDigits,
    /// Neither 0… nor 84…, +84…, 0084….
    #[error("the telephone number begins neither with 0 nor with Vietnam's country code")]
    NoPrefix,
    /// A country code other than 84.
    #[error("the telephone number is of another country")]
    Foreign,
    /// Too short, too long, or in a range that was given to nobody.
    #[error("there is no such telephone number in Vietnam's numbering plan")]
    Unassigned,
    /// 1900…, 1800… and the like, which belong to no person.
    #[error("the telephone number is a service line")]
    ServiceLine,
}

impl PhoneError {
    /// Returns the sentence a caller may read.
    pub fn for_caller(&self) -> &'static str {
        match self {
            Self::Empty => "the telephone number is missing",
            Self::NotDigits => "a telephone number has digits only",
            Self::NoPrefix => "a telephone number begins with 0 or +84",
            Self::Foreign => "the telephone number must be a Vietnamese one",
            Self::Unassigned => "there is no such telephone number",
            Self::ServiceLine => "a service number cannot be used",
        }
    }
}

impl Phone {
    /// Reads a number with 0, 84, +84 or 0084 before it, with or without spaces, dots, hyphens and brackets.
    ///
    /// An 11-digit mobile number from before 2018 becomes the 10-digit one of today.
    pub fn parse(written: &str) -> Result<Self, PhoneError> {
        let national = migrated(national_digits(written)?);
        let e164 = format!("+84{national}");
        let line = line_of(&e164, &national)?;
        Ok(Self { e164, line })
    }

    /// Returns whether it is a mobile or a landline.
    pub fn line(&self) -> Line {
        self.line
    }

    /// Whether an SMS can reach it.
    pub fn takes_sms(&self) -> bool {
        self.line == Line::Mobile
    }

    /// Returns the whole number as E.164, for the one who sends or calls. Never for a log.
    pub fn expose(&self) -> &str {
        &self.e164
    }

    /// Whether these are its last four digits, which a caller gives to see details; `false` for any other length.
    pub fn ends_in(&self, four_digits: &str) -> bool {
        four_digits.len() == 4
            && four_digits.bytes().all(|byte| byte.is_ascii_digit())
            && self.e164.ends_with(four_digits)
    }
}

/// Returns the national number without its trunk 0: nine digits for mobiles, ten for old mobiles and most landlines.
fn national_digits(written: &str) -> Result<String, PhoneError> {
    let written = written.trim();
    if written.is_empty() {
        return Err(PhoneError::Empty);
    }
    if written.len() > LONGEST_WRITTEN {
        return Err(PhoneError::Unassigned);
    }
    let (plus, rest) = match written.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let mut digits = String::with_capacity(rest.len());
    for character in rest.chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '.' | '-' | '(' | ')' | '\u{a0}' => {}
            _ => return Err(PhoneError::NotDigits),
        }
    }
    let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let national = match abroad {
        Some(abroad) => abroad.strip_prefix("84").ok_or(PhoneError::Foreign)?,
        None => match digits.strip_prefix('0') {
            Some(national) => national,
            None => digits.strip_prefix("84").ok_or(PhoneError::NoPrefix)?,
        },
    };
    // "+84 (0)98…" is common on letterheads.
    Ok(national
        .strip_prefix('0')
        .filter(|_| digits.starts_with("84") || abroad.is_some())
        .unwrap_or(national)
        .to_owned())
}

fn migrated(national: String) -> String {
    if national.len() != 10 {
        return national;
    }
    MIGRATED_PREFIXES
        .iter()
        .find_map(|(old, new)| national.strip_prefix(old).map(|last_seven| format!("{new}{last_seven}")))
        .unwrap_or(national)
}

fn line_of(e164: &str, national: &str) -> Result<Line, PhoneError> {
    if national.len() == 9 && MOBILE_PREFIXES_BEYOND_METADATA.iter().any(|prefix| national.starts_with(prefix)) {
        return Ok(Line::Mobile);
    }
    let number = phonenumber::parse(Some(country::Id::VN), e164).map_err(|_| PhoneError::Unassigned)?;
    // The crate drops zeros and extensions on its own; a number that it reads differently from us is not one.
    if number.code().value() != 84 || number.national().to_string() != national || number.extension().is_some() {
        return Err(PhoneError::Unassigned);
    }
    match number.number_type(&DATABASE) {
        Type::Mobile | Type::FixedLineOrMobile => Ok(Line::Mobile),
        Type::FixedLine | Type::Voip => Ok(Line::Fixed),
        Type::Unknown => Err(PhoneError::Unassigned),
        Type::TollFree
        | Type::PremiumRate
        | Type::SharedCost
        | Type::PersonalNumber
        | Type::Pager
        | Type::Uan
        | Type::Emergency
        | Type::Voicemail
        | Type::ShortCode
        | Type::StandardRate
        | Type::Carrier
        | Type::NoInternational => Err(PhoneError::ServiceLine),
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(written: &str) -> Result<Self, PhoneError> {
        Self::parse(written)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(written: String) -> Result<Self, PhoneError> {
        Self::parse(&written)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.e164
    }
}

/// `•••••••567`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // E.164 is ASCII, so the cut falls between digits.
        let last_three = self.e164.len().saturating_sub(3);
        write!(f, "•••••••{}", &self.e164[last_three..])
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({self})")
    }
}

#[cfg(test)]
mod tests;
