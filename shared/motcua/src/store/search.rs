//! Search: one query for the entries, then one batch for rows and names, and the audit beside it.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;

use super::item::{read, s};
use super::lists::{Listed, listed, place_after};
use super::projected::Projected;
use super::{AuditEntry, Did, Error, Item, Key, Store, text};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{After, Row, SearchKey, Sought, id_at_end};

/// Dossiers of a page.
const PAGE: usize = 10;
/// Entries read for a page if several words must fit, of which one is looked up.
const READ_FOR_SEVERAL: usize = 40;

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
    /// Newest first.
    pub rows: Vec<Listed>,
    /// Place where the next page begins; `None` at the end. A page for several words may be empty and not the last.
    pub next: Option<After>,
}

impl Store {
    /// Reads a page of results and writes the search into the audit: two rounds, at most twelve read units.
    ///
    /// # Errors
    /// [`Error`]; a search that cannot be audited finds nothing.
    pub async fn find(&self, agency: &AgencyCode, search: &Search<'_>) -> Result<FoundPage, Error> {
        let (ids, next) = match (search.sought.code(), search.key.asked(agency, search.sought)) {
            (Some(code), _) => (self.called(agency, code).await?, None),
            (None, Some((hash, beside))) => self.entries(agency, &hash, &beside, search.after).await?,
            (None, None) => (Vec::new(), None),
        };
        let entry = AuditEntry {
            at: search.at,
            who: search.who.to_owned(),
            did: Did::Searched {
                kind: search.sought.kind(),
                found: ids.len(),
                asked: search.key.mark(agency, search.sought),
            },
        };
        let (rows, audited) = tokio::join!(self.found(agency, search, ids), self.audit(agency, &entry));
        audited?;
        Ok(FoundPage { rows: rows?, next })
    }

    /// Returns the dossier with this code, and otherwise with this id: a code may look like one. Only a dossier that
    /// exists is found, so that the audit counts nothing else.
    async fn called(&self, agency: &AgencyCode, code: &str) -> Result<Vec<DossierId>, Error> {
        let Ok(id) = DossierId::parse(&code.to_ascii_uppercase()) else {
            return Ok(self.id_of(agency, code).await?.into_iter().collect());
        };
        let alias = Key::code(agency, code);
        let loaded = self.load(agency, id, std::slice::from_ref(&alias)).await?;
        let called = loaded.item(&alias).and_then(|item| DossierId::parse(text(item, "id")?).ok());
        Ok(called.or(loaded.dossier.map(|dossier| dossier.id)).into_iter().collect())
    }

    async fn entries(
        &self,
        agency: &AgencyCode,
        hash: &str,
        beside: &[String],
        after: Option<&After>,
    ) -> Result<(Vec<DossierId>, Option<After>), Error> {
        let limit = if beside.is_empty() { PAGE } else { READ_FOR_SEVERAL };
        let from = |after: &After| Key::entry(agency, hash, after.as_sort()).attributes();
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(Key::entries_pk(agency, hash)))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after.map(from))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        let (mut ids, items) = (Vec::new(), answer.items.unwrap_or_default());
        for (index, item) in items.iter().enumerate() {
            let has = text(item, "beginnings").unwrap_or_default();
            if beside.iter().all(|short| has.split(' ').any(|one| one == short)) {
                ids.extend(text(item, "sk").and_then(id_at_end));
            }
            if ids.len() == PAGE && index + 1 < items.len() {
                return Ok((ids, place_after(item)));
            }
        }
        Ok((ids, answer.last_evaluated_key.as_ref().and_then(place_after)))
    }

    /// Reads rows and names. A dossier called by its code or id is read itself, since its row may still be on its way.
    async fn found(&self, agency: &AgencyCode, search: &Search<'_>, ids: Vec<DossierId>) -> Result<Vec<Listed>, Error> {
        let by_name = search.sought.code().is_some();
        let place = |id| if by_name { Key::state(agency, id) } else { Key::projection(agency, id) };
        let keys: Vec<_> = ids.iter().flat_map(|id| [place(*id), Key::person(agency, *id)]).collect();
        let found: HashMap<Key, Item> = self.all_lately(&keys).await?;
        let mut rows = Vec::new();
        for id in ids {
            let Some(item) = found.get(&place(id)) else { continue };
            let row =
                if by_name { Row::of(&read::<Dossier>(item, "state")?) } else { Projected::read(item)?.projection.row };
            rows.push(listed(agency, row, &found));
        }
        Ok(rows)
    }
}
