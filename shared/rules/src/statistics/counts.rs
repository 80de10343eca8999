//! Small whole numbers by name, and the groups they are counted in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::dossier::Filing;

/// The group that a dossier is counted in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    /// `KenhThucHien`.
    pub channel: Filing,
    /// `MaTTHC`.
    pub procedure: String,
}

/// Whole numbers by the name of the thing counted. Some names end with `@` and the day they count for: a report leaves
/// out numbers for a day before its first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<String, i64>);

impl Counts {
    /// Counts `number` more of this name.
    pub fn add(&mut self, name: impl Into<String>, number: i64) {
        let name = name.into();
        let sum = self.of(&name) + number;
        if sum == 0 {
            self.0.remove(&name);
        } else {
            self.0.insert(name, sum);
        }
    }

    /// Returns the number of this name.
    #[must_use]
    pub fn of(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Adds every number of another.
    pub fn add_all(&mut self, other: &Self) {
        other.iter().for_each(|(name, number)| self.add(name, number));
    }

    /// Takes every number of another away.
    pub fn take_all(&mut self, other: &Self) {
        other.iter().for_each(|(name, number)| self.add(name, -number));
    }

    /// Whether nothing is left to count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the numbers that are not zero, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(name, number)| (name.as_str(), *number))
    }

    /// Returns the numbers that count whatever day a report begins on.
    #[must_use]
    pub fn standing(&self) -> Self {
        self.iter().filter(|(name, _)| counted_for(name).1.is_none()).collect()
    }
}

impl<N: Into<String>> FromIterator<(N, i64)> for Counts {
    fn from_iter<I: IntoIterator<Item = (N, i64)>>(numbers: I) -> Self {
        let mut counts = Self::default();
        numbers.into_iter().for_each(|(name, number)| counts.add(name, number));
        counts
    }
}

/// Returns the name under which something counts for a day; without a day it counts for every report.
pub(super) fn named(name: &str, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("{name}@{day}"),
        None => name.to_owned(),
    }
}

/// Splits a name into the name proper and the day it counts for.
pub(super) fn counted_for(name: &str) -> (&str, Option<Date>) {
    let dated = name.rsplit_once('@').and_then(|(name, day)| Some((name, day.parse().ok()?)));
    dated.map_or((name, None), |(name, day)| (name, Some(day)))
}
