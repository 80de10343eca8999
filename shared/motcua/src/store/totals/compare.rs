//! Comparison of the totals with what the dossiers add up to, and their repair.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{CommitError, Error, Span, Spans, Store};
use super::{Total, spread};
use rules::id::{AgencyCode, DossierId};
use rules::statistics::{Counts, Group, Month};

/// A comparison under way: begun, given every dossier of the agency, ended.
#[derive(Debug)]
pub struct Check<'s> {
    store: &'s Store,
    agency: AgencyCode,
    at_first: BTreeMap<(Span, Group), Total>,
    expected: BTreeMap<(Span, Group), Counts>,
}

/// A total that is not what the dossiers add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The time it covers.
    pub span: Span,
    /// The dossiers it covers.
    pub group: Group,
    /// The counts that must be added to make it right.
    pub missing: Counts,
    /// Whether it was put right.
    pub repaired: bool,
}

/// Result of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Totals that are what they should be.
    pub right: usize,
    /// Totals that are not.
    pub wrong: Vec<Difference>,
    /// Totals that were written meanwhile, of which nothing can be said.
    pub moving: usize,
}

impl<'s> Check<'s> {
    /// Reads the totals as they are before any dossier is looked at. The dossiers show which years there are: a year
    /// without standing counts has no total of its own.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn begin(store: &'s Store, agency: &AgencyCode, ids: &[DossierId]) -> Result<Self, Error> {
        let mut years = BTreeSet::new();
        for id in ids {
            let counted = store.counted_months(agency, *id).await?;
            let days = counted.values().flat_map(|counted| counted.contributions.iter()).map(|(day, ..)| day);
            years.extend(days.map(|day| day.year()));
        }
        let at_first = all(store, agency, &years).await?;
        Ok(Self { store, agency: agency.clone(), at_first, expected: BTreeMap::new() })
    }

    /// Adds the counts that one dossier keeps of itself.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn dossier(&mut self, id: DossierId) -> Result<(), Error> {
        for counted in self.store.counted_months(&self.agency, id).await?.values() {
            for (cell, counts) in spread(&counted.contributions) {
                self.expected.entry(cell).or_default().add_all(&counts);
            }
        }
        Ok(())
    }

    /// Compares, and puts right what can be. Nothing is said of a total that was written since the beginning: its
    /// expected value may be older than the total. A repair holds only if nobody wrote since.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn end(self, repair: bool) -> Result<Found, Error> {
        let years = self.expected.keys().map(|(span, _)| span.first_day().year()).collect();
        let now = all(self.store, &self.agency, &years).await?;
        let cells: BTreeSet<_> = self.expected.keys().chain(now.keys()).cloned().collect();
        let mut found = Found::default();
        for cell in cells {
            let writes = |totals: &BTreeMap<_, Total>| totals.get(&cell).map_or(0, |total| total.writes);
            if writes(&self.at_first) != writes(&now) {
                found.moving += 1;
                continue;
            }
            let mut missing = self.expected.get(&cell).cloned().unwrap_or_default();
            if let Some(total) = now.get(&cell) {
                missing.take_all(&total.counts);
            }
            if missing.is_empty() {
                found.right += 1;
                continue;
            }
            let repaired = repair && self.put_right(&cell, &missing, writes(&now)).await?;
            let (span, group) = cell;
            found.wrong.push(Difference { span, group, missing, repaired });
        }
        Ok(found)
    }

    async fn put_right(&self, (span, group): &(Span, Group), missing: &Counts, writes: u64) -> Result<bool, Error> {
        let moved = self.store.moved(&self.agency, *span, group, missing, Some(writes));
        match self.store.transact(vec![moved], 0).await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(false),
        }
    }
}

/// Reads every total of an agency: of the years that are there, and of those that are asked for.
async fn all(
    store: &Store,
    agency: &AgencyCode,
    years: &BTreeSet<i16>,
) -> Result<BTreeMap<(Span, Group), Total>, Error> {
    let mut totals = store.totals_in(agency, Spans::Years, "~").await?;
    let there: BTreeSet<i16> = totals.iter().map(|total| total.span.first_day().year()).chain(years.clone()).collect();
    for year in there {
        totals.extend(store.totals_in(agency, Spans::Months(year), "~").await?);
        let first = Month::of(Span::Year(year).first_day());
        for month in Month::between(first, Month::of(first.first_day().last_of_year())) {
            totals.extend(store.totals_in(agency, Spans::Days(month), "~").await?);
        }
    }
    Ok(totals.into_iter().map(|total| ((total.span, total.group.clone()), total)).collect())
}
