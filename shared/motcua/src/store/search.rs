//! Search: a query for the entries of each kind of thing that a text may be, then one batch for rows and names, and the
//! audit beside it.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;

use super::item::{read, s};
use super::lists::{Listed, listed};
use super::projected::Projected;
use super::{AuditEntry, Did, Error, Item, Key, Store, text};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::phone::Phone;
use rules::worklist::{After, Kind, Row, SearchKey, Sought, id_at_end};

/// Dossiers of a page.
const PAGE: usize = 10;
/// Entries read for a page if several words must fit, of which one is looked up.
const READ_FOR_SEVERAL: usize = 40;

/// Pages that are looked through to count the dossiers of somebody.
const LOOKED_THROUGH: usize = 10;

/// One search.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// The key of the entries.
    pub key: &'a SearchKey,
    /// The thing looked for.
    pub sought: &'a Sought,
    /// Place where the page begins.
    pub after: Option<&'a After>,
    /// The person who asks, by the subject of the sign-in.
    pub who: &'a str,
    /// The time.
    pub at: Timestamp,
}

/// A page of results.
#[derive(Clone, Debug)]
pub struct FoundPage {
    /// The one called so first, then the newest.
    pub rows: Vec<Listed>,
    /// How many of the page were found by each kind of thing.
    pub by: BTreeMap<Kind, usize>,
    /// The kind of thing by which each was found.
    pub kinds: BTreeMap<DossierId, Kind>,
    /// Whether the first row is the dossier that has exactly this code or id.
    pub exactly: bool,
    /// Place where the next page begins; `None` at the end. A page for several words may be empty and not the last.
    pub next: Option<After>,
}

/// One portion of the entries under one hash.
#[derive(Debug, Default)]
struct Portion {
    /// The places of those that fit, newest first.
    fit: Vec<String>,
    /// The place down to which they were read; `None` if to the end.
    until: Option<String>,
}

impl Store {
    /// Reads a page of results and writes the search into the audit: two rounds, at most twelve read units for one kind
    /// of thing. A text that may be several things is looked up as each of them at the same moment.
    ///
    /// # Errors
    /// [`Error`]; a search that cannot be audited finds nothing.
    pub async fn find(&self, agency: &AgencyCode, search: &Search<'_>) -> Result<FoundPage, Error> {
        let asked = Kind::ALL.map(|kind| {
            let reading = search.sought.readings().find(|reading| reading.kind() == kind)?;
            search.key.asked(agency, reading)
        });
        // Each on the heap: five calls at once make a large future.
        let entries = |asked: &Option<_>| Box::pin(self.entries(agency, asked.clone(), search.after));
        let [code, phone, identity, name] = asked.each_ref().map(entries);
        let (called, code, phone, identity, name) =
            tokio::try_join!(Box::pin(self.called(agency, search)), code, phone, identity, name)?;
        let portions = Kind::ALL.into_iter().zip([code, phone, identity, name]).collect();
        let (ids, next) = merged(&called, portions);
        let entry = AuditEntry {
            at: search.at,
            who: search.who.to_owned(),
            did: Did::Searched {
                kind: search.sought.kind(),
                found: ids.len(),
                asked: search.key.mark(agency, search.sought),
            },
        };
        let (rows, audited) = tokio::join!(Box::pin(self.found(agency, &called, &ids)), self.audit(agency, &entry));
        audited?;
        let rows = rows?;
        let (mut by, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for (id, kind) in ids.iter().filter(|(id, _)| rows.iter().any(|listed| listed.row.id == *id)) {
            *by.entry(*kind).or_default() += 1;
            kinds.insert(*id, *kind);
        }
        Ok(FoundPage { exactly: !called.is_empty(), rows, by, kinds, next })
    }

    /// Counts the dossiers with this telephone number whose result has not reached anybody yet, up to `most`. Of very many
    /// only the newest are looked at.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn open_with_number(
        &self,
        agency: &AgencyCode,
        (key, phone): (&SearchKey, &Phone),
        most: usize,
    ) -> Result<usize, Error> {
        let Some(sought) = Sought::of(Kind::Phone, phone.expose()) else { return Ok(0) };
        let (mut open, mut after) = (0, None);
        for _ in 0..LOOKED_THROUGH {
            let portion = self.entries(agency, key.asked(agency, &sought), after.as_ref()).await?;
            let ids = portion.fit.iter().filter_map(|sort| id_at_end(sort));
            let keys: Vec<Key> = ids.map(|id| Key::projection(agency, id)).collect();
            for item in self.all_lately(&keys).await?.values() {
                open += usize::from(Projected::read(item)?.projection.row.phase.is_under_way());
            }
            after = portion.until.as_deref().map(After::sort);
            if open >= most || after.is_none() {
                break;
            }
        }
        Ok(open.min(most))
    }

    /// Returns the dossier with this code, and otherwise with this id: a code may look like one. Only a dossier that
    /// exists is found, so that the audit counts nothing else. It stands on the first page.
    async fn called(&self, agency: &AgencyCode, search: &Search<'_>) -> Result<Vec<DossierId>, Error> {
        let codes = if search.after.is_none() { search.sought.codes() } else { Vec::new() };
        let mut keys: Vec<_> = codes.iter().map(|code| Key::code(agency, code)).collect();
        let id = codes.iter().find_map(|code| DossierId::parse(code).ok());
        keys.extend(id.map(|id| Key::state(agency, id)));
        let items = self.all(&keys).await?;
        let mut ids: Vec<_> = Vec::new();
        for id in keys.iter().filter_map(|key| DossierId::parse(text(items.get(key)?, "id")?).ok()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let itself = id.filter(|id| ids.is_empty() && items.contains_key(&Key::state(agency, *id)));
        ids.extend(itself);
        Ok(ids)
    }

    /// Reads the entries under a hash, none for a thing that is not looked for.
    async fn entries(
        &self,
        agency: &AgencyCode,
        asked: Option<(String, Vec<String>)>,
        after: Option<&After>,
    ) -> Result<Portion, Error> {
        let Some((hash, beside)) = asked else { return Ok(Portion::default()) };
        let limit = if beside.is_empty() { PAGE } else { READ_FOR_SEVERAL };
        let from = |after: &After| Key::entry(agency, &hash, after.as_sort()).attributes();
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(Key::entries_pk(agency, &hash)))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after.map(from))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        let sort = |item: &Item| text(item, "sk").map(str::to_owned);
        let (mut fit, items) = (Vec::new(), answer.items.unwrap_or_default());
        for (index, item) in items.iter().enumerate() {
            let has = text(item, "beginnings").unwrap_or_default();
            if beside.iter().all(|short| has.split(' ').any(|one| one == short)) {
                fit.extend(sort(item));
            }
            if fit.len() == PAGE && index + 1 < items.len() {
                return Ok(Portion { fit, until: sort(item) });
            }
        }
        Ok(Portion { fit, until: answer.last_evaluated_key.as_ref().and_then(sort) })
    }

    /// Reads rows and names. A dossier called by its code or id is read itself, since its row may still be on its way.
    async fn found(
        &self,
        agency: &AgencyCode,
        called: &[DossierId],
        ids: &[(DossierId, Kind)],
    ) -> Result<Vec<Listed>, Error> {
        let place = |id| match called.contains(&id) {
            true => Key::state(agency, id),
            false => Key::projection(agency, id),
        };
        let keys: Vec<_> = ids.iter().flat_map(|(id, _)| [place(*id), Key::person(agency, *id)]).collect();
        let found: HashMap<Key, Item> = self.all_lately(&keys).await?;
        let mut rows = Vec::new();
        for (id, _) in ids {
            let Some(item) = found.get(&place(*id)) else { continue };
            let row = match called.contains(id) {
                true => Row::of(&read::<Dossier>(item, "state")?),
                false => Projected::read(item)?.projection.row,
            };
            rows.push(listed(agency, row, &found));
        }
        Ok(rows)
    }
}

/// Puts the portions together: the one called so, then a page of the others by when they were submitted, newest first.
/// Entries older than the place down to which every portion was read wait for the next page.
fn merged(called: &[DossierId], portions: Vec<(Kind, Portion)>) -> (Vec<(DossierId, Kind)>, Option<After>) {
    let read = portions.iter().filter_map(|(_, portion)| portion.until.clone()).max();
    let mut fit: BTreeMap<String, Kind> = BTreeMap::new();
    for (kind, portion) in portions {
        for sort in portion.fit {
            fit.entry(sort).or_insert(kind);
        }
    }
    let known = |sort: &String| read.as_ref().is_none_or(|read| sort >= read);
    let mut ids: Vec<_> = called.iter().map(|id| (*id, Kind::Code)).collect();
    let mut next = read.as_deref().map(After::sort);
    for (place, (sort, kind)) in fit.iter().rev().filter(|(sort, _)| known(sort)).enumerate() {
        if place == PAGE {
            next = fit.iter().rev().nth(PAGE - 1).map(|(last, _)| After::sort(last));
            break;
        }
        ids.extend(id_at_end(sort).filter(|id| !called.contains(id)).map(|id| (id, *kind)));
    }
    (ids, next)
}
