//! Report of a run, in numbers.

use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Orders that an operator took.
    pub ordered: u64,
    /// Orders that were cancelled.
    pub cancelled: u64,
    /// Orders and cancellations that an operator refused. They went to a person.
    pub refused: u64,
    /// Look-ups.
    pub looked_up: u64,
    /// Rows of feeds that told something new.
    pub rows: u64,
    /// Parcels whose dossiers were told something.
    pub told: u64,
    /// Events without a parcel that found it.
    pub found: u64,
    /// Tasks whose turn failed by itself, tried again later.
    pub put_off: u64,
    /// Operators that did not answer, or do not let the office log in.
    pub shut: u64,
    /// Operators that were left alone because it was too early to try again, or because another run is at them.
    pub left_alone: u64,
    /// Failures of the store.
    pub errors: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}
