//! Report of a run, in numbers.

use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Files {
    /// Files that are stored now.
    pub stored: u64,
    /// Links that are not fetched. They went to a person.
    pub refused: u64,
    /// Links whose host, or the office's own place for files, did not answer. They are tried again.
    pub waiting: u64,
    /// Failures of the store.
    pub errors: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}
