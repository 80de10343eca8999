//! Codes of units, and the day by whose catalogue a code is meant.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::kind::Level;

/// A code of the Statistics Office without its day: two digits of a province, three of a district, five of a commune.
/// By itself it names nothing, see [`UnitCode`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(
    /// The digits behind a one, so that zeros in front count: codes of a higher level come first.
    u32,
);

/// Reason why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Not two, three or five digits.
    #[error("is not a code of 2, 3 or 5 digits")]
    Digits,
    /// No day behind the code, or none such as 2025-07-01.
    #[error("is not a code and the day of its catalogue, such as 26740@2025-07-01")]
    Day,
}

impl Code {
    /// Reads a code.
    ///
    /// # Errors
    /// [`CodeError::Digits`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        if !matches!(text.len(), 2 | 3 | 5) || !text.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(CodeError::Digits);
        }
        Ok(Self(text.bytes().fold(1, |number, digit| 10 * number + u32::from(digit - b'0'))))
    }

    /// Returns a number by which codes are sorted.
    pub(crate) fn order(self) -> u32 {
        self.0
    }

    /// Returns what it is a code of.
    #[must_use]
    pub fn level(&self) -> Level {
        match self.0 {
            ..1_000 => Level::Province,
            1_000..10_000 => Level::District,
            10_000.. => Level::Commune,
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string()[1..])
    }
}

/// A code and a day on which its catalogue held: 26740 was Phường Bến Nghé and is Phường Sài Gòn. Written
/// `26740@2025-07-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitCode {
    /// The code.
    pub code: Code,
    /// The day.
    pub catalogue: Date,
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.code, self.catalogue)
    }
}

impl FromStr for UnitCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (code, day) = text.split_once('@').ok_or(CodeError::Day)?;
        // Ten characters: a date with an hour after it is something else.
        let catalogue = day.parse().ok().filter(|_| day.len() == 10).ok_or(CodeError::Day)?;
        Ok(Self { code: Code::parse(code)?, catalogue })
    }
}

impl TryFrom<String> for UnitCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.to_string()
    }
}
