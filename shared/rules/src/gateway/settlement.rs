//! A gateway's settlement, compared with our records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vnd::Vnd;

/// One payment, of the settlement or of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The gateway's number for it; at the national platform, the reference.
    pub transaction: String,
    /// The order's number.
    pub reference: String,
    /// Whole đồng.
    pub amount_vnd: Vnd,
}

/// The differences between the two, each list sorted by the gateway's number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    /// The number of lines that agree.
    pub agreed: usize,
    /// In the settlement and not in ours: money that was never recorded.
    pub not_ours: Vec<Line>,
    /// In ours and not in the settlement: money that was not handed over.
    pub not_settled: Vec<Line>,
    /// In both with different amounts: the settlement's line, and our amount.
    pub amounts: Vec<(Line, Vnd)>,
    /// Given more than once in the settlement: all but the first.
    pub repeated: Vec<Line>,
}

impl Differences {
    /// Returns the number of differences.
    #[must_use]
    pub fn count(&self) -> usize {
        let Self { agreed: _, not_ours, not_settled, amounts, repeated } = self;
        not_ours.len() + not_settled.len() + amounts.len() + repeated.len()
    }

    /// Whether there are no differences.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// Compares two lists; their order does not matter.
#[must_use]
pub fn compare(settled: Vec<Line>, ours: Vec<Line>) -> Differences {
    let mut differences = Differences::default();
    let mut ours: BTreeMap<_, _> = ours.into_iter().map(|line| (line.transaction.clone(), line)).collect();
    let mut by_number = BTreeMap::new();
    for line in settled {
        match by_number.entry(line.transaction.clone()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(line);
            }
            std::collections::btree_map::Entry::Occupied(_) => differences.repeated.push(line),
        }
    }
    for (number, line) in by_number {
        match ours.remove(&number) {
            None => differences.not_ours.push(line),
            Some(own) if own.amount_vnd == line.amount_vnd => differences.agreed += 1,
            Some(own) => differences.amounts.push((line, own.amount_vnd)),
        }
    }
    differences.not_settled = ours.into_values().collect();
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(transaction: &str, dong: u64) -> Line {
        Line { transaction: transaction.into(), reference: "R".into(), amount_vnd: Vnd::new(dong).unwrap() }
    }

    #[test]
    fn every_difference_is_listed_once_and_what_agrees_is_counted() {
        let settled = vec![line("4", 40), line("1", 10), line("2", 21), line("1", 10)];
        let ours = vec![line("3", 30), line("1", 10), line("2", 20)];
        let expected = Differences {
            agreed: 1,
            not_ours: vec![line("4", 40)],
            not_settled: vec![line("3", 30)],
            amounts: vec![(line("2", 21), Vnd::new(20).unwrap())],
            repeated: vec![line("1", 10)],
        };
        assert_eq!(compare(settled, ours), expected);
        assert!(!expected.is_empty());
        assert!(compare(vec![line("1", 10)], vec![line("1", 10)]).is_empty());
    }
}
