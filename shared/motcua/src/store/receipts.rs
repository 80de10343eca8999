//! Receipts: what a service tells of a message that it took.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;

use super::item::{s, sortable};
use super::{Error, Item, Key, Store, text, wake_pk};
use rules::id::AgencyCode;

/// Reason of a message of which its service never told what became of it.
pub const UNANSWERED: &str = "unanswered";

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrived.
    Delivered,
    /// It did not arrive this time: a full mailbox, a telephone that was off.
    Temporary,
    /// It never will: there is no such address.
    Permanent,
    /// The service could not send it.
    Technical,
}

impl Fate {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Delivered, "delivered"),
        (Self::Temporary, "temporary"),
        (Self::Permanent, "permanent"),
        (Self::Technical, "technical"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(fate, _)| *fate == self).map_or("", |(_, name)| name)
    }
}

/// What a service told of a message, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What became of it.
    pub fate: Fate,
    /// The reason's code; it holds no address.
    pub reason: String,
    /// When, as the service tells it.
    pub at: Timestamp,
}

impl Receipt {
    /// Reads the receipt of a message's item, if it has one.
    #[must_use]
    pub fn read(item: &Item) -> Option<Self> {
        let name = text(item, "receipt")?;
        let (fate, _) = Fate::ALL.into_iter().find(|(_, known)| *known == name)?;
        let reason = text(item, "receipt_reason").unwrap_or_default().to_owned();
        Some(Self { fate, reason, at: text(item, "receipt_at")?.parse().ok()? })
    }
}

/// Outcome of noting a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// Noted now.
    Now,
    /// There was one before, the message does not wait for one any more (another outlet or a person has it), or there is no
    /// such message: nothing changed.
    Unchanged,
}

impl Store {
    /// Notes what became of a message. The first receipt counts; it may come before the sender's own mark. A message that
    /// did not arrive is looked at by the next sweep, which passes it on.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_receipt(
        &self,
        agency: &AgencyCode,
        key: &Key,
        receipt: &Receipt,
        now: Timestamp,
    ) -> Result<Noted, Error> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            // A message that is sent or waits to be heard of stands in this partition, and in no other.
            .condition_expression("wake_pk = :pk AND attribute_not_exists(receipt)")
            .expression_attribute_values(":pk", s(wake_pk(agency, key.wake_shard())))
            .expression_attribute_values(":receipt", s(receipt.fate.name()))
            .expression_attribute_values(":reason", s(receipt.reason.as_str()))
            .expression_attribute_values(":at", s(sortable(receipt.at)))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let noted = "SET receipt = :receipt, receipt_reason = :reason, receipt_at = :at";
        let update = match receipt.fate {
            Fate::Delivered => {
                update.update_expression(format!("{noted} REMOVE wake_pk, wake_at, lease, reason, unsure"))
            }
            Fate::Temporary | Fate::Permanent | Fate::Technical => update
                .update_expression(format!("{noted}, wake_at = :now REMOVE lease, unsure"))
                .expression_attribute_values(":now", s(sortable(now))),
        };
        match update.send().await {
            Ok(_) => Ok(Noted::Now),
            Err(error) if error.as_service_error().is_some_and(|it| it.is_conditional_check_failed_exception()) => {
                Ok(Noted::Unchanged)
            }
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Marks a message as sent whose receipt came first. What the receipt woke stays awake.
    pub(super) async fn mark_after_receipt(&self, key: &Key, id: Option<&str>, now: Timestamp) -> Result<(), Error> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .update_expression("SET sent_at = :at, sns_id = :id")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":at", s(sortable(now)))
            .expression_attribute_values(":id", s(id.unwrap_or("none")))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|it| it.is_conditional_check_failed_exception()) => {
                Ok(())
            }
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }
}
