//! Messages that an agency sent on one day, counted for each outlet: only where the day has a cap.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnValue};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::item::n;
use super::{Error, Key, Store, number};
use rules::dossier::SHAPE;
use rules::id::AgencyCode;
use rules::message::Outlet;
use rules::vietnam;

/// Time for which the count of a day is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 40);

impl Store {
    /// Takes a place among the messages of today. Returns its number, counted from 1, or `None` if the cap is reached.
    ///
    /// # Errors
    /// [`Error::Unavailable`]; a place may have been taken.
    pub async fn take_place(
        &self,
        agency: &AgencyCode,
        outlet: Outlet,
        cap: u64,
        now: Timestamp,
    ) -> Result<Option<u64>, Error> {
        let forgotten = u64::try_from((now + KEPT_FOR).as_second()).unwrap_or(0);
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::sent(agency, vietnam::day(now), outlet).attributes()))
            .update_expression("SET shape = :shape, expires_at = if_not_exists(expires_at, :forgotten) ADD sent :one")
            .condition_expression("attribute_not_exists(sent) OR sent < :cap")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":forgotten", n(forgotten))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":cap", n(cap))
            .return_values(ReturnValue::UpdatedNew)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match sent {
            Ok(answer) => Ok(answer.attributes().and_then(|item| number(item, "sent")).or(Some(1))),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(None),
                Some(_) | None => Err(Error::from_sdk("UpdateItem", &error)),
            },
        }
    }

    /// Reads the numbers of a day, for each outlet in the order of [`Outlet::ALL`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn sent_on(&self, agency: &AgencyCode, day: Date) -> Result<[u64; Outlet::ALL.len()], Error> {
        let keys = Outlet::ALL.map(|outlet| Key::sent(agency, day, outlet));
        let found = self.all_lately(&keys).await?;
        Ok(keys.map(|key| found.get(&key).and_then(|item| number(item, "sent")).unwrap_or(0)))
    }
}
