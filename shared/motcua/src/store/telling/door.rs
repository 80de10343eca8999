//! A portal itself: whether it answers, who is telling it just now, and how many dossiers this minute has left for it.

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::{SignedDuration, Timestamp};
use rules::dossier::SHAPE;
use rules::id::AgencyCode;
use rules::receipt::Outage;

use crate::store::item::{n, s, sortable, sortable_floor};
use crate::store::update::held;
use crate::store::{Error, Key, Store, TaskKind, number, text};

/// The longest pause before a portal that does not answer is tried again. Dossiers that failed by themselves wait longer.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(60);

/// Name of a refused log-in, which is stored.
const LOG_IN: &str = "log_in";

/// A portal as one run found it, which nobody else tells until the run ends.
#[derive(Clone, Debug)]
pub struct Door {
    key: Key,
    lease: String,
    failures: u64,
    /// Whether it is too early to try again.
    pub shut: bool,
    /// Dossiers that it was told of since the minute began, by the clock.
    pub spent: usize,
    /// The time since which nobody was told, as it is stored.
    down_since: Option<String>,
    /// The time at which the run took it.
    taken_at: Timestamp,
    /// The minute that they count for, in minutes since 1970.
    minute: u64,
}

/// Why a portal is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It does not answer.
    Silent,
    /// It refuses the log-in: a person must look at it.
    LogIn,
}

/// A door that is shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Down {
    /// The time since which nobody was told.
    pub since: Timestamp,
    /// The reason.
    pub why: Shut,
}

impl Store {
    /// Reads since when a portal cannot be told, and why; `None` if it can.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn down(&self, agency: &AgencyCode, portal: &str) -> Result<Option<Down>, Error> {
        let item = self.item(&Key::portal_door(agency, portal)).await?.unwrap_or_default();
        let why = if text(&item, "reason") == Some(LOG_IN) { Shut::LogIn } else { Shut::Silent };
        Ok(text(&item, "down_since").and_then(|at| at.parse().ok()).map(|since| Down { since, why }))
    }

    /// Reads the last outage of a provider of receipts, by the name of its door; `None` if it never had one.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn outage(&self, agency: &AgencyCode, door: &str) -> Result<Option<Outage>, Error> {
        let item = self.item(&Key::portal_door(agency, door)).await?.unwrap_or_default();
        let at = |name| text(&item, name).and_then(|at| at.parse::<Timestamp>().ok());
        Ok(match (at("down_since"), at("was_down_since").zip(at("up_at"))) {
            (Some(since), _) => Some(Outage::Lasts { since }),
            (None, Some((since, until))) => Some(Outage::Over { since, until }),
            (None, None) => None,
        })
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
            .update(&key)
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
        let minute = minute(now);
        let before = number(&item, "spent").filter(|_| number(&item, "of_minute") == Some(minute)).unwrap_or(0);
        let spent = usize::try_from(before).unwrap_or(usize::MAX);
        let (shut, down_since) = (early && !tried_by_hand, text(&item, "down_since").map(str::to_owned));
        Ok(Some(Door { key, lease: until, failures, shut, spent, down_since, taken_at: now, minute }))
    }

    /// Leaves a portal that answered, or was not asked.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn leave_door(&self, door: &Door, answered: bool) -> Result<(), Error> {
        let forget = if answered { ", retry_at, down_since, failures, reason, wake_pk, wake_at" } else { "" };
        let update = self.update(&door.key);
        let update = match door.down_since.as_ref().filter(|_| answered) {
            None => update.update_expression(format!("SET {SPENT} REMOVE lease{forget}")),
            Some(since) => update
                .update_expression(format!("SET {SPENT}, was_down_since = :since, up_at = :up REMOVE lease{forget}"))
                .expression_attribute_values(":since", s(since))
                .expression_attribute_values(":up", s(sortable_floor(door.taken_at))),
        };
        held(door.left(update)).await.map(|_| ())
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
            .update(&door.key)
            .update_expression(format!(
                "SET {SPENT}, retry_at = :retry, failures = :failures, reason = :reason, \
                 down_since = if_not_exists(down_since, :now){list} REMOVE lease"
            ))
            .expression_attribute_values(":retry", s(sortable(now + pause)))
            .expression_attribute_values(":failures", n(door.failures + 1))
            .expression_attribute_values(":now", s(sortable(now)));
        let update = match why {
            Shut::Silent => update.expression_attribute_values(":reason", s("silent")),
            Shut::LogIn => update
                .expression_attribute_values(":reason", s(LOG_IN))
                .expression_attribute_values(":pk", s(TaskKind::Door.person_pk(agency))),
        };
        held(door.left(update)).await.map(|_| ())
    }
}

/// Notes how many dossiers of the minute are told.
const SPENT: &str = "of_minute = :minute, spent = :spent";

/// Returns the minute of an instant by the clock: the schedule's runs begin a minute apart, though never to the second.
fn minute(now: Timestamp) -> u64 {
    now.as_second().div_euclid(60).unsigned_abs()
}

impl Door {
    /// Completes the update that ends a run: it holds only as long as the run holds the portal.
    fn left(&self, update: UpdateItemFluentBuilder) -> UpdateItemFluentBuilder {
        update
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", s(&self.lease))
            .expression_attribute_values(":minute", n(self.minute))
            .expression_attribute_values(":spent", n(self.spent as u64))
    }
}
