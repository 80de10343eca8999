//! Reports from totals of days, without looking at a dossier.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::contribution::{BY_POST, FROM_PORTAL, RECEIVED, kept_as, last_instant};
use super::counts::counted_for;
use super::{Counts, Flow, Group, Period, Reading, Report, Tally};
use crate::dossier::Filing;
use crate::id::AgencyCode;
use crate::vietnam;

/// The totals of a period: from the beginning of a day to the end of another.
#[derive(Clone, Debug)]
pub struct Totals {
    /// Its first day.
    pub from: Date,
    /// Its last day; everything is judged at its end.
    pub to: Date,
    groups: BTreeMap<Group, Counts>,
}

/// The totals of some groups together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    counts: Counts,
    received: BTreeMap<Filing, i64>,
}

impl Totals {
    /// Makes empty totals.
    #[must_use]
    pub fn new(from: Date, to: Date) -> Self {
        Self { from, to, groups: BTreeMap::new() }
    }

    /// Adds the totals of a day. All days up to the last are needed, from the first dossier on, in any order. Days
    /// before the first may come in any sums.
    pub fn add(&mut self, day: Date, group: &Group, counts: &Counts) {
        if day > self.to {
            return;
        }
        for (name, number) in counts.iter() {
            let (name, counts_for) = counted_for(name);
            if counts_for.is_none_or(|day| day >= self.from) {
                self.groups.entry(group.clone()).or_default().add(name, number);
            }
        }
    }

    /// Returns the groups that something was counted of.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|(_, counts)| !counts.is_empty()).map(|(group, _)| group)
    }

    /// Returns the sum of the groups that are wanted.
    #[must_use]
    pub fn sum(&self, wanted: impl Fn(&Group) -> bool) -> Sum {
        let mut sum = Sum::default();
        for (group, counts) in self.groups.iter().filter(|(group, _)| wanted(group)) {
            sum.counts.add_all(counts);
            *sum.received.entry(group.channel).or_default() += counts.of(RECEIVED);
        }
        sum
    }

    /// Returns the period it is about.
    #[must_use]
    pub fn period(&self) -> Period {
        let from = vietnam::instant(self.from.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN);
        Period { from, as_of: last_instant(self.to) }
    }

    /// Makes the report of one agency's totals under one of the [`readings`](super::readings).
    #[must_use]
    pub fn report(&self, agency: &AgencyCode, reading: &Reading) -> Report {
        let mut report = Report::new(self.period(), reading.settings);
        report.whole = self.sum(|_| true).tally(reading);
        if report.whole != Tally::default() {
            report.by_agency.insert(agency.clone(), report.whole);
        }
        for of in self.groups() {
            let by_procedure = || self.sum(|group| group.procedure == of.procedure).tally(reading);
            report.by_procedure.entry(of.procedure.clone()).or_insert_with(by_procedure);
            let by_channel = || self.sum(|group| group.channel == of.channel).tally(reading);
            report.by_channel.entry(of.channel).or_insert_with(by_channel);
        }
        report.by_procedure.retain(|_, tally| *tally != Tally::default());
        report.by_channel.retain(|_, tally| *tally != Tally::default());
        report
    }
}

impl Sum {
    /// Makes the tally under one of the [`readings`](super::readings).
    #[must_use]
    pub fn tally(&self, reading: &Reading) -> Tally {
        let mut tally = Tally::default();
        let names: Vec<_> = tally.numbers().map(|(name, _)| name).collect();
        for name in names {
            tally.set(name, whole(self.counts.of(&kept_as(name, reading))));
        }
        self.received.iter().for_each(|(channel, number)| tally.set_received(*channel, whole(*number)));
        tally.carried_over = tally.all().saturating_sub(tally.received_in_period());
        tally
    }

    /// Returns how often it happened in the period.
    #[must_use]
    pub fn flow(&self, flow: Flow) -> u64 {
        whole(self.counts.of(flow.name()))
    }

    /// Returns how many of those received in the period have chosen that the result comes by post.
    #[must_use]
    pub fn returned_by_post(&self) -> u64 {
        whole(self.counts.of(BY_POST))
    }

    /// Returns how many were received in the period from each portal, by its id.
    #[must_use]
    pub fn from_portals(&self) -> BTreeMap<&str, u64> {
        let portals = self.counts.iter().filter_map(|(name, number)| Some((name.strip_prefix(FROM_PORTAL)?, number)));
        portals.map(|(portal, number)| (portal, whole(number))).collect()
    }
}

/// Reads a negative number as 0: there may be one for a moment while a dossier's months are replaced one by one.
fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
