//! The name of a receipt among all others: form (mẫu), symbol (ký hiệu) and number (số).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The letters of a symbol: twenty, those of the alphabet that cannot be taken for another letter or a digit.
pub const LETTERS: [char; 20] =
    ['A', 'B', 'C', 'D', 'E', 'G', 'H', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'X', 'Y'];

/// Text that is no form, symbol or number of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Neither `EBL01` nor `EBL02`.
    #[error("is neither EBL01 nor EBL02")]
    Form,
    /// Not two digits of a year, `T` and two of the twenty letters.
    #[error("takes the year's two digits, T and two of the letters ABCDEGHKLMNPQRSTUVXY")]
    Symbol,
    /// Not a number from 1 to 99999999.
    #[error("takes a number from 1 to 99999999")]
    Number,
}

/// The form of an electronic receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Form {
    /// Without a face value: the amount is written at issuing.
    Ebl01,
    /// With a face value.
    Ebl02,
}

impl Form {
    /// Reads one.
    ///
    /// # Errors
    /// [`NotAName::Form`].
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        match text {
            "EBL01" => Ok(Self::Ebl01),
            "EBL02" => Ok(Self::Ebl02),
            _ => Err(NotAName::Form),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ebl01 => "EBL01",
            Self::Ebl02 => "EBL02",
        })
    }
}

/// A symbol, such as `26TAB`: the year, `T`, and two letters that the agency chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Symbol {
    year: u8,
    letters: [char; 2],
}

impl Symbol {
    /// Returns the symbol of these letters in a year.
    ///
    /// # Errors
    /// [`NotAName::Symbol`] if they are not two of the twenty.
    pub fn of(year: i16, letters: &str) -> Result<Self, NotAName> {
        let known = |letter: Option<char>| letter.filter(|letter| LETTERS.contains(letter)).ok_or(NotAName::Symbol);
        let mut given = letters.chars();
        let letters = [known(given.next())?, known(given.next())?];
        if given.next().is_some() {
            return Err(NotAName::Symbol);
        }
        Ok(Self { year: u8::try_from(year.rem_euclid(100)).unwrap_or(0), letters })
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`NotAName::Symbol`].
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let (year, rest) = text.split_at_checked(2).ok_or(NotAName::Symbol)?;
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAName::Symbol);
        }
        let letters = rest.strip_prefix('T').ok_or(NotAName::Symbol)?;
        Self::of(year.parse().map_err(|_| NotAName::Symbol)?, letters)
    }

    /// Whether it is of this year.
    #[must_use]
    pub fn is_of(&self, year: i16) -> bool {
        i16::from(self.year) == year.rem_euclid(100)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}T{}{}", self.year, self.letters[0], self.letters[1])
    }
}

impl TryFrom<String> for Symbol {
    type Error = NotAName;
    fn try_from(text: String) -> Result<Self, NotAName> {
        Self::parse(&text)
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.to_string()
    }
}

/// A number: at most eight digits, from 1 anew on each first of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Number(u32);

impl Number {
    /// The largest.
    pub const LARGEST: u32 = 99_999_999;

    /// Makes one.
    ///
    /// # Errors
    /// [`NotAName::Number`].
    pub fn new(number: u32) -> Result<Self, NotAName> {
        if (1..=Self::LARGEST).contains(&number) { Ok(Self(number)) } else { Err(NotAName::Number) }
    }

    /// Reads one; zeros before it are taken, as some print them.
    ///
    /// # Errors
    /// [`NotAName::Number`].
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        if !(1..=8).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAName::Number);
        }
        Self::new(text.parse().map_err(|_| NotAName::Number)?)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for Number {
    type Error = NotAName;
    fn try_from(number: u32) -> Result<Self, NotAName> {
        Self::new(number)
    }
}

impl From<Number> for u32 {
    fn from(number: Number) -> Self {
        number.0
    }
}

/// The whole name of a receipt: `EBL01 26TAB 12345678`, at most 20 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReceiptNo {
    /// The form.
    pub form: Form,
    /// The symbol.
    pub symbol: Symbol,
    /// The number.
    pub number: Number,
}

impl ReceiptNo {
    /// The most characters that one is written in.
    pub const LONGEST: usize = 20;
}

impl fmt::Display for ReceiptNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.form, self.symbol, self.number)
    }
}
