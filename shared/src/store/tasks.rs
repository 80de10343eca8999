//! Unfinished work: items that time brings back. A task that fails gets a later instant and a count, and after ten
//! it goes before a person.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::{SignedDuration, Timestamp};

use super::item::{n, s, sortable};
use super::{Error, Item, Key, Store, TaskKind};
use crate::id::{AgencyCode, DossierId};

/// Tries before a task goes before a person.
const TRIES: u64 = 10;

/// A task found due.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is about.
    pub kind: TaskKind,
    /// The item.
    pub key: Key,
}

/// A task's item and how often it failed.
#[derive(Debug)]
pub struct TaskItem {
    /// The attributes.
    pub item: Item,
    /// Failures so far.
    pub failures: u64,
}

impl Task {
    /// The dossier the item lies in; none for money and arrivals, which have partitions of their own.
    #[must_use]
    pub fn dossier(&self) -> Option<DossierId> {
        let (_, id) = self.key.pk.split_once("#d#")?;
        DossierId::parse(id).ok()
    }

    fn shard(&self) -> u32 {
        match self.dossier() {
            Some(id) => id.shard(super::SHARDS),
            None => super::shard_of(&self.key.pk),
        }
    }
}

impl Store {
    /// What of one shard is due at `now`, a page of it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn due(
        &self,
        agency: &AgencyCode,
        kind: TaskKind,
        shard: u32,
        now: Timestamp,
        from: Option<Item>,
    ) -> Result<super::Page<Task>, Error> {
        let page = self.indexed(&kind.wake_pk(agency, shard), Some(&sortable_floor(now)), from).await?;
        let items = page.items.into_iter().map(|key| Task { kind, key }).collect();
        Ok(super::Page { items, next: page.next })
    }

    /// The item of a task, with its failures.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn task(&self, task: &Task) -> Result<Option<TaskItem>, Error> {
        let item = self.item(&task.key).await?;
        Ok(item.map(|item| TaskItem { failures: super::number(&item, "failures").unwrap_or(0), item }))
    }

    /// Puts a failing task off: a minute, doubled with each failure to a day at most; after ten it is a person's.
    /// Only the index attributes change, and only while the item is there.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_off(&self, agency: &AgencyCode, task: &Task, failures: u64, now: Timestamp) -> Result<(), Error> {
        let failures = failures + 1;
        let minutes = 1_i64 << failures.min(11);
        let later = now + SignedDuration::from_mins(minutes.min(24 * 60));
        let shard_pk = task.kind.wake_pk(agency, task.shard());
        let (wake_pk, at) = if failures >= TRIES { (task.kind.person_pk(agency), now) } else { (shard_pk, later) };
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key.attributes()))
            .update_expression("SET wake_pk = :pk, wake_at = :at, failures = :failures")
            .condition_expression("attribute_exists(wake_pk)")
            .expression_attribute_values(":pk", s(wake_pk))
            .expression_attribute_values(":at", s(sortable(at)))
            .expression_attribute_values(":failures", n(failures))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            // It was finished meanwhile.
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }
}

/// `now` as sortable text, rounded down: what wakes at a later second is not due.
fn sortable_floor(now: Timestamp) -> String {
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    sortable(whole)
}
