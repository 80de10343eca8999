//! Single items that need no transaction: put once, put over, read as a value.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure};
use serde::de::DeserializeOwned;

use super::item::{n, read, s, under};
use super::{Error, Item, Key, Store};
use rules::dossier::SHAPE;

impl Store {
    /// Puts an item on condition that nothing is there. Otherwise returns the item that is there.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_once(&self, item: Item) -> Result<Option<Item>, Error> {
        let sent = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(None),
            Err(error) => {
                if let Some(PutItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() {
                    return Ok(Some(failed.item().cloned().unwrap_or_default()));
                }
                Err(Error::from_sdk("PutItem", &error))
            }
        }
    }

    /// Puts a JSON text under a key once. An item that is there already stays and is returned.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_new(&self, key: &Key, name: &str, json: &str) -> Result<Option<Item>, Error> {
        let mut item = under(key);
        item.insert(name.to_owned(), s(json));
        self.put_once(item).await
    }

    /// Puts an item, whatever was there.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_over(&self, item: Item) -> Result<(), Error> {
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Error::from_sdk("PutItem", &error))
    }

    /// Puts an item in the place of the one with this version, or of none if that is 0; `false` if another was first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_after(&self, item: Item, was: u64) -> Result<bool, Error> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let put = match was {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            was => put.condition_expression("version = :was").expression_attribute_values(":was", n(was)),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(false)
            }
            Err(error) => Err(Error::from_sdk("PutItem", &error)),
        }
    }

    /// Replaces one JSON text of an item that exists; its other attributes stay.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn change(&self, key: &Key, name: &str, json: &str) -> Result<(), Error> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .update_expression("SET #name = :json")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#name", name)
            .expression_attribute_values(":json", s(json))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Error::from_sdk("UpdateItem", &error))
    }

    /// Raises a counter to at least this; one that is higher stays.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn raise(&self, counter: &Key, to: u64) -> Result<(), Error> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(counter.attributes()))
            .update_expression("SET #count = :to, #shape = :shape")
            .condition_expression("attribute_not_exists(pk) OR #count < :to")
            .expression_attribute_names("#count", "count")
            .expression_attribute_names("#shape", "shape")
            .expression_attribute_values(":to", n(to))
            .expression_attribute_values(":shape", n(SHAPE))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                Some(_) | None => Err(Error::from_sdk("UpdateItem", &error)),
            },
        }
    }

    /// Reads the JSON under a key.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn value<T: DeserializeOwned>(&self, key: &Key, name: &str) -> Result<Option<T>, Error> {
        self.item(key).await?.map(|item| read(&item, name)).transpose()
    }
}
