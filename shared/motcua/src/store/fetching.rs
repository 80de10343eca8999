//! Files that portals name: a task for each dossier that has some, and a mark for each link.
//!
//! The task names the newest form whose files are wanted. A mark lies with its dossier and names its link by a digest: the
//! address itself stands in the form alone.

use jiff::Timestamp;
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};
use rules::papers::Scan;
use rules::portal::{LinkMark, LinkName, Unfetched as Why};

use super::item::{json, n, s, sortable, under};
use super::keys::{FETCH_SHARDS, fetch_pk};
use super::update::held;
use super::{Error, Key, Store, Task, TaskItem, TaskKind, number};

/// A dossier whose files wait to be fetched.
#[derive(Clone, Debug)]
pub struct Unfetched {
    /// Its task.
    pub task: Task,
    /// The dossier.
    pub id: DossierId,
    /// The instant since which they wait, or at which they are tried again.
    pub since: Timestamp,
}

impl Store {
    /// Has the files of a dossier's forms fetched, up to the form of this version. It changes nothing if that is wanted
    /// already. What a person was asked about comes back to them only if it fails again.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn want_fetched(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        version: u64,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let key = Key::fetching(agency, id);
        let update = self
            .update(&key)
            .update_expression(
                "SET shape = :shape, wanted = :wanted, wake_pk = :pk, wake_at = :at REMOVE failures, reason, lost",
            )
            .condition_expression("attribute_not_exists(wanted) OR wanted < :wanted")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":wanted", n(version))
            .expression_attribute_values(":pk", s(key.wake_pk(agency)))
            .expression_attribute_values(":at", s(sortable(at)));
        held(update).await
    }

    /// Finds the dossiers whose files wait longest to be fetched, at most `most` of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn unfetched(&self, agency: &AgencyCode, now: Timestamp, most: usize) -> Result<Vec<Unfetched>, Error> {
        let shards = (0..FETCH_SHARDS).map(|shard| fetch_pk(agency, shard));
        let found = self.longest_waiting(shards, now, most).await?;
        let unfetched = found.into_iter().filter_map(|(since, key)| {
            let id = key.fetching_of()?;
            Some(Unfetched { since: since.parse().ok()?, id, task: Task { kind: TaskKind::Files, key } })
        });
        Ok(unfetched.collect())
    }

    /// Ends a task; `false` if another form came meanwhile: it stays due.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn all_fetched(&self, task: &Task, read: &TaskItem) -> Result<bool, Error> {
        self.still(task, read, "REMOVE wake_pk, wake_at, failures, reason, lost", &[]).await
    }

    /// Notes how many files could not be fetched, and why the first of them was not.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_lost(&self, task: &Task, read: &TaskItem, lost: u64, why: Why) -> Result<bool, Error> {
        let values = [(":lost", n(lost)), (":reason", s(why.name()))];
        self.still(task, read, "SET lost = :lost, reason = :reason", &values).await
    }

    /// Changes a task that wants the same as it did when it was read.
    async fn still(
        &self,
        task: &Task,
        read: &TaskItem,
        update: &str,
        values: &[(&str, aws_sdk_dynamodb::types::AttributeValue)],
    ) -> Result<bool, Error> {
        let mut sent = self
            .update(&task.key)
            .update_expression(update)
            .condition_expression("wanted = :seen")
            .expression_attribute_values(":seen", n(number(&read.item, "wanted").unwrap_or(0)));
        for (name, value) in values {
            sent = sent.expression_attribute_values(*name, value.clone());
        }
        held(sent).await
    }

    /// Records a file that was fetched. The same content again is the same file.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn record_fetched(&self, agency: &AgencyCode, id: DossierId, scan: &Scan) -> Result<(), Error> {
        let mut item = under(&Key::scan(agency, id, &scan.sha256));
        item.insert("scan".into(), json(scan));
        self.put_once(item).await.map(|_| ())
    }

    /// Marks what became of a link.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn mark_link(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        link: &LinkName,
        mark: &LinkMark,
    ) -> Result<(), Error> {
        let mut item = under(&Key::link(agency, id, link));
        item.insert("mark".into(), json(mark));
        self.put_over(item).await
    }
}
