//! Keeping lists, counts and search entries: one transaction a step, which holds only while the projection is as it
//! was read. Repeats, reordering and two writers at once therefore change nothing.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, ReturnConsumedCapacity, TransactWriteItem, Update};

use super::commit::{CommitError, put_item};
use super::item::{json, n, read, s, under};
use super::{Error, Item, Key, Store, number, text};
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{Counts, Place, Projection, Row, Step, Wanted};

/// A projection as stored.
#[derive(Clone, Debug)]
pub struct Projected {
    /// Counted from 1 with each write.
    pub revision: u64,
    /// The projection itself.
    pub projection: Projection,
}

impl Projected {
    /// Reads an item.
    ///
    /// # Errors
    /// [`Error::TooNew`], [`Error::Unreadable`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        let projection = read(item, "projection")?;
        Ok(Self { revision: number(item, "revision").unwrap_or(0), projection })
    }
}

/// Outcome of a change to a projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It was as it should be.
    Already,
    /// It is now, and the counts moved with it this often.
    Now {
        /// Writes to the counts of the agency.
        counted: u64,
        /// The account of each write to the counts of accounts.
        counted_of: Vec<String>,
    },
    /// Somebody else wrote it, or the counts, at this moment: load and try again.
    Moved,
}

/// The counts of an agency as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Grows with each write.
    pub revision: u64,
    /// The counts.
    pub counts: Counts,
}

impl Counted {
    /// Reads the item, if there is one.
    #[must_use]
    pub fn read(item: Option<&Item>) -> Self {
        let Some(item) = item else { return Self::default() };
        let kept = item.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_n().ok()?.parse().ok()?)));
        Self { revision: number(item, "revision").unwrap_or(0), counts: Counts::read(kept) }
    }
}

impl Store {
    /// Makes what is kept of a dossier what it should be.
    ///
    /// # Errors
    /// [`Error`]. Then it is not known whether the last step was made, and the next try finds out.
    pub async fn bring(&self, agency: &AgencyCode, kept: Option<Projected>, wanted: &Wanted) -> Result<Brought, Error> {
        let (mut kept, mut steps, mut counted, mut counted_of) = (kept, 0_u32, 0, Vec::new());
        while let Some(step) = wanted.step(kept.as_ref().map(|kept| &kept.projection)) {
            let revision = kept.as_ref().map(|kept| kept.revision);
            if !self.take_step(agency, revision, &step, wanted).await? {
                return Ok(Brought::Moved);
            }
            steps += 1;
            counted += u64::from(!step.moved.is_empty());
            counted_of.extend(step.moved_of.into_iter().map(|(who, _)| who));
            kept = Some(Projected { revision: revision.unwrap_or(0) + 1, projection: step.after });
        }
        Ok(if steps == 0 { Brought::Already } else { Brought::Now { counted, counted_of } })
    }

    /// Takes one step; `false` if the projection is not as it was read, or another transaction is under way on an item.
    async fn take_step(
        &self,
        agency: &AgencyCode,
        was: Option<u64>,
        step: &Step,
        wanted: &Wanted,
    ) -> Result<bool, Error> {
        let (row, entry_sort) = (&step.after.row, step.after.entry_sort());
        let mut items = vec![self.projection_put(agency, was, &step.after)];
        items.extend(step.left.iter().map(|place| self.delete(&Key::place(agency, place))));
        items.extend(step.taken.iter().map(|place| self.put(row_item(agency, place, row))));
        let entry = |hash: &String| Key::entry(agency, hash, &entry_sort);
        items.extend(step.forgotten.iter().map(|hash| self.delete(&entry(hash))));
        items.extend(step.found_by.iter().map(|hash| {
            let named = wanted.projection.found_by.get(hash).is_some_and(|mark| !mark.is_empty());
            let mut item = under(&entry(hash));
            if named {
                item.insert("beginnings".into(), s(wanted.beginnings.as_str()));
            }
            self.put(item)
        }));
        items.extend(self.counts_update(&Key::counts(agency), &step.moved));
        let of = step.moved_of.iter().filter_map(|(who, moved)| self.counts_update(&Key::held(agency, who), moved));
        items.extend(of);
        self.written(items).await
    }

    /// Writes rows that are missing and removes rows that should not be there, while a dossier's projection has this
    /// revision; `false` if it no longer has it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn put_rows_right(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        kept: Option<&Projected>,
        stray: &[Place],
    ) -> Result<bool, Error> {
        let key = Key::projection(agency, id).attributes();
        let check = ConditionCheck::builder().table_name(&self.table).set_key(Some(key));
        let check = match kept {
            None => check.condition_expression("attribute_not_exists(pk)"),
            Some(kept) => {
                check.condition_expression("revision = :was").expression_attribute_values(":was", n(kept.revision))
            }
        };
        let check = check.build().expect("table, key and condition are given");
        let mut items = vec![TransactWriteItem::builder().condition_check(check).build()];
        items.extend(stray.iter().map(|place| self.delete(&Key::place(agency, place))));
        if let Some(Projected { projection, .. }) = kept {
            items.extend(projection.places.iter().map(|place| self.put(row_item(agency, place, &projection.row))));
        }
        self.written(items).await
    }

    /// Reads the counts as stored, consistently.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn counted(&self, agency: &AgencyCode) -> Result<Counted, Error> {
        let item = self.item(&Key::counts(agency)).await?;
        Ok(Counted::read(item.as_ref()))
    }

    /// Reads the counts of every account that holds something or held it, as stored.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn held(&self, agency: &AgencyCode) -> Result<BTreeMap<String, Counted>, Error> {
        let (mut held, mut from) = (BTreeMap::new(), None);
        loop {
            let page = self.under(&Key::held_pk(agency), "", from).await?;
            let of = |item: &Item| Some((text(item, "sk")?.to_owned(), Counted::read(Some(item))));
            held.extend(page.items.iter().filter_map(of));
            from = page.next;
            if from.is_none() {
                return Ok(held);
            }
        }
    }

    /// Replaces the counts of an agency, zeros left out, if nobody moved them since `revision`; `false` if somebody did.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn recount(&self, agency: &AgencyCode, revision: u64, counts: &Counts) -> Result<bool, Error> {
        self.replace_counts(&Key::counts(agency), revision, counts).await
    }

    /// Does the same with the counts of what one account holds.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn recount_held(
        &self,
        (agency, who): (&AgencyCode, &str),
        revision: u64,
        counts: &Counts,
    ) -> Result<bool, Error> {
        self.replace_counts(&Key::held(agency, who), revision, counts).await
    }

    async fn replace_counts(&self, key: &Key, revision: u64, counts: &Counts) -> Result<bool, Error> {
        let mut item = under(key);
        item.insert("revision".into(), n(revision + 1));
        item.extend(counts.kept().map(|(name, count)| (name.to_owned(), signed(count))));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(pk) OR revision = :was");
        let put = put.expression_attribute_values(":was", n(revision));
        self.written(vec![put_item(put)]).await
    }

    /// Reads a page of dossiers, in no order. It reads the whole table: for the rebuild and nothing else.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn every_dossier(
        &self,
        agency: &AgencyCode,
        from: Option<Item>,
    ) -> Result<super::Page<DossierId>, Error> {
        let answer = self
            .client
            .scan()
            .table_name(&self.table)
            .filter_expression("sk = :state AND begins_with(pk, :dossiers)")
            .projection_expression("pk, sk")
            .expression_attribute_values(":state", s("state"))
            .expression_attribute_values(":dossiers", s(Key::dossiers(agency)))
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Scan", &error))?;
        let id = |item: &Item| {
            let key = Key { pk: text(item, "pk")?.to_owned(), sk: text(item, "sk")?.to_owned() };
            key.dossier().map(|(_, id)| id)
        };
        let items = answer.items.unwrap_or_default().iter().filter_map(id).collect();
        Ok(super::Page { items, next: answer.last_evaluated_key })
    }

    async fn written(&self, items: Vec<TransactWriteItem>) -> Result<bool, Error> {
        match self.transact(items, 0).await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(false),
        }
    }

    fn projection_put(&self, agency: &AgencyCode, was: Option<u64>, after: &Projection) -> TransactWriteItem {
        let mut item = under(&Key::projection(agency, after.row.id));
        item.insert("projection".into(), json(after));
        item.insert("version".into(), n(after.version()));
        item.insert("revision".into(), n(was.unwrap_or(0) + 1));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        put_item(match was {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(was) => put.condition_expression("revision = :was").expression_attribute_values(":was", n(was)),
        })
    }

    pub(super) fn counts_update(&self, key: &Key, moved: &[(String, i64)]) -> Option<TransactWriteItem> {
        if moved.is_empty() {
            return None;
        }
        let update = Update::builder().table_name(&self.table).set_key(Some(key.attributes()));
        let update = update.expression_attribute_values(":one", n(1)).expression_attribute_values(":shape", n(SHAPE));
        let mut expression = "SET shape = :shape ADD revision :one".to_owned();
        let update = moved.iter().enumerate().fold(update, |update, (place, (name, by))| {
            expression.push_str(&format!(", #n{place} :by{place}"));
            update
                .expression_attribute_names(format!("#n{place}"), name)
                .expression_attribute_values(format!(":by{place}"), signed(*by))
        });
        let update = update.update_expression(expression).build().expect("table, key and expression are given");
        Some(TransactWriteItem::builder().update(update).build())
    }

    fn put(&self, item: Item) -> TransactWriteItem {
        put_item(Put::builder().table_name(&self.table).set_item(Some(item)))
    }

    fn delete(&self, key: &Key) -> TransactWriteItem {
        let delete = Delete::builder().table_name(&self.table).set_key(Some(key.attributes()));
        TransactWriteItem::builder().delete(delete.build().expect("table and key are given")).build()
    }
}

fn row_item(agency: &AgencyCode, place: &Place, row: &Row) -> Item {
    let mut item = under(&Key::place(agency, place));
    item.insert("row".into(), json(row));
    item
}

fn signed(number: i64) -> aws_sdk_dynamodb::types::AttributeValue {
    aws_sdk_dynamodb::types::AttributeValue::N(number.to_string())
}
