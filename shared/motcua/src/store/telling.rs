//! Progress of telling portals: an item for each dossier and portal, and one for each portal.
//!
//! An item names the newest version that is to be told (`wanted`), the version whose dossier the portal took (`upserted`),
//! and the version up to which it took the steps (`progressed`). If the last two differ, a run ended between them.

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnValue};
use jiff::{SignedDuration, Timestamp};
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};

use super::item::{n, s, sortable, sortable_floor};
use super::keys::{TELL_SHARDS, tell_pk};
use super::{Error, Item, Key, Store, Task, TaskItem, number, text};

/// The longest pause before a portal that does not answer is tried again. Dossiers that failed by themselves wait longer.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(60);

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

/// A portal as one run found it, which nobody else tells until the run ends.
#[derive(Clone, Debug)]
pub struct Door {
    key: Key,
    lease: String,
    failures: u64,
    /// Whether it is too early to try again.
    pub shut: bool,
}

/// Why a portal is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It does not answer.
    Silent,
    /// It refuses the log-in: a person must look at it.
    LogIn,
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
        let wake_pk = key.wake_pk(agency);
        // A dossier that waits already keeps its place, also one that waits for a person.
        let update = self
            .telling(&key)
            .update_expression(
                "SET shape = :shape, wanted = :wanted, wake_pk = if_not_exists(wake_pk, :pk), \
                 wake_at = if_not_exists(wake_at, :at), untold_since = if_not_exists(untold_since, :at)",
            )
            .condition_expression("attribute_not_exists(wanted) OR wanted < :wanted")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":wanted", n(version))
            .expression_attribute_values(":pk", s(wake_pk))
            .expression_attribute_values(":at", s(sortable(at)));
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
        let mut found = Vec::new();
        for shard in 0..TELL_SHARDS {
            let pk = tell_pk(agency, portal, shard);
            found.extend(self.waiting_in(&pk, &sortable_floor(now), most).await?);
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.truncate(most);
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
            .telling(&task.key)
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
            .telling(&task.key)
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
        let rest = "REMOVE wake_pk, wake_at, untold_since, failures, reason, field";
        let update = self
            .telling(&task.key)
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
            .telling(&task.key)
            .update_expression("SET wake_pk = :pk, wake_at = :at, reason = :reason, field = :field")
            .condition_expression("attribute_exists(wake_at)")
            .expression_attribute_values(":pk", s(task.kind.person_pk(agency)))
            .expression_attribute_values(":at", s(sortable(now)))
            .expression_attribute_values(":reason", s(reason))
            .expression_attribute_values(":field", s(field));
        held(update).await.map(|_| ())
    }

    /// Takes a portal for one run; `None` if another run is at it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn open_door(
        &self,
        agency: &AgencyCode,
        portal: &str,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<Door>, Error> {
        let (key, until) = (Key::portal_door(agency, portal), sortable(now + lease));
        let sent = self
            .telling(&key)
            .update_expression("SET shape = :shape, lease = :until")
            .condition_expression("attribute_not_exists(lease) OR lease <= :now")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":until", s(&until))
            .expression_attribute_values(":now", s(sortable_floor(now)))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let item = match sent {
            Ok(answer) => answer.attributes.unwrap_or_default(),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => {
                return Ok(None);
            }
            Err(error) => return Err(Error::from_sdk("UpdateItem", &error)),
        };
        let tried_by_hand = text(&item, "wake_pk") == Some(&key.wake_pk(agency));
        let early = text(&item, "retry_at").is_some_and(|at| at > sortable_floor(now).as_str());
        let failures = number(&item, "failures").unwrap_or(0);
        Ok(Some(Door { key, lease: until, failures, shut: early && !tried_by_hand }))
    }

    /// Leaves a portal that answered, or was not asked.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn leave_door(&self, door: &Door, answered: bool) -> Result<(), Error> {
        let forget = if answered { ", retry_at, down_since, failures, reason, wake_pk, wake_at" } else { "" };
        let update = self
            .telling(&door.key)
            .update_expression(format!("REMOVE lease{forget}"))
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", s(&door.lease));
        held(update).await.map(|_| ())
    }

    /// Leaves a portal that cannot be told, until a minute, doubled with each failure to an hour at most, has passed.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn shut_door(&self, agency: &AgencyCode, door: &Door, why: Shut, now: Timestamp) -> Result<(), Error> {
        let pause = SignedDuration::from_mins(1_i64 << door.failures.min(10)).min(LONGEST_PAUSE);
        let list = match why {
            Shut::Silent => "",
            Shut::LogIn => ", wake_pk = :pk, wake_at = if_not_exists(wake_at, :now)",
        };
        let update = self
            .telling(&door.key)
            .update_expression(format!(
                "SET retry_at = :retry, failures = :failures, reason = :reason, \
                 down_since = if_not_exists(down_since, :now){list} REMOVE lease"
            ))
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", s(&door.lease))
            .expression_attribute_values(":retry", s(sortable(now + pause)))
            .expression_attribute_values(":failures", n(door.failures + 1))
            .expression_attribute_values(":now", s(sortable(now)));
        let update = match why {
            Shut::Silent => update.expression_attribute_values(":reason", s("silent")),
            Shut::LogIn => update
                .expression_attribute_values(":reason", s("log_in"))
                .expression_attribute_values(":pk", s(super::TaskKind::Door.person_pk(agency))),
        };
        held(update).await.map(|_| ())
    }

    fn telling(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
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
            let key = Key { pk: text(item, "pk")?.to_owned(), sk: text(item, "sk")?.to_owned() };
            Some((text(item, "wake_at")?.to_owned(), key))
        };
        Ok(answer.items.unwrap_or_default().iter().filter_map(read).collect())
    }
}

/// Sends an update; `false` if its condition did not hold.
async fn held(update: UpdateItemFluentBuilder) -> Result<bool, Error> {
    match update.send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(false),
        Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
    }
}
