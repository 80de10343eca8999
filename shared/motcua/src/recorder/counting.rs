//! Counting a dossier into the totals.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Recorder;
use crate::store::{CommitError, CountedMonth, Error};
use rules::catalogue::{Procedure, ProcedureRef};
use rules::dossier::Recorded;
use rules::id::{AgencyCode, DossierId};
use rules::statistics::{Contributions, Month};
use rules::vietnam;

/// Most rounds, in case somebody else comes first.
const ROUNDS: u32 = 8;

/// Pages of a history that are counted: ten thousand commits, more than any dossier has.
const MOST_PAGES: u32 = 100;

impl Recorder {
    /// Counts a dossier into the totals as far as its history goes now. Returns how many of its months were written. If
    /// all is counted already, it costs two reads and writes nothing.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Contended`] if others came first each time: it is to be tried again.
    pub async fn count(&self, agency: &AgencyCode, id: DossierId) -> Result<u32, Error> {
        self.counted(agency, id, false).await
    }

    /// Counts it again from the beginning, whatever was counted before. Returns how many months were not right.
    ///
    /// # Errors
    /// As [`Self::count`].
    pub async fn recount(&self, agency: &AgencyCode, id: DossierId) -> Result<u32, Error> {
        self.counted(agency, id, true).await
    }

    async fn counted(&self, agency: &AgencyCode, id: DossierId, anew: bool) -> Result<u32, Error> {
        let mut written = 0;
        for _ in 0..ROUNDS {
            let history = self.countable(agency, id).await?;
            let Some(last) = history.last() else { return Ok(0) };
            let all = self.contributions(agency, id, &history).await?;
            let before = self.store.counted_months(agency, id).await?;
            let months: BTreeSet<_> = all.months().into_iter().chain(before.keys().copied()).collect();
            let mut months = months.into_iter();
            let outcome = loop {
                let Some(month) = months.next() else { break Ok(()) };
                let (before, version) = (before.get(&month), version_of(month, &history));
                let after = CountedMonth { version, contributions: all.in_month(month) };
                let right = match before {
                    Some(before) if anew => before.contributions == after.contributions,
                    Some(before) => before.version >= version,
                    None => false,
                };
                if right {
                    continue;
                }
                match self.store.count_month(agency, id, month, before, &after).await {
                    Ok(()) => written += 1,
                    Err(error) => break Err(error),
                }
            };
            match outcome {
                // A commit recorded meanwhile may have been counted before this one: then this was an old count.
                Ok(()) if written > 0 && self.store.event(agency, id, last.version + 1).await?.is_some() => {}
                Ok(()) => return Ok(written),
                Err(CommitError::Store(error)) => return Err(error),
                Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => {}
            }
        }
        Err(Error::Contended(ROUNDS))
    }

    /// Reads the history as far as it is counted.
    async fn countable(&self, agency: &AgencyCode, id: DossierId) -> Result<Vec<Recorded>, Error> {
        let (mut commits, mut from) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let mut page = self.store.history(agency, id, from).await?;
            commits.append(&mut page.items);
            match page.next {
                Some(next) => from = Some(next),
                None => break,
            }
        }
        Ok(commits)
    }

    async fn contributions(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        history: &[Recorded],
    ) -> Result<Contributions, Error> {
        let mut procedures: BTreeMap<(String, u32), Arc<Procedure>> = BTreeMap::new();
        for ProcedureRef { code, version } in history.iter().map(|recorded| &recorded.procedure) {
            let which = (code.clone(), *version);
            if let std::collections::btree_map::Entry::Vacant(place) = procedures.entry(which) {
                let reference = ProcedureRef { code: code.clone(), version: *version };
                if let Some(procedure) = self.catalogue.version(agency, &reference).await? {
                    place.insert(procedure);
                }
            }
        }
        let limit = |of: &ProcedureRef| procedures.get(&(of.code.clone(), of.version)).map(|it| &it.limit);
        Ok(Contributions::of(agency, id, history, limit))
    }
}

/// Returns the version that says all there is to say of a month: the last one recorded in it or before. Later ones
/// change nothing in it, so months that are over are not written again.
fn version_of(month: Month, history: &[Recorded]) -> u64 {
    let mut latest = None;
    let until = history.iter().take_while(|recorded| {
        let day = vietnam::day(recorded.recorded_at);
        latest = latest.max(Some(day));
        latest.is_some_and(|day| Month::of(day) <= month)
    });
    until.last().map_or(0, |recorded| recorded.version)
}
