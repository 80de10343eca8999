//! A manifest of the post (bảng kê): on paper with its signatures, as labels, and as a file for the operator.

mod barcode;
mod file;
mod labels;
mod sheet;
mod slip;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use motcua::store::People;

pub(crate) use file::{csv, xlsx};
pub(crate) use labels::labels;
pub(crate) use sheet::sheet;
pub(crate) use slip::{Slip, slip};

/// One parcel of a manifest, as it is written on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Our number of it.
    pub parcel: String,
    /// The operator's number, once it has one.
    pub waybill: Option<String>,
    /// The receiver.
    pub to: String,
    /// The telephone, as it is dialled here.
    pub telephone: String,
    /// House and street, commune and province, the commune and district of before in brackets.
    pub lines: Vec<String>,
    /// Person who may take it in the receiver's place.
    pub may_receive: Option<String>,
    /// Papers that the postman collects at the door.
    pub collects: Vec<String>,
    /// Codes of the dossiers in it.
    pub dossiers: Vec<String>,
    /// Payer of the postage, in a word or two.
    pub postage: String,
}

/// A manifest, for paper and files.
#[derive(Clone, Copy)]
pub(crate) struct Bill<'a> {
    /// The agency's full name.
    pub agency_name: &'a str,
    /// The address of its emblem, if the configuration has one.
    pub emblem: Option<&'a str>,
    /// The manifest's number.
    pub number: &'a str,
    /// The operator.
    pub operator: &'a str,
    /// The time at which the operator took it; `None` while it is open.
    pub closed_at: Option<Timestamp>,
    /// Its parcels.
    pub rows: &'a [Row],
    /// The page to come back to.
    pub back: &'a str,
    /// The agency's directory.
    pub people: &'a People,
    /// Account of the person who prints.
    pub clerk: &'a str,
    /// The office's time.
    pub now: Timestamp,
}

impl Row {
    /// The number that the operator scans: its own, or ours where it has none.
    fn scanned(&self) -> &str {
        self.waybill.as_deref().unwrap_or(&self.parcel)
    }
}

impl Bill<'_> {
    /// Number of the dossiers in all its parcels.
    fn dossiers(&self) -> usize {
        self.rows.iter().map(|row| row.dossiers.len()).sum()
    }

    /// The day that stands on paper: the same on every print of a closed one.
    fn at(&self) -> Timestamp {
        self.closed_at.unwrap_or(self.now)
    }
}
