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

/// Compares two lists; their order does not matter. Payments of one number are several payments: each of the
/// settlement's lines is held against one of ours.
#[must_use]
pub fn compare(settled: Vec<Line>, ours: Vec<Line>) -> Differences {
    let mut differences = Differences::default();
    let mut by_number: BTreeMap<String, [Vec<Line>; 2]> = BTreeMap::new();
    for (place, lines) in [settled, ours].into_iter().enumerate() {
        for line in lines {
            by_number.entry(line.transaction.clone()).or_default()[place].push(line);
        }
    }
    for [settled, ours] in by_number.into_values() {
        differences.add(settled, ours);
    }
    differences
}

impl Differences {
    /// Adds the lines of one number: those that are equal agree, then those of one amount. A line given before in the
    /// settlement is a repetition; another one differs in its amount from one of ours, if any is left.
    fn add(&mut self, settled: Vec<Line>, mut ours: Vec<Line>) {
        let mut seen: Vec<Line> = Vec::new();
        let mut left = settled;
        let alike: [fn(&Line, &Line) -> bool; 2] = [|a, b| a == b, |a, b| a.amount_vnd == b.amount_vnd];
        for alike in alike {
            left.retain(|line| {
                let Some(place) = ours.iter().position(|own| alike(line, own)) else { return true };
                ours.remove(place);
                seen.push(line.clone());
                self.agreed += 1;
                false
            });
        }
        for line in left {
            let place = ours.iter().position(|own| own.reference == line.reference);
            if seen.contains(&line) {
                self.repeated.push(line);
            } else if let Some(place) = place.or((!ours.is_empty()).then_some(0)) {
                let own = ours.remove(place);
                seen.push(line.clone());
                self.amounts.push((line, own.amount_vnd));
            } else {
                seen.push(line.clone());
                self.not_ours.push(line);
            }
        }
        self.not_settled.append(&mut ours);
    }
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

    #[test]
    fn payments_of_one_number_are_held_against_each_other_one_by_one() {
        let of = |reference: &str, dong| Line { reference: reference.into(), ..line("1", dong) };
        let two = || vec![of("A", 10), of("B", 20)];
        assert_eq!(compare(two(), two()), Differences { agreed: 2, ..Differences::default() });
        let missing = Differences { agreed: 1, not_settled: vec![of("A", 10)], ..Differences::default() };
        assert_eq!(compare(vec![of("B", 20)], two()), missing);
        let unknown = Differences { agreed: 1, not_ours: vec![of("B", 20)], ..Differences::default() };
        assert_eq!(compare(two(), vec![of("A", 10)]), unknown);
        let repeated = Differences { agreed: 2, repeated: vec![of("A", 10)], ..Differences::default() };
        assert_eq!(compare(vec![of("A", 10), of("A", 10), of("B", 20)], two()), repeated);
        let other =
            Differences { amounts: vec![(of("A", 11), Vnd::new(10).unwrap())], agreed: 1, ..Differences::default() };
        assert_eq!(compare(vec![of("A", 11), of("B", 20)], two()), other);
        // A line that differs in its amount belongs to the order that it names, wherever that one stands.
        let named = Differences {
            amounts: vec![(of("B", 21), Vnd::new(20).unwrap())],
            not_settled: vec![of("A", 10)],
            ..Differences::default()
        };
        assert_eq!(compare(vec![of("B", 21)], two()), named);
        // Two of ours with everything alike are two payments all the same.
        assert_eq!(compare(vec![of("A", 10); 2], vec![of("A", 10); 2]).agreed, 2);
    }
}
