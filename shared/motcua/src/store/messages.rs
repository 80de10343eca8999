//! One message to one receiver: an item that is claimed before the message leaves and marked after. It holds neither
//! the text nor the number.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;

use super::item::{n, s, sortable, under, wakes};
use super::standing::{Standing, Tries};
use super::tasks::{TRIES, later};
use super::{Error, Key, Store, TaskKind, text};
use rules::id::AgencyCode;
use rules::message::Outlet;

/// A claim on a message while it is being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Name of the claim, by which its owner knows it again after an answer that was lost.
    pub token: String,
    /// The time when it runs out and another may send.
    pub until: Timestamp,
}

/// Beginning of a message's item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Claimed: it is sent now.
    Claimed(Lease),
    /// Not tried now; the sweep tries it at this instant.
    Waiting(Timestamp, &'static str),
    /// Never to be sent, for this reason: it goes to a person.
    Undeliverable(&'static str),
    /// Never to be sent, for this reason, and nobody has to know.
    Dropped(&'static str),
}

/// Outcome of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Taken by the outlet's service, under its id.
    Sent {
        /// The service's id of the message.
        id: Option<String>,
        /// The instant by which the service must have told what became of it; `None` if it never tells.
        tells_until: Option<Timestamp>,
    },
    /// Never to be sent by this outlet, for this reason: the next one took it over.
    PassedOn(String, Outlet),
    /// Not sent before this instant, for this reason. It counts as no try.
    Held(Timestamp, &'static str),
    /// Tried again later; after ten tries it goes to a person.
    Later {
        /// The reason's code.
        reason: String,
        /// Whether it may have been sent all the same.
        unsure: bool,
        /// The number of tries.
        attempts: u64,
    },
    /// Never to be sent, for this reason: it goes to a person.
    Undeliverable(String),
    /// Nothing to tell any more, for this reason.
    Dropped(&'static str),
}

impl Store {
    /// Opens a message's item. Returns its state if it was opened before.
    ///
    /// # Errors
    /// [`Error`]. Then it is not known whether it was opened.
    pub async fn open_message(
        &self,
        agency: &AgencyCode,
        key: &Key,
        opening: &Opening,
        now: Timestamp,
    ) -> Result<Option<Standing>, Error> {
        let mut item = under(key);
        let mut token = None;
        match opening {
            Opening::Claimed(lease) => {
                token = Some(lease.token.as_str());
                item.insert("lease".into(), s(lease.token.as_str()));
                item.insert("attempts".into(), n(1));
                wakes(&mut item, message_pk(agency, key), lease.until);
            }
            Opening::Waiting(at, reason) => {
                item.insert("reason".into(), s(*reason));
                wakes(&mut item, message_pk(agency, key), *at);
            }
            Opening::Undeliverable(reason) => {
                item.insert("reason".into(), s(*reason));
                wakes(&mut item, TaskKind::Message.person_pk(agency), now);
            }
            Opening::Dropped(reason) => {
                item.insert("reason".into(), s(*reason));
            }
        }
        match self.put_once(item).await? {
            None => Ok(None),
            // The client tried again after an answer that was lost: the claim is ours.
            Some(there) if token.is_some() && text(&there, "lease") == token => Ok(None),
            Some(there) => Standing::read(&there, agency, now).map(Some),
        }
    }

    /// Takes over a message whose try is due; `false` if another was first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn take_message(
        &self,
        agency: &AgencyCode,
        key: &Key,
        tries: &Tries,
        lease: &Lease,
    ) -> Result<bool, Error> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .update_expression(
                "SET lease = :lease, wake_pk = :pk, wake_at = :until, attempts = :attempts, resent = :resent",
            )
            .condition_expression("wake_at = :seen")
            .expression_attribute_values(":lease", s(lease.token.as_str()))
            .expression_attribute_values(":pk", s(message_pk(agency, key)))
            .expression_attribute_values(":until", s(sortable(lease.until)))
            .expression_attribute_values(":attempts", n(tries.attempts + 1))
            .expression_attribute_values(":resent", n(tries.resent + u64::from(tries.unsure)))
            .expression_attribute_values(":seen", s(tries.wake_at.as_str()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        let error = match sent {
            Ok(_) => return Ok(true),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                Ok(failed.item().is_some_and(|there| text(there, "lease") == Some(&lease.token)))
            }
            _ => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Puts off a message whose try is due; `false` if another was first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_off_message(
        &self,
        key: &Key,
        tries: &Tries,
        until: Timestamp,
        reason: &'static str,
    ) -> Result<bool, Error> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .update_expression("SET wake_at = :at, reason = :reason, unsure = :unsure REMOVE lease")
            .condition_expression("wake_at = :seen")
            .expression_attribute_values(":unsure", AttributeValue::Bool(tries.unsure))
            .expression_attribute_values(":at", s(sortable(until)))
            .expression_attribute_values(":reason", s(reason))
            .expression_attribute_values(":seen", s(tries.wake_at.as_str()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(true),
            Err(error) if lost(&error) => Ok(false),
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Ends a try. A message that was sent is marked, whoever holds it by now. Anything else is written only by the one
    /// who still holds it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn end_message(
        &self,
        agency: &AgencyCode,
        key: &Key,
        lease: &Lease,
        ending: &Ending,
        now: Timestamp,
    ) -> Result<(), Error> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let held = |update: UpdateItemFluentBuilder| {
            update.condition_expression("lease = :lease").expression_attribute_values(":lease", s(lease.token.as_str()))
        };
        let update = match ending {
            Ending::Sent { id, tells_until: Some(until) } => update
                .update_expression(
                    "SET sent_at = :at, sns_id = :id, wake_pk = :pk, wake_at = :until REMOVE lease, reason, unsure",
                )
                .condition_expression("attribute_exists(pk) AND attribute_not_exists(receipt)")
                .expression_attribute_values(":at", s(sortable(now)))
                .expression_attribute_values(":id", s(id.as_deref().unwrap_or("none")))
                .expression_attribute_values(":pk", s(message_pk(agency, key)))
                .expression_attribute_values(":until", s(sortable(*until))),
            Ending::Sent { id, tells_until: None } => update
                .update_expression("SET sent_at = :at, sns_id = :id REMOVE wake_pk, wake_at, lease, reason, unsure")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":at", s(sortable(now)))
                .expression_attribute_values(":id", s(id.as_deref().unwrap_or("none"))),
            Ending::PassedOn(reason, outlet) => held(update)
                .update_expression("SET reason = :reason, passed_to = :outlet REMOVE wake_pk, wake_at, lease, unsure")
                .expression_attribute_values(":reason", s(reason.as_str()))
                .expression_attribute_values(":outlet", s(outlet.name())),
            Ending::Dropped(reason) => held(update)
                .update_expression("SET reason = :reason REMOVE wake_pk, wake_at, lease, unsure")
                .expression_attribute_values(":reason", s(*reason)),
            Ending::Held(until, reason) => held(update)
                .update_expression("SET wake_at = :at, reason = :reason, attempts = attempts - :one REMOVE lease")
                .expression_attribute_values(":at", s(sortable(*until)))
                .expression_attribute_values(":reason", s(*reason))
                .expression_attribute_values(":one", n(1)),
            Ending::Later { reason, unsure, attempts } if *attempts < TRIES => held(update)
                .update_expression("SET wake_at = :at, reason = :reason, unsure = :unsure REMOVE lease")
                .expression_attribute_values(":at", s(sortable(later(*attempts, now))))
                .expression_attribute_values(":reason", s(reason.as_str()))
                .expression_attribute_values(":unsure", AttributeValue::Bool(*unsure)),
            Ending::Later { reason, .. } | Ending::Undeliverable(reason) => held(update)
                .update_expression("SET wake_pk = :pk, wake_at = :at, reason = :reason REMOVE lease")
                .expression_attribute_values(":pk", s(TaskKind::Message.person_pk(agency)))
                .expression_attribute_values(":at", s(sortable(now)))
                .expression_attribute_values(":reason", s(reason.as_str())),
        };
        match (update.send().await, ending) {
            (Ok(_), _) => Ok(()),
            (Err(error), Ending::Sent { id, tells_until: Some(_) }) if lost(&error) => {
                self.mark_after_receipt(key, id.as_deref(), now).await
            }
            (Err(error), _) if lost(&error) => Ok(()),
            (Err(error), _) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }
}

fn lost(error: &SdkError<UpdateItemError>) -> bool {
    error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}

fn message_pk(agency: &AgencyCode, key: &Key) -> String {
    key.wake_pk(agency)
}
