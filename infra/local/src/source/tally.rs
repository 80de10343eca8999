//! The player's own count of what it played, to be compared with the report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::statistics::{Flow, Sum};

use crate::demo::{DemoError, expect};

/// The count: nothing of it is read from the office.
#[derive(Debug, Default)]
pub(super) struct Count {
    steps: BTreeMap<&'static str, Vec<Date>>,
    received: BTreeMap<String, Vec<Date>>,
}

impl Count {
    /// Counts a step.
    pub(super) fn step(&mut self, flow: Flow, day: Date) {
        self.steps.entry(flow.name()).or_default().push(day);
    }

    /// Counts a dossier that came from a portal.
    pub(super) fn received(&mut self, portal: &str, day: Date) {
        self.received.entry(portal.to_owned()).or_default().push(day);
    }

    /// Compares every figure with a report of a period, and returns them by name: equal ones alone.
    ///
    /// # Errors
    /// [`DemoError::Unexpected`] at the first one that differs.
    pub(super) fn agrees(&self, sum: &Sum, from: Date, to: Date) -> Result<Vec<(String, u64)>, DemoError> {
        let within = |days: &Vec<Date>| days.iter().filter(|day| (from..=to).contains(*day)).count() as u64;
        let mut figures = Vec::new();
        for flow in Flow::ALL {
            let counted = self.steps.get(flow.name()).map(within).unwrap_or_default();
            expect(flow.name(), &counted, &sum.flow(flow))?;
            figures.push((flow.told()[1].to_owned(), counted));
        }
        let counted: BTreeMap<&str, u64> =
            self.received.iter().map(|(portal, days)| (portal.as_str(), within(days))).filter(|it| it.1 > 0).collect();
        expect("received from portals", &counted, &sum.from_portals())?;
        figures.extend(counted.into_iter().map(|(portal, number)| (format!("received from {portal}"), number)));
        Ok(figures)
    }
}
