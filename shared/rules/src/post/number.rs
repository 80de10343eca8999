//! Our own number of a parcel: the order number that an operator is given.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A parcel's number, such as `B26-000123`: the year, and a number that the agency's counter of that year gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ParcelNo {
    year: u8,
    number: u32,
}

/// Text that is no number of a parcel or of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a number of ours")]
pub struct NotANumber;

impl ParcelNo {
    /// Returns the number of this place in a year (by its last two digits).
    #[must_use]
    pub fn of(year: i16, number: u32) -> Self {
        Self { year: u8::try_from(year.rem_euclid(100)).unwrap_or(0), number }
    }

    /// Reads one. Small letters and spaces around it are taken, since people type it.
    ///
    /// # Errors
    /// [`NotANumber`].
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let (year, number) = read(['B', 'b'], text)?;
        Ok(Self { year, number })
    }

    /// Returns the name of the counter that gives the numbers of its year.
    #[must_use]
    pub fn series(year: i16) -> String {
        format!("parcel#{:02}", year.rem_euclid(100))
    }
}

/// Reads a letter, a year and a number of six digits or more.
pub(super) fn read(letter: [char; 2], text: &str) -> Result<(u8, u32), NotANumber> {
    let rest = text.trim().strip_prefix(letter).ok_or(NotANumber)?;
    let (year, number) = rest.split_once('-').ok_or(NotANumber)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 2 || !(6..=9).contains(&number.len()) || !digits(year) || !digits(number) {
        return Err(NotANumber);
    }
    // A sequence never wraps: the millionth of a year has seven digits, and only then.
    if number.len() > 6 && number.starts_with('0') {
        return Err(NotANumber);
    }
    let number: u32 = number.parse().map_err(|_| NotANumber)?;
    if number == 0 {
        return Err(NotANumber);
    }
    Ok((year.parse().map_err(|_| NotANumber)?, number))
}

impl fmt::Display for ParcelNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B{:02}-{:06}", self.year, self.number)
    }
}

impl TryFrom<String> for ParcelNo {
    type Error = NotANumber;
    fn try_from(text: String) -> Result<Self, NotANumber> {
        Self::parse(&text)
    }
}

impl From<ParcelNo> for String {
    fn from(no: ParcelNo) -> Self {
        no.to_string()
    }
}
