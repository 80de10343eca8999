//! Progress of telling portals: an item for each dossier and portal.
//!
//! It names the newest version that is to be told (`wanted`), the version whose dossier the portal took (`upserted`),
//! and the version up to which it took the steps (`progressed`). If the last two differ, a run ended between them.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use jiff::Timestamp;
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};

use crate::store::item::{n, s, sortable};
use crate::store::keys::{TELL_SHARDS, tell_pk};
use crate::store::update::held;
use crate::store::{Error, Item, Key, Store, Task, TaskItem, number};

/// How far a portal knows a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The newest version that is to be told.
    pub wanted: u64,
    /// The version of which it took the dossier; 0 if it never did.
    pub upserted: u64,
    /// The version up to which it took the steps.
    pub progressed: u64,
}

impl Told {
    /// Reads it from its item.
    #[must_use]
    pub fn read(item: &Item) -> Self {
        let version = |name| number(item, name).unwrap_or(0);
        Self { wanted: version("wanted"), upserted: version("upserted"), progressed: version("progressed") }
    }
}

/// A dossier that waits to be told.
#[derive(Clone, Debug)]
pub struct Untold {
    /// Its task.
    pub task: Task,
    /// Its dossier.
    pub id: DossierId,
    /// The instant since which it waits, or at which it is tried again.
    pub since: Timestamp,
}

impl Store {
    /// Has a portal told of a dossier up to this version. It changes nothing if that is wanted already.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn want_told(
        &self,
        agency: &AgencyCode,
        portal: &str,
        id: DossierId,
        version: u64,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let key = Key::told(agency, portal, id);
        // A dossier that waits already keeps its place, also one that waits for a person.
        let update = wanting(self.update(&key), &key, agency, (version, at))
            .update_expression(
                "SET shape = :shape, wanted = :wanted, wake_pk = if_not_exists(wake_pk, :pk), \
                 wake_at = if_not_exists(wake_at, :at), untold_since = if_not_exists(untold_since, :at)",
            )
            .condition_expression("(attribute_not_exists(wanted) OR wanted < :wanted) AND attribute_not_exists(older)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let before = match update.send().await {
            Ok(_) => return Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => failed.item.clone(),
                _ => return Err(Error::from_sdk("UpdateItem", &error)),
            },
        };
        if before.is_none_or(|item| !item.contains_key("older")) {
            return Ok(false);
        }
        // News of an older dossier does not wait for the turn that it was given.
        let update = wanting(self.update(&key), &key, agency, (version, at))
            .update_expression(
                "SET shape = :shape, wanted = :wanted, wake_pk = :pk, wake_at = :at, untold_since = :at REMOVE older",
            )
            .condition_expression("wanted < :wanted AND attribute_exists(older)");
        held(update).await
    }

    /// Finds the dossiers that wait longest to be told to a portal, at most `most` of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn untold(
        &self,
        agency: &AgencyCode,
        portal: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<Untold>, Error> {
        let shards = (0..TELL_SHARDS).map(|shard| tell_pk(agency, portal, shard));
        let found = self.longest_waiting(shards, now, most).await?;
        let untold = found.into_iter().filter_map(|(since, key)| {
            let (kind, id) = (key.task_kind()?, key.told_of()?.1);
            Some(Untold { since: since.parse().ok()?, id, task: Task { kind, key } })
        });
        Ok(untold.collect())
    }

    /// Notes that the portal took a dossier as of this version; its steps follow.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_upserted(&self, task: &Task, version: u64, progressed: u64) -> Result<(), Error> {
        let update = self
            .update(&task.key)
            .update_expression("SET upserted = :version, progressed = :progressed")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":version", n(version))
            .expression_attribute_values(":progressed", n(progressed));
        held(update).await.map(|_| ())
    }

    /// Notes that the portal took the steps up to this version; more follow.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_progressed(&self, task: &Task, version: u64) -> Result<(), Error> {
        let update = self
            .update(&task.key)
            .update_expression("SET progressed = :version")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":version", n(version));
        held(update).await.map(|_| ())
    }

    /// Ends a task whose dossier the portal knows up to this version; `None` if there was nothing it could be told. Returns
    /// `false` if more became known meanwhile: the task stays due.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn all_told(&self, task: &Task, read: &TaskItem, version: Option<u64>) -> Result<bool, Error> {
        let seen = Told::read(&read.item).wanted;
        let wanted = seen.max(version.unwrap_or(0));
        let rest = "REMOVE wake_pk, wake_at, untold_since, failures, reason, field, older";
        let update = self
            .update(&task.key)
            .condition_expression("wanted <= :wanted")
            .expression_attribute_values(":wanted", n(wanted));
        let update = match version {
            None => update.update_expression(rest),
            Some(version) => update
                .update_expression(format!("SET wanted = :wanted, upserted = :version, progressed = :version {rest}"))
                .expression_attribute_values(":version", n(version)),
        };
        held(update).await
    }

    /// Gives a dossier that a portal refuses to a person, with the reason and the field.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn refused(
        &self,
        agency: &AgencyCode,
        task: &Task,
        reason: &str,
        field: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let update = self
            .update(&task.key)
            .update_expression("SET wake_pk = :pk, wake_at = :at, reason = :reason, field = :field")
            .condition_expression("attribute_exists(wake_at)")
            .expression_attribute_values(":pk", s(task.kind.person_pk(agency)))
            .expression_attribute_values(":at", s(sortable(now)))
            .expression_attribute_values(":reason", s(reason))
            .expression_attribute_values(":field", s(field));
        held(update).await.map(|_| ())
    }
}

/// Fills in what an update says that makes a portal be told of a dossier: up to which version, and when.
pub(super) fn wanting(
    update: UpdateItemFluentBuilder,
    key: &Key,
    agency: &AgencyCode,
    (version, at): (u64, Timestamp),
) -> UpdateItemFluentBuilder {
    update
        .expression_attribute_values(":shape", n(SHAPE))
        .expression_attribute_values(":wanted", n(version))
        .expression_attribute_values(":pk", s(key.wake_pk(agency)))
        .expression_attribute_values(":at", s(sortable(at)))
}
