//! Reading: the state and all that a decision needs beside it in one consistent round trip; lists by the page.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnConsumedCapacity};

use super::item::{read, s};
use super::{Error, Item, Key, Store};
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};

/// Most rounds of one batch. If it came back incomplete, the next round asks for the rest.
const ROUNDS: u32 = 4;

/// Items of one page of a list.
const PAGE: i32 = 100;

/// Pages of a history that are read at once: a thousand commits, more than any dossier that people work on has.
const MOST_HISTORY_PAGES: u32 = 10;

/// A dossier and the items asked for beside it, as of one instant each.
#[derive(Debug)]
pub struct Loaded {
    /// The dossier; `None` if there is no such dossier.
    pub dossier: Option<Dossier>,
    others: HashMap<(String, String), Item>,
}

impl Loaded {
    /// Returns the item under a key that was asked for.
    #[must_use]
    pub fn item(&self, key: &Key) -> Option<&Item> {
        self.others.get(&(key.pk.clone(), key.sk.clone()))
    }
}

/// A page of a list and the place where the next one begins.
#[derive(Debug)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Place where the next page begins; `None` at the end.
    pub next: Option<Item>,
}

impl Store {
    /// Loads a dossier and the items under `beside` in one consistent call.
    ///
    /// # Errors
    /// [`Error`], also for an item of a newer shape.
    pub async fn load(&self, agency: &AgencyCode, id: DossierId, beside: &[Key]) -> Result<Loaded, Error> {
        self.read(agency, id, beside, true).await
    }

    /// Loads a dossier as it was a moment ago, for half the price. That is enough if the next write holds only on the
    /// newest version, and if the next sweep looks again.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn load_lately(&self, agency: &AgencyCode, id: DossierId) -> Result<Loaded, Error> {
        self.read(agency, id, &[], false).await
    }

    async fn read(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        beside: &[Key],
        consistent: bool,
    ) -> Result<Loaded, Error> {
        let state = Key::state(agency, id);
        let mut others = self.items(std::iter::once(&state).chain(beside), consistent).await?;
        let dossier = match others.remove(&(state.pk, state.sk)) {
            Some(item) => Some(read(&item, "state")?),
            None => None,
        };
        Ok(Loaded { dossier, others })
    }

    /// Loads at most a hundred dossiers as they were a moment ago: one batch. One that is not there is left out.
    ///
    /// # Errors
    /// [`Error`], also for an item of a newer shape.
    pub async fn dossiers_lately(&self, agency: &AgencyCode, ids: &[DossierId]) -> Result<Vec<Dossier>, Error> {
        let keys: Vec<Key> = ids.iter().map(|id| Key::state(agency, *id)).collect();
        self.all_lately(&keys).await?.values().map(|item| read(item, "state")).collect()
    }

    /// Reads the items there are under these keys, at most a hundred, consistently.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn all(&self, keys: &[Key]) -> Result<HashMap<Key, Item>, Error> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.items(keys.iter(), true).await?;
        Ok(found.into_iter().map(|((pk, sk), item)| (Key { pk, sk }, item)).collect())
    }

    /// Reads the same as they were a moment ago, for half the price: for pages that people look at.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn all_lately(&self, keys: &[Key]) -> Result<HashMap<Key, Item>, Error> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.items(keys.iter(), false).await?;
        Ok(found.into_iter().map(|((pk, sk), item)| (Key { pk, sk }, item)).collect())
    }

    async fn items(
        &self,
        keys: impl Iterator<Item = &Key>,
        consistent: bool,
    ) -> Result<HashMap<(String, String), Item>, Error> {
        let mut found = HashMap::new();
        // The service refuses a call that names a key twice.
        let mut named = HashSet::new();
        let keys = keys.filter(|key| named.insert(*key));
        let wanted = KeysAndAttributes::builder().consistent_read(consistent);
        let wanted = keys.fold(wanted, |wanted, key| wanted.keys(key.attributes()));
        let mut wanted = wanted.build().expect("keys are given");
        for _ in 0..ROUNDS {
            let answer = self
                .client
                .batch_get_item()
                .request_items(&self.table, wanted)
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await
                .map_err(|error| Error::from_sdk("BatchGetItem", &error))?;
            for item in answer.responses.into_iter().flatten().flat_map(|(_, items)| items) {
                if let (Some(pk), Some(sk)) = (super::text(&item, "pk"), super::text(&item, "sk")) {
                    found.insert((pk.to_owned(), sk.to_owned()), item);
                }
            }
            match answer.unprocessed_keys.and_then(|mut rest| rest.remove(&self.table)) {
                Some(rest) if !rest.keys().is_empty() => wanted = rest,
                _ => return Ok(found),
            }
        }
        Err(Error::Unavailable { operation: "BatchGetItem", reason: "keys left unprocessed".into() })
    }

    /// Reads one item consistently.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn item(&self, key: &Key) -> Result<Option<Item>, Error> {
        self.client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map(|answer| answer.item)
            .map_err(|error| Error::from_sdk("GetItem", &error))
    }

    /// Reads the events of one version.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn event(&self, agency: &AgencyCode, id: DossierId, version: u64) -> Result<Option<Recorded>, Error> {
        match self.item(&Key::event(agency, id, version)).await? {
            Some(item) => read(&item, "recorded").map(Some),
            None => Ok(None),
        }
    }

    /// Reads a page of a dossier's history, oldest first.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn history(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        from: Option<Item>,
    ) -> Result<Page<Recorded>, Error> {
        let page = self.under(&Key::dossier_pk(agency, id), "event#", from).await?;
        let items = page.items.iter().map(|item| read(item, "recorded")).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Reads a dossier's history from the beginning, oldest first: all of it up to a thousand commits.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn whole_history(&self, agency: &AgencyCode, id: DossierId) -> Result<Vec<Recorded>, Error> {
        let mut page = self.history(agency, id, None).await?;
        let mut commits = page.items;
        for _ in 1..MOST_HISTORY_PAGES {
            if page.next.is_none() {
                break;
            }
            page = self.history(agency, id, page.next).await?;
            commits.append(&mut page.items);
        }
        Ok(commits)
    }

    /// Reads a page of the items of one partition whose sort key begins with `prefix`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn under(&self, pk: &str, prefix: &str, from: Option<Item>) -> Result<Page<Item>, Error> {
        let query = self.client.query();
        let query = match prefix {
            // No key condition compares with an empty text.
            "" => query.key_condition_expression("pk = :pk"),
            prefix => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", s(prefix)),
        };
        let answer = query
            .table_name(&self.table)
            .expression_attribute_values(":pk", s(pk))
            .consistent_read(true)
            .limit(PAGE)
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        Ok(Page { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
    }

    /// Reads at most `most` items of a partition whose sort key begins with a prefix, the last one first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub(super) async fn backwards(
        &self,
        pk: &str,
        prefix: &str,
        from: Option<Item>,
        most: usize,
    ) -> Result<Page<Item>, Error> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", s(pk))
            .expression_attribute_values(":prefix", s(prefix))
            .scan_index_forward(false)
            .limit(i32::try_from(most).unwrap_or(PAGE))
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        Ok(Page { items: answer.items.unwrap_or_default(), next: answer.last_evaluated_key })
    }

    /// Reads a page of an index partition, oldest first: all of it, or what is due at `until`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn indexed(&self, wake_pk: &str, until: Option<&str>, from: Option<Item>) -> Result<Page<Key>, Error> {
        self.indexed_up_to(wake_pk, until, from, PAGE.unsigned_abs() as usize).await
    }

    /// Does the same with pages of `most`.
    pub(super) async fn indexed_up_to(
        &self,
        wake_pk: &str,
        until: Option<&str>,
        from: Option<Item>,
        most: usize,
    ) -> Result<Page<Key>, Error> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("wake")
            .expression_attribute_values(":pk", s(wake_pk))
            .limit(i32::try_from(most).unwrap_or(PAGE))
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let query = match until {
            None => query.key_condition_expression("wake_pk = :pk"),
            Some(until) => query
                .key_condition_expression("wake_pk = :pk AND wake_at <= :until")
                .expression_attribute_values(":until", AttributeValue::S(until.to_owned())),
        };
        let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
        let key = |item: &Item| {
            Some(Key { pk: super::text(item, "pk")?.to_owned(), sk: super::text(item, "sk")?.to_owned() })
        };
        let items = answer.items.unwrap_or_default().iter().filter_map(key).collect();
        Ok(Page { items, next: answer.last_evaluated_key })
    }

    /// Returns the id behind an official code.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn id_of(&self, agency: &AgencyCode, code: &str) -> Result<Option<DossierId>, Error> {
        let item = self.item(&Key::code(agency, code)).await?;
        Ok(item.and_then(|item| DossierId::parse(super::text(&item, "id")?).ok()))
    }
}
