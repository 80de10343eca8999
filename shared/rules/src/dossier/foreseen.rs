//! Open dossiers whose dates other tables of days off would move, counted before the tables are put in force.

use std::collections::BTreeMap;

use super::decide::{Terms, is_open, moved};
use super::{Dossier, Event, evolve};

/// Open dossiers that were looked at, and what would become of their dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// Open dossiers looked at.
    pub open: u64,
    /// Those whose due or promised date would move, by the number of calendar days: later ones positive. 0 is another
    /// hour of the same day.
    pub by_days: BTreeMap<i32, u64>,
    /// Those of which only a wait, a reminder, a grace or an acceptance limit would move.
    pub other: u64,
    /// Those whose year would still have no table, so that no date can be counted.
    pub without_table: u64,
    /// Whether there are more open dossiers than were looked at.
    pub more: bool,
}

impl Foreseen {
    /// Adds a dossier, counted by the tables and hours of `terms`. One that is finished keeps its dates.
    pub fn add(&mut self, dossier: &Dossier, terms: Terms<'_>) {
        if !is_open(dossier) {
            return;
        }
        self.open += 1;
        self.without_table += u64::from(dossier.has_gap());
        let moved = moved(dossier, terms);
        if moved.is_empty() {
            return;
        }
        let after = evolve(dossier.clone(), &Event::Recounted(moved.clone()));
        match moved.was.zip(after.due()) {
            Some((was, due)) => *self.by_days.entry((due.on - was.on).get_days()).or_default() += 1,
            None => self.other += 1,
        }
    }

    /// Dossiers whose due date would be later.
    #[must_use]
    pub fn later(&self) -> u64 {
        self.by_days.range(1..).map(|(_, dossiers)| dossiers).sum()
    }

    /// Dossiers whose due date would be sooner.
    #[must_use]
    pub fn sooner(&self) -> u64 {
        self.by_days.range(..0).map(|(_, dossiers)| dossiers).sum()
    }
}
