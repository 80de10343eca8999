//! Unfinished work: items that time brings back. A task that fails gets a later instant and a count. After ten failures
//! it goes to a person.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::{SignedDuration, Timestamp};

use super::item::{n, s, sortable, sortable_floor};
use super::update::held;
use super::{Error, Item, Key, Store, TaskKind, ask_pk, wake_pk};
use rules::id::{AgencyCode, DossierId};

/// Tries before a task goes to a person.
pub const TRIES: u64 = 10;

/// A task found due.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its subject.
    pub kind: TaskKind,
    /// The item.
    pub key: Key,
}

/// A task's item and the number of its failures.
#[derive(Debug)]
pub struct TaskItem {
    /// The attributes.
    pub item: Item,
    /// Failures so far.
    pub failures: u64,
}

impl TaskItem {
    /// Whether the item itself says that it is due at `now`: an index may still show one that was finished or put off.
    #[must_use]
    pub fn is_due(&self, task: &Task, agency: &AgencyCode, now: Timestamp) -> bool {
        super::text(&self.item, "wake_pk") == Some(&task.wake_pk(agency))
            && super::text(&self.item, "wake_at").is_some_and(|at| at <= sortable_floor(now).as_str())
    }

    /// Returns the instant since which it is due, or on which it will be.
    #[must_use]
    pub fn due_since(&self) -> Option<Timestamp> {
        super::text(&self.item, "wake_at")?.parse().ok()
    }
}

impl Task {
    /// Returns the dossier the item lies in; `None` for money and arrivals, which have partitions of their own.
    #[must_use]
    pub fn dossier(&self) -> Option<DossierId> {
        self.key.dossier().map(|(_, id)| id)
    }

    pub(super) fn wake_pk(&self, agency: &AgencyCode) -> String {
        self.key.wake_pk(agency)
    }
}

impl Store {
    /// Reads a page of the tasks of one shard that are due at `now`, longest due first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn due(
        &self,
        agency: &AgencyCode,
        shard: u32,
        now: Timestamp,
        from: Option<Item>,
    ) -> Result<super::Page<Task>, Error> {
        self.due_in(&wake_pk(agency, shard), now, from).await
    }

    /// Reads a page of the orders of one shard that are to be asked about at `now`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn due_to_ask(
        &self,
        agency: &AgencyCode,
        shard: u32,
        now: Timestamp,
        from: Option<Item>,
    ) -> Result<super::Page<Task>, Error> {
        self.due_in(&ask_pk(agency, shard), now, from).await
    }

    async fn due_in(&self, pk: &str, now: Timestamp, from: Option<Item>) -> Result<super::Page<Task>, Error> {
        let page = self.indexed(pk, Some(&sortable_floor(now)), from).await?;
        // A kind that only a later version of this code knows is left to that version.
        let items = page.items.into_iter().filter_map(|key| Some(Task { kind: key.task_kind()?, key })).collect();
        Ok(super::Page { items, next: page.next })
    }

    /// Finds what waits longest in these shards, at most `most` of them, each with the time since which it waits.
    pub(super) async fn longest_waiting(
        &self,
        shards: impl Iterator<Item = String>,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<(String, Key)>, Error> {
        let mut found = Vec::new();
        for pk in shards {
            found.extend(self.waiting_in(&pk, &sortable_floor(now), most).await?);
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.truncate(most);
        Ok(found)
    }

    async fn waiting_in(&self, pk: &str, until: &str, most: usize) -> Result<Vec<(String, Key)>, Error> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("wake")
            .key_condition_expression("wake_pk = :pk AND wake_at <= :until")
            .expression_attribute_values(":pk", s(pk))
            .expression_attribute_values(":until", s(until))
            .limit(i32::try_from(most).unwrap_or(i32::MAX))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        let read = |item: &Item| {
            let key = Key { pk: super::text(item, "pk")?.to_owned(), sk: super::text(item, "sk")?.to_owned() };
            Some((super::text(item, "wake_at")?.to_owned(), key))
        };
        Ok(answer.items.unwrap_or_default().iter().filter_map(read).collect())
    }

    /// Reads the item of a task, with its failures.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn task(&self, task: &Task) -> Result<Option<TaskItem>, Error> {
        let item = self.item(&task.key).await?;
        Ok(item.map(|item| TaskItem { failures: super::number(&item, "failures").unwrap_or(0), item }))
    }

    /// Puts a failing task off: a minute, doubled with each failure to a day at most. After ten failures it goes to a
    /// person. Only the index attributes change, and only while they are as they were read: a task that was finished or
    /// moved meanwhile stays as it is.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_off(
        &self,
        agency: &AgencyCode,
        task: &Task,
        read: &TaskItem,
        now: Timestamp,
    ) -> Result<(), Error> {
        let failures = read.failures + 1;
        let (wake_pk, at) = if failures >= TRIES {
            (task.kind.person_pk(agency), now)
        } else {
            (task.wake_pk(agency), later(failures, now))
        };
        self.move_task(task, read, &wake_pk, at, failures).await
    }

    /// Puts a task off as [`Store::put_off`] does, but it never goes to a person: nobody else could finish it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn postpone(
        &self,
        agency: &AgencyCode,
        task: &Task,
        read: &TaskItem,
        now: Timestamp,
    ) -> Result<(), Error> {
        let failures = read.failures + 1;
        self.move_task(task, read, &task.wake_pk(agency), later(failures, now), failures).await
    }

    /// Gives a task to a person at once: no further try would end otherwise.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn give_up(
        &self,
        agency: &AgencyCode,
        task: &Task,
        read: &TaskItem,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.move_task(task, read, &task.kind.person_pk(agency), now, read.failures + 1).await
    }

    pub(super) async fn move_task(
        &self,
        task: &Task,
        read: &TaskItem,
        wake_pk: &str,
        at: Timestamp,
        failures: u64,
    ) -> Result<(), Error> {
        let Some(seen) = super::text(&read.item, "wake_at") else { return Ok(()) };
        let update = self
            .update(&task.key)
            .update_expression("SET wake_pk = :pk, wake_at = :at, failures = :failures")
            .condition_expression("wake_at = :seen")
            .expression_attribute_values(":pk", s(wake_pk))
            .expression_attribute_values(":at", s(sortable(at)))
            .expression_attribute_values(":failures", n(failures))
            .expression_attribute_values(":seen", s(seen));
        held(update).await.map(drop)
    }

    /// Ends a task. It leaves the index, and the body of a kept portal event, which holds personal data, goes with it.
    /// The item stays, so that a repeat finds it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn finish(&self, task: &Task) -> Result<(), Error> {
        let update = self
            .update(&task.key)
            .update_expression("REMOVE wake_pk, wake_at, arrival, untold_since")
            // Without this an update would make an item if there is none.
            .condition_expression("attribute_exists(pk)");
        held(update).await.map(drop)
    }
}

/// Returns the time at which a task that failed this often is tried again.
pub(super) fn later(failures: u64, now: Timestamp) -> Timestamp {
    let minutes = 1_i64 << failures.min(11);
    now + SignedDuration::from_mins(minutes.min(24 * 60))
}
