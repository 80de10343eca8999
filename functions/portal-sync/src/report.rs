//! Report of a run, in numbers.

use serde::Serialize;

/// Counts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Dossiers of which a portal knows everything now.
    pub told: u64,
    /// Dossiers of which there was nothing that a portal could be told.
    pub nothing: u64,
    /// Dossiers that a portal refuses. They went to a person.
    pub refused: u64,
    /// Dossiers whose telling failed by itself, tried again later.
    pub put_off: u64,
    /// Portals that did not answer, or do not let the office log in.
    pub shut: u64,
    /// Portals that were left alone because it was too early to try again, or because another run is at them.
    pub left_alone: u64,
    /// Failures of the store.
    pub errors: u64,
    /// Age of the oldest untold step that a portal waits for, in minutes.
    pub oldest_minutes: u64,
    /// Whether something due was left to the next run.
    pub unfinished: bool,
}
