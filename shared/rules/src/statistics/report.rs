//! Cases counted as a whole and by groups.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Case, Period, Settings, Tally};
use crate::dossier::Filing;
use crate::id::AgencyCode;

/// A count of cases, as a whole and by agency, procedure and channel. Counts of different cases add up, so that a long
/// list can be counted page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The time it is about.
    pub period: Period,
    /// The rules by which cases are judged.
    pub settings: Settings,
    /// All of them.
    pub whole: Tally,
    /// By agency.
    pub by_agency: BTreeMap<AgencyCode, Tally>,
    /// By `MaTTHC`.
    pub by_procedure: BTreeMap<String, Tally>,
    /// By `KenhThucHien`.
    pub by_channel: BTreeMap<Filing, Tally>,
}

impl Report {
    /// Makes a report without cases.
    #[must_use]
    pub fn new(period: Period, settings: Settings) -> Self {
        Self {
            period,
            settings,
            whole: Tally::default(),
            by_agency: BTreeMap::new(),
            by_procedure: BTreeMap::new(),
            by_channel: BTreeMap::new(),
        }
    }

    /// Counts one more case.
    pub fn add(&mut self, case: &Case) {
        let (period, settings) = (self.period, self.settings);
        if !period.holds(case) {
            return;
        }
        self.whole.add(case, period, settings);
        self.by_agency.entry(case.agency.clone()).or_default().add(case, period, settings);
        self.by_procedure.entry(case.procedure.clone()).or_default().add(case, period, settings);
        self.by_channel.entry(case.channel).or_default().add(case, period, settings);
    }

    /// Merges this report with one of other cases; `None` if that is about another time or judged otherwise.
    #[must_use]
    pub fn merged(mut self, other: &Self) -> Option<Self> {
        if (self.period, self.settings) != (other.period, other.settings) {
            return None;
        }
        self.whole = self.whole.merged(&other.whole);
        merge(&mut self.by_agency, &other.by_agency);
        merge(&mut self.by_procedure, &other.by_procedure);
        merge(&mut self.by_channel, &other.by_channel);
        Some(self)
    }
}

fn merge<K: Ord + Clone>(groups: &mut BTreeMap<K, Tally>, others: &BTreeMap<K, Tally>) {
    for (key, tally) in others {
        let group = groups.entry(key.clone()).or_default();
        *group = group.merged(tally);
    }
}
