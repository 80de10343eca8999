//! Tables of days off and office hours that change: what was counted by the old ones is kept, and open dossiers are
//! counted anew.
//!
//! A change is found once per agency, by the sweep. At the next opening of office it walks over the lists of open
//! dossiers, a page at a time, and keeps its place, so that a run that ends early is gone on with. A dossier that is
//! commanded meanwhile is counted anew by that command.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Recorder;
use super::rounds::{About, RecordError, Step};
use crate::store::{CommitError, Error, Key, json, read_json, under};
use rules::clock::{Calendar, CountedBy, KeptYear, Office, OfficeHours};
use rules::dossier::{Action, Actor, Command, Dossier, Event, Terms, stamp};
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{After, Asked, List};

/// Lists that hold every open dossier, each once.
pub(super) const OPEN: [List; 3] = [List::New, List::Running, List::Paused];

/// Dossiers between two places that are kept.
pub(super) const PORTION: usize = 25;

/// Knowledge that the sweep has of an agency's tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// The tables and hours in force when it looked last.
    by: CountedBy,
    /// The walk that they still need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    walk: Option<Walk>,
}

/// A walk over open dossiers, and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    /// Time before which nobody is told.
    from: Timestamp,
    /// Number of the list.
    #[serde(default)]
    list: usize,
    /// Place in the list behind which it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Outcome of a part of a walk.
#[derive(Debug, Default)]
pub struct Walked {
    /// The events that followed, of all dossiers.
    pub events: Vec<Event>,
    /// Dossiers that could not be counted; the next command or sweep finds them again.
    pub failed: u64,
    /// Whether something is left to the next run.
    pub unfinished: bool,
}

impl Recorder {
    /// Counts open dossiers of an agency anew if its tables or hours changed, from the next opening of office on, as far
    /// as `time_left` goes. If nothing changed it costs one read in the life of a process.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn recount_if_changed(
        &self,
        agency: &AgencyCode,
        now: Timestamp,
        time_left: &(dyn Fn() -> bool + Send + Sync),
    ) -> Result<Walked, Error> {
        let office = self.office(agency);
        let by = office.whole_identity();
        let mut walked = Walked::default();
        if !time_left() {
            walked.unfinished = true;
            return Ok(walked);
        }
        if self.store().is_settled(agency, &by) {
            return Ok(walked);
        }
        let key = Key::tables(agency);
        let known: Option<Known> = self.store().value(&key, "known").await?;
        let walk = match known {
            Some(known) if known.by == by => known.walk,
            known => {
                self.keep_tables(agency, &office).await?;
                // Dates that were counted before tables had names are only named: nobody is told, at no special time.
                let from = if known.is_none() { now } else { office.next_opening(now).unwrap_or(now) };
                let walk = Some(Walk { from, list: 0, after: None });
                self.know(&key, &by, walk.clone()).await?;
                walk
            }
        };
        let Some(mut walk) = walk else {
            self.store().settle(agency, by);
            return Ok(walked);
        };
        if walk.from > now {
            return Ok(walked);
        }
        while let Some(&list) = OPEN.get(walk.list) {
            if !time_left() {
                walked.unfinished = true;
                return Ok(walked);
            }
            let after = walk.after.take().map(|sort| After::sort(&sort));
            let asked = Asked { after, ..Asked::all_of(list) };
            let (rows, next) = self.store().rows_of(agency, &asked, PORTION).await?;
            for row in rows {
                match self.recount_dates(agency, row.id, now).await {
                    Ok(mut events) => walked.events.append(&mut events),
                    Err(error) => {
                        tracing::error!(dossier = %row.id, %error, "a dossier was not counted anew");
                        walked.failed += 1;
                    }
                }
            }
            match next {
                Some(next) => walk.after = Some(next.as_sort().to_owned()),
                None => walk = Walk { list: walk.list + 1, ..walk },
            }
            let left = (walk.list < OPEN.len()).then(|| walk.clone());
            self.know(&key, &by, left).await?;
        }
        self.store().settle(agency, by);
        Ok(walked)
    }

    /// Counts the dates of one dossier anew, or only notes the tables they are counted by if none moves.
    async fn recount_dates(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        now: Timestamp,
    ) -> Result<Vec<Event>, RecordError> {
        let command = Command::now(now, Actor::Sweep, Action::Wake);
        let about = About { agency, id, command: &command, beside: &[], procedure: None, filed_under: None };
        let ran = self
            .rounds(&about, |round| {
                let events = round.decide(&command)?;
                if !events.is_empty() {
                    return Ok(Step::Write { events: events.clone(), claims: Vec::new(), done: (events, None) });
                }
                let named = round.dossier.and_then(|dossier| renamed(dossier, round.terms));
                Ok(Step::Done((events, named)))
            })
            .await?;
        let (events, named) = ran.done;
        if let Some(named) = named {
            match self.store().note(&named).await {
                // Another commit named them.
                Ok(()) | Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => {}
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Ok(events)
    }

    /// Returns the office by whose tables and hours a dossier was counted. A table that was not kept is today's.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn office_of(&self, dossier: &Dossier) -> Result<Office, Error> {
        let office = self.office(&dossier.agency);
        let Some(by) = dossier.counted_by.as_ref().filter(|by| !office.counts_as(by)) else { return Ok(office) };
        let hours = Key::kept_table(&dossier.agency, None, &by.hours);
        let year = |(year, name): (&i16, &String)| (*year, Key::kept_table(&dossier.agency, Some(*year), name));
        let years: Vec<_> = by.years.iter().map(year).collect();
        let keys: Vec<_> = years.iter().map(|(_, key)| key.clone()).chain([hours.clone()]).collect();
        let kept = self.store().all_lately(&keys).await?;
        let then = match kept.get(&hours) {
            Some(item) => read_json::<OfficeHours>(item, "table")?,
            None => office.hours,
        };
        let mut calendar: Calendar = office.calendar;
        for (year, key) in years {
            if let Some(item) = kept.get(&key) {
                calendar = calendar.with_kept(year, &read_json::<KeptYear>(item, "table")?);
            }
        }
        Ok(Office { calendar, hours: then })
    }

    /// Keeps the tables and hours in force, each once.
    async fn keep_tables(&self, agency: &AgencyCode, office: &Office) -> Result<(), Error> {
        let mut hours = under(&Key::kept_table(agency, None, office.hours.name()));
        hours.insert("table".into(), json(&office.hours));
        self.store().put_once(hours).await?;
        for year in office.calendar.years() {
            let Some((name, table)) = office.calendar.name(year).zip(office.calendar.kept(year)) else { continue };
            let mut item = under(&Key::kept_table(agency, Some(year), name));
            item.insert("table".into(), json(&table));
            self.store().put_once(item).await?;
        }
        Ok(())
    }

    async fn know(&self, key: &Key, by: &CountedBy, walk: Option<Walk>) -> Result<(), Error> {
        let mut item = under(key);
        item.insert("known".into(), json(&Known { by: by.clone(), walk }));
        self.store().put_over(item).await
    }
}

/// Returns the dossier with the tables that it is counted by, if it has the name of others or none.
fn renamed(dossier: &Dossier, terms: Terms<'_>) -> Option<Dossier> {
    let counted_by = stamp(Some(dossier), dossier, terms);
    (counted_by != dossier.counted_by).then(|| Dossier { counted_by, ..dossier.clone() })
}
