//! Vouchers: the office's own numbers for money that it collected, without holes or repeats.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, s, under};
use super::{Claim, Error, Item, Key};
use rules::id::{AgencyCode, DossierId};
use rules::vnd::Vnd;

/// A number of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherNo {
    /// The series, such as `AA/20P`.
    pub series: String,
    /// 1, 2, …
    pub number: u64,
}

/// `AA/20P-0001234`.
impl fmt::Display for VoucherNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:07}", self.series, self.number)
    }
}

/// An official receipt (biên lai), as the agency's e-receipt provider, the portal or a paper book numbers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialReceipt {
    /// Mẫu số, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Ký hiệu, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Số.
    pub number: String,
    /// The person who noted it.
    pub by: String,
    /// The time.
    pub at: Timestamp,
}

/// Cancellation of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The person who cancelled it.
    pub by: String,
    /// The time.
    pub at: Timestamp,
    /// The reason.
    pub because: String,
}

/// Money collected under one number. A cancelled one is kept, and its number is never given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// The number.
    pub no: VoucherNo,
    /// The dossier.
    pub dossier: DossierId,
    /// The attempt that was paid.
    pub attempt: u8,
    /// The channel the money came through.
    pub channel: String,
    /// Its identity there.
    pub identity: String,
    /// The part of the money that pays the fee.
    pub amount_vnd: Vnd,
    /// The time it was paid.
    pub paid_at: Timestamp,
    /// The time the number was given.
    pub given_at: Timestamp,
    /// Counted from 1 with each change.
    pub version: u64,
    /// The official receipts noted, the one in force last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub official: Vec<OfficialReceipt>,
    /// Whether it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Cancelled>,
}

impl Voucher {
    /// Returns its key, among its dossier's items.
    #[must_use]
    pub fn key(&self, agency: &AgencyCode) -> Key {
        Key::voucher(agency, self.dossier, &self.no.series, self.no.number)
    }

    /// Reads an item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        read(item, "voucher")
    }

    /// Returns the item.
    #[must_use]
    pub fn item(&self, agency: &AgencyCode) -> Item {
        let mut item = under(&self.key(agency));
        item.insert("voucher".into(), json(self));
        item.insert("version".into(), n(self.version));
        item
    }

    /// Returns the claims that give the number after `counted`: on the counter, in its series and on its dossier.
    #[must_use]
    pub fn claims(&self, agency: &AgencyCode, counted: Option<u64>) -> [Claim; 3] {
        let VoucherNo { series, number } = &self.no;
        let mut entry = under(&Key::voucher_no(agency, series, *number));
        entry.insert("id".into(), s(self.dossier.as_str()));
        let counter = Claim::Count(Self::counter(agency, series), counted);
        [counter, Claim::New(entry), Claim::New(self.item(agency))]
    }

    /// Returns the key of the counter of a series, which holds how many numbers were given.
    #[must_use]
    pub fn counter(agency: &AgencyCode, series: &str) -> Key {
        Key::counter(agency, &format!("voucher#{series}"))
    }
}
