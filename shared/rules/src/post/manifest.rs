//! A manifest (bảng kê): the parcels that an operator is handed at one pick-up.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ParcelNo;
use super::number::{NotANumber, read};

/// The number of a manifest, such as `K26-000012`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ManifestNo {
    year: u8,
    number: u32,
}

impl ManifestNo {
    /// Returns the number of this place in a year.
    #[must_use]
    pub fn of(year: i16, number: u32) -> Self {
        Self { year: u8::try_from(year.rem_euclid(100)).unwrap_or(0), number }
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`NotANumber`].
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let (year, number) = read(['K', 'k'], text)?;
        Ok(Self { year, number })
    }

    /// Returns the name of the counter that gives the numbers of its year.
    #[must_use]
    pub fn series(year: i16) -> String {
        format!("manifest#{:02}", year.rem_euclid(100))
    }
}

impl fmt::Display for ManifestNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "K{:02}-{:06}", self.year, self.number)
    }
}

impl TryFrom<String> for ManifestNo {
    type Error = NotANumber;
    fn try_from(text: String) -> Result<Self, NotANumber> {
        Self::parse(&text)
    }
}

impl From<ManifestNo> for String {
    fn from(no: ManifestNo) -> Self {
        no.to_string()
    }
}

/// One manifest. A closed one never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its number.
    pub no: ManifestNo,
    /// The operator, by its id.
    pub operator: String,
    /// Time at which it was opened.
    pub opened_at: Timestamp,
    /// The account that opened it.
    pub opened_by: String,
    /// Time at which the operator took its parcels, and the account that noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<(Timestamp, String)>,
    /// Its parcels, in the order in which they were put.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parcels: Vec<ParcelNo>,
    /// Counted from 1 with each change. It is an attribute of its own of the stored item.
    #[serde(skip)]
    pub version: u64,
}

impl Manifest {
    /// The most parcels of one manifest: it is closed with all of them in one transaction.
    pub const MOST_PARCELS: usize = 90;

    /// Opens one.
    #[must_use]
    pub fn opened(no: ManifestNo, operator: &str, by: &str, at: Timestamp) -> Self {
        let (operator, opened_by) = (operator.to_owned(), by.to_owned());
        Self { no, operator, opened_at: at, opened_by, closed: None, parcels: Vec::new(), version: 1 }
    }

    /// Whether the operator has taken its parcels.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.is_some()
    }
}
