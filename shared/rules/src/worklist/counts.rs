//! The number of dossiers in each list, and of those due on each day: of a whole agency, and of each account that holds
//! some.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{List, Projection};

const LIST: &str = "list#";
const DUE: &str = "due#";
const CALL: &str = "call#";
/// The day of those who are to be called at once, which sorts before every day.
const AT_ONCE: &str = "0";

/// The counts of one agency, or of what one account holds, by the name under which each is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, i64>);

impl Counts {
    /// Reads the numbers kept under the names of counts; other names are passed over.
    pub fn read<'a>(kept: impl Iterator<Item = (&'a str, i64)>) -> Self {
        let counts = kept.filter(|(name, _)| [LIST, DUE, CALL].iter().any(|prefix| name.starts_with(prefix)));
        Self(counts.map(|(name, count)| (name.to_owned(), count)).collect())
    }

    /// Returns how many are in a list.
    #[must_use]
    pub fn of(&self, list: List) -> u64 {
        self.0.get(&of_list(list)).copied().map_or(0, at_least_none)
    }

    /// Returns how many are due from that day to that one, both included.
    #[must_use]
    pub fn due(&self, from: Date, to: Date) -> u64 {
        if from > to {
            return 0;
        }
        self.0.range(of_day(from)..=of_day(to)).map(|(_, count)| at_least_none(*count)).sum()
    }

    /// Returns how many were due before today. A dossier that counts office hours is among them from the day after its
    /// date; its row has the instant.
    #[must_use]
    pub fn late(&self, today: Date) -> u64 {
        let days = self.0.range(DUE.to_owned()..of_day(today));
        days.map(|(_, count)| at_least_none(*count)).sum()
    }

    /// Returns how many people are to be called today: at once, or by the day on which they asked for it.
    #[must_use]
    pub fn calls(&self, today: Date) -> u64 {
        let days = self.0.range(of_call(None)..=of_call(Some(today)));
        days.map(|(_, count)| at_least_none(*count)).sum()
    }

    /// Adds somebody who is to be called from this day, or at once, if `times` is 1, and takes them away if it is -1.
    pub fn add_call(&mut self, from: Option<Date>, times: i64) {
        *self.0.entry(of_call(from)).or_default() += times;
    }

    /// Returns how many are due today or on the next working day.
    #[must_use]
    pub fn due_within_a_day(&self, today: Date, next_working_day: Date) -> u64 {
        self.due(today, next_working_day)
    }

    /// Returns how many dossiers there are in some stage of work; the other lists repeat some of them.
    #[must_use]
    pub fn load(&self) -> u64 {
        [List::New, List::Running, List::Paused, List::Ready].into_iter().map(|list| self.of(list)).sum()
    }

    /// Adds a dossier's places in the agency's lists if `times` is 1, and takes them away if it is -1.
    pub fn add(&mut self, projection: &Projection, times: i64) {
        self.add_of(projection, None, times);
    }

    /// Does the same with its places in the lists of the account that holds it.
    pub fn add_held(&mut self, projection: &Projection, times: i64) {
        if let Some(holder) = projection.holder() {
            self.add_of(projection, Some(holder), times);
        }
    }

    fn add_of(&mut self, projection: &Projection, holder: Option<&str>, times: i64) {
        for name in counted_under(projection, holder) {
            *self.0.entry(name).or_default() += times;
        }
    }

    /// Returns the counts that differ from others: the name, here and there.
    #[must_use]
    pub fn against(&self, others: &Self) -> Vec<(String, i64, i64)> {
        let names: std::collections::BTreeSet<_> = self.0.keys().chain(others.0.keys()).collect();
        let of = |counts: &Self, name: &str| counts.0.get(name).copied().unwrap_or(0);
        let both = names.into_iter().map(|name| (name.clone(), of(self, name), of(others, name)));
        both.filter(|(_, here, there)| here != there).collect()
    }

    /// Returns those that are not zero, by the name under which each is kept.
    pub fn kept(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().filter(|(_, count)| **count != 0).map(|(name, count)| (name.as_str(), *count))
    }
}

/// Returns the names under which a dossier is counted, for the agency or for whoever holds it.
fn counted_under(projection: &Projection, holder: Option<&str>) -> impl Iterator<Item = String> {
    let places = projection.places.iter().filter(move |place| place.holder.as_deref() == holder);
    places.map(|place| of_list(place.list)).chain(projection.due_on.map(of_day))
}

fn of_list(list: List) -> String {
    format!("{LIST}{}", list.name())
}

fn of_day(day: Date) -> String {
    format!("{DUE}{day}")
}

/// Returns the name under which those are counted who are to be called from this day, or at once.
#[must_use]
pub fn of_call(from: Option<Date>) -> String {
    from.map_or_else(|| format!("{CALL}{AT_ONCE}"), |day| format!("{CALL}{day}"))
}

fn at_least_none(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
