//! The table of a day, form 01/TH-BLĐT (NĐ 254/2026 art. 29): what was issued, replaced and cancelled on it.
//!
//! A row stands in the table of the day on which it was recorded. What concerns money of an earlier day names that day as the
//! period it corrects, so the sum of the rows by period is what was collected on each day.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Charge, ReceiptNo, kind_name};
use crate::vietnam;
use crate::vnd::Vnd;

/// State of a receipt in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Mới.
    New,
    /// Hủy.
    Cancelled,
    /// Thay thế.
    Replaces {
        /// The receipt that it replaces.
        no: ReceiptNo,
        /// The amount of that one.
        amount_vnd: Vnd,
    },
}

impl Change {
    /// Returns the word of the form.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "Mới",
            Self::Cancelled => "Hủy",
            Self::Replaces { .. } => "Thay thế",
        }
    }

    /// Returns a short name, which tells the rows of one receipt apart.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Cancelled => "cancelled",
            Self::Replaces { .. } => "replaces",
        }
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The key of the request.
    pub key: String,
    /// Form, symbol and number.
    pub no: ReceiptNo,
    /// The date on the receipt.
    pub issued_on: Date,
    /// The kinds of charge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Charge>,
    /// The amount on the receipt.
    pub amount_vnd: Vnd,
    /// Its state.
    pub change: Change,
    /// When it was recorded, which decides in which table it stands.
    pub at: Timestamp,
    /// The day on which the money was collected.
    pub collected_on: Date,
    /// The reason of a cancellation or a replacement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

impl Row {
    /// Returns the day in whose table it stands.
    #[must_use]
    pub fn on(&self) -> Date {
        vietnam::day(self.at)
    }

    /// Returns the earlier day that it corrects, if it does not concern the table's own.
    #[must_use]
    pub fn period(&self) -> Option<Date> {
        Some(self.collected_on).filter(|day| *day != self.on())
    }

    /// Returns the receipt that it is related to.
    #[must_use]
    pub fn related(&self) -> Option<ReceiptNo> {
        match self.change {
            Change::Replaces { no, .. } => Some(no),
            Change::New | Change::Cancelled => None,
        }
    }

    /// Returns what it adds to the sum of the day of collection, in đồng.
    #[must_use]
    pub fn effect(&self) -> i64 {
        let signed = |amount: Vnd| i64::try_from(amount.dong()).unwrap_or(i64::MAX);
        match self.change {
            Change::New => signed(self.amount_vnd),
            Change::Cancelled => -signed(self.amount_vnd),
            Change::Replaces { amount_vnd, .. } => signed(self.amount_vnd) - signed(amount_vnd),
        }
    }

    /// Returns the names of its charges.
    #[must_use]
    pub fn charged(&self) -> String {
        let names: Vec<&str> = self.charges.iter().map(|charge| charge.name.as_str()).collect();
        if names.is_empty() { kind_name(None).to_owned() } else { names.join("; ") }
    }
}

/// Returns the sum of rows, in đồng: less than nothing if more was cancelled than issued.
#[must_use]
pub fn total_vnd<'a>(rows: impl IntoIterator<Item = &'a Row>) -> i64 {
    rows.into_iter().map(Row::effect).fold(0, i64::saturating_add)
}
