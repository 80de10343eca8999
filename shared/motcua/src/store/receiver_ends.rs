//! Tries to tell a receiver of a broadcast, and how they end.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use jiff::Timestamp;

use super::item::{n, s, sortable};
use super::tasks::{TRIES, later};
use super::{Error, Fate, Key, Lease, Noted, Receipt, Store};
use rules::id::AgencyCode;
use rules::message::Outlet;

/// Outcome of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Taken by the outlet's service, under its id.
    Told {
        /// The outlet.
        outlet: Outlet,
        /// The service's id of the message.
        id: Option<String>,
    },
    /// Another's message at the same address serves them too.
    Together,
    /// No outlet reached them.
    Unreached(String),
    /// They do not want it.
    Unwanted(String),
    /// The next outlet has it from now on, under the same claim.
    Passed(Outlet, String),
    /// Not before this instant. It counts as no try.
    Held(Timestamp, &'static str),
    /// Tried again later by this outlet.
    Later {
        /// The outlet.
        outlet: Outlet,
        /// The code of the reason.
        reason: String,
        /// Whether it may have left all the same.
        unsure: bool,
        /// The number of tries.
        attempts: u64,
    },
}

impl Store {
    /// Ends a try. What left is marked, whoever holds it by now; anything else is written only by the one who still holds
    /// it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn end_receiver(&self, key: &Key, lease: &Lease, end: &End, now: Timestamp) -> Result<(), Error> {
        let update = self.receiver_update(key);
        let held = |update: UpdateItemFluentBuilder| {
            update.condition_expression("lease = :lease").expression_attribute_values(":lease", s(lease.token.as_str()))
        };
        let over = |update: UpdateItemFluentBuilder, ended: &str, reason: &str| {
            held(update)
                .update_expression("SET ended = :ended, reason = :reason REMOVE wake_pk, wake_at, lease, unsure")
                .expression_attribute_values(":ended", s(ended))
                .expression_attribute_values(":reason", s(reason))
        };
        let update = match end {
            End::Told { outlet, id } => update
                .update_expression(
                    "SET ended = :ended, outlet = :outlet, sent_at = :at, sns_id = :id \
                     REMOVE wake_pk, wake_at, lease, reason, unsure",
                )
                .condition_expression("attribute_exists(pk) AND attribute_not_exists(receipt)")
                .expression_attribute_values(":ended", s("told"))
                .expression_attribute_values(":outlet", s(outlet.name()))
                .expression_attribute_values(":at", s(sortable(now)))
                .expression_attribute_values(":id", s(id.as_deref().unwrap_or("none"))),
            End::Together => over(update, "together", "together"),
            End::Unreached(reason) => over(update, "unreached", reason),
            End::Unwanted(reason) => over(update, "unwanted", reason),
            End::Passed(outlet, reason) => held(update)
                .update_expression(
                    "SET outlet = :outlet, reason = :reason, attempts = :one \
                     REMOVE unsure, ended, sent_at, receipt, receipt_at, receipt_reason",
                )
                .expression_attribute_values(":outlet", s(outlet.name()))
                .expression_attribute_values(":reason", s(reason.as_str()))
                .expression_attribute_values(":one", n(1)),
            End::Held(until, reason) => held(update)
                .update_expression("SET wake_at = :at, reason = :reason, attempts = attempts - :one REMOVE lease")
                .expression_attribute_values(":at", s(sortable(*until)))
                .expression_attribute_values(":reason", s(*reason))
                .expression_attribute_values(":one", n(1)),
            End::Later { outlet, reason, unsure, attempts } => held(update)
                .update_expression(
                    "SET wake_at = :at, reason = :reason, unsure = :unsure, outlet = :outlet REMOVE lease",
                )
                .expression_attribute_values(":at", s(sortable(later((*attempts).min(TRIES), now))))
                .expression_attribute_values(":reason", s(reason.as_str()))
                .expression_attribute_values(":unsure", AttributeValue::Bool(*unsure))
                .expression_attribute_values(":outlet", s(outlet.name())),
        };
        match (update.send().await, end) {
            (Ok(_), _) => Ok(()),
            (Err(error), End::Told { id, .. }) if is_lost(error.as_service_error()) => {
                self.mark_after_receipt(key, id.as_deref(), now).await
            }
            (Err(error), _) if is_lost(error.as_service_error()) => Ok(()),
            (Err(error), _) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Notes what became of a message of a broadcast. The first receipt counts. One that did not arrive is due at once: the
    /// next outlet has its turn, or it counts as not reached.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_receipt_of_broadcast(
        &self,
        agency: &AgencyCode,
        (key, outlet): (&Key, Outlet),
        receipt: &Receipt,
        now: Timestamp,
    ) -> Result<Noted, Error> {
        let update = self
            .receiver_update(key)
            .condition_expression(
                "attribute_not_exists(receipt) AND (attribute_not_exists(outlet) OR outlet = :outlet) \
                 AND (ended = :told OR (attribute_exists(lease) AND wake_pk = :pk))",
            )
            .expression_attribute_values(":outlet", s(outlet.name()))
            .expression_attribute_values(":told", s("told"))
            .expression_attribute_values(":pk", s(key.wake_pk(agency)))
            .expression_attribute_values(":receipt", s(receipt.fate.name()))
            .expression_attribute_values(":reason", s(receipt.reason.as_str()))
            .expression_attribute_values(":at", s(sortable(receipt.at)));
        let noted = "SET receipt = :receipt, receipt_reason = :reason, receipt_at = :at";
        let update = match receipt.fate {
            Fate::Delivered => update.update_expression(format!(
                "{noted}, ended = :told, outlet = :outlet REMOVE wake_pk, wake_at, lease, reason, unsure"
            )),
            Fate::Temporary | Fate::Permanent | Fate::Technical => update
                .update_expression(format!(
                    "{noted}, outlet = :outlet, wake_pk = :pk, wake_at = :now REMOVE lease, unsure, ended"
                ))
                .expression_attribute_values(":now", s(sortable(now))),
        };
        match update.send().await {
            Ok(_) => Ok(Noted::Now),
            Err(error) if is_lost(error.as_service_error()) => Ok(Noted::Unchanged),
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    fn receiver_update(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
    }
}

fn is_lost(error: Option<&UpdateItemError>) -> bool {
    error.is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}
