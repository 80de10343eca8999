//! Report of a run, in numbers.

use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Receipts that were issued, replacements among them.
    pub issued: u64,
    /// Of them, those that were found by their key after a call whose end was not known.
    pub found: u64,
    /// Receipts that were cancelled.
    pub cancelled: u64,
    /// Receipts and cancellations that a provider refused, or that cannot be written. They went to a person.
    pub refused: u64,
    /// Receipts whose files were fetched.
    pub fetched: u64,
    /// Receipts about which a provider that answers otherwise did not answer; they are looked up later.
    pub put_off: u64,
    /// Providers that did not answer, or do not let the office log in.
    pub shut: u64,
    /// Providers that were left alone because it was too early to try again, or because another run is at them.
    pub left_alone: u64,
    /// Receipts that wait longer than a day.
    pub late: u64,
    /// Receipts whose last day after an outage is over, as the hourly look found them.
    pub overdue: u64,
    /// Reporters that were reminded of tables that nobody reported.
    pub reminded: u64,
    /// Reminders that did not leave.
    pub unreminded: u64,
    /// Failures of the store.
    pub errors: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}
