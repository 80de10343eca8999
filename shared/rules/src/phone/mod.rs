//! Vietnamese telephone numbers: read as people write them, kept as E.164, shown masked.

mod plan;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use plan::MIGRATED_PREFIXES;
use plan::{AREAS, MOBILE, SERVICES};

/// No number as people write it is longer, separators included.
const LONGEST_WRITTEN: usize = 48;

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

impl PhoneError {
    /// Returns the sentence in Vietnamese, to be read after the name of the field.
    pub fn vi(&self) -> &'static str {
        match self {
            Self::Empty => "còn thiếu",
            Self::NotDigits => "chỉ ghi chữ số, không ghi kèm chữ; sẽ không có tin nhắn",
            Self::NoPrefix => "phải bắt đầu bằng 0 hoặc +84; sẽ không có tin nhắn",
            Self::Foreign => "là số nước ngoài; sẽ không có tin nhắn",
            Self::Unassigned => "không phải số điện thoại đang dùng ở Việt Nam; sẽ không có tin nhắn",
            Self::ServiceLine => "là số dịch vụ; sẽ không có tin nhắn",
        }
    }
}

impl Phone {
    /// Reads a number with 0, 84, +84 or 0084 before it, with or without spaces, dots, dashes and brackets of any kind.
    /// Characters that nobody sees, which come with a copied number, are passed over.
    ///
    /// An 11-digit mobile number from before 2018 becomes the 10-digit one of today.
    pub fn parse(written: &str) -> Result<Self, PhoneError> {
        let national = migrated(national_digits(written)?);
        let e164 = format!("+84{national}");
        let line = line_of(&national)?;
        Ok(Self { e164, line })
    }

    /// Reads the number in a field that may hold several: the first that takes SMS, else the first that is a number.
    /// Anything but numbers in the field leaves it unread.
    ///
    /// # Errors
    /// [`PhoneError`], of the field as one number.
    pub fn first(written: &str) -> Result<Self, PhoneError> {
        Self::parse(written).or_else(|error| {
            let numbers = several(written).ok_or(error)?;
            let mut usable = numbers.iter().filter(|phone| phone.takes_sms()).chain(&numbers);
            usable.next().cloned().ok_or(error)
        })
    }

    /// Returns every number that a field holds, whatever words are beside them: a dossier is found by each.
    #[must_use]
    pub fn all(written: &str) -> Vec<Self> {
        let of = |text: &str| match Self::parse(text) {
            Ok(phone) => Some(vec![phone]),
            Err(_) => several(text),
        };
        of(written).unwrap_or_else(|| {
            let parts = written.split(|c: char| !(c.is_ascii_digit() || c == '+' || is_separator(c)));
            parts.filter_map(of).flatten().collect()
        })
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

/// Returns what a person should know about a field for a telephone number: a reason why no SMS will arrive, or that
/// only one of its numbers is used. `None` if it is a mobile number, or empty.
#[must_use]
pub fn remark(written: &str) -> Option<[&'static str; 2]> {
    match (Phone::parse(written), Phone::first(written)) {
        (Err(PhoneError::Empty), _) => None,
        (Ok(phone), _) if phone.takes_sms() => None,
        (Ok(_), _) => Some(["là số cố định, không nhận được tin nhắn", "is a landline, which takes no SMS"]),
        (Err(_), Ok(phone)) if phone.takes_sms() => Some([
            "có nhiều số; tin nhắn chỉ gửi tới số di động đầu tiên",
            "holds several numbers; messages go to the first mobile one only",
        ]),
        (Err(_), Ok(_)) => Some(["có nhiều số, không số nào nhận được tin nhắn", "holds numbers that take no SMS"]),
        (Err(error), Err(_)) => Some([error.vi(), error.for_caller()]),
    }
}

/// Whether a character may be within a number: a space, a dot, a dash or a bracket of any kind, or a character that
/// nobody sees.
#[must_use]
pub fn is_separator(character: char) -> bool {
    character.is_whitespace() || is_unseen(character) || is_dash(character) || matches!(character, '.' | '(' | ')')
}

/// Whether it is a dash: hyphens, dashes, the minus sign, and their wide and small forms.
#[must_use]
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether it is a character of no width: direction marks, joiners, the byte-order mark, the soft hyphen.
#[must_use]
pub fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns the numbers of a field that holds several and nothing else; `None` if some part of it is no number. They are
/// apart by a comma, a slash and the like, by a dash, or by a space alone.
fn several(written: &str) -> Option<Vec<Phone>> {
    const MOST: usize = 200;
    if written.len() > MOST {
        return None;
    }
    let apart: [fn(char) -> bool; 3] = [|c| matches!(c, ',' | ';' | '/' | '|' | '&'), is_dash, char::is_whitespace];
    apart.into_iter().find_map(|is_apart| {
        let parts = written.split(is_apart).filter(|part| !part.chars().all(is_separator));
        let numbers: Option<Vec<Phone>> = parts.map(|part| Phone::parse(part).ok()).collect();
        numbers.filter(|numbers| numbers.len() > 1)
    })
}

/// Returns the national number without its trunk 0: nine digits for mobiles, ten for old mobiles and landlines.
fn national_digits(written: &str) -> Result<String, PhoneError> {
    let mut plus = false;
    let mut digits = String::new();
    let mut seen = 0;
    for character in written.chars().filter(|character| !is_unseen(*character)) {
        seen += usize::from(!character.is_whitespace());
        match character {
            '0'..='9' => digits.push(character),
            '+' if digits.is_empty() && !plus => plus = true,
            _ if is_separator(character) => {}
            _ => return Err(PhoneError::NotDigits),
        }
    }
    if seen == 0 {
        return Err(PhoneError::Empty);
    }
    if written.chars().count() > LONGEST_WRITTEN {
        return Err(PhoneError::Unassigned);
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

fn line_of(national: &str) -> Result<Line, PhoneError> {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| national.starts_with(prefix));
    match national.len() {
        9 if begins(&MOBILE) => Ok(Line::Mobile),
        10 if begins(&AREAS) => Ok(Line::Fixed),
        8..=10 if begins(&SERVICES) => Err(PhoneError::ServiceLine),
        _ => Err(PhoneError::Unassigned),
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
