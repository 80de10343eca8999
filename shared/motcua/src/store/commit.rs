//! A commit: one transaction, at most ten items.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    CancellationReason, Put, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use super::item::{json, n, read, s, under, wakes};
use super::{Error, Item, Key, SHARDS, Store, wake_pk};
use rules::dossier::{Dossier, Recorded, SHAPE, wake_at};

/// The largest state that is accepted, in bytes of JSON; a usual one is below 2 KB.
pub const LARGEST_STATE: usize = 16 * 1024;

/// The most items of one transaction in DynamoDB.
const LARGEST_TRANSACTION: usize = 100;

/// Content of one transaction.
#[derive(Debug)]
pub struct Commit<'a> {
    /// The dossier as loaded; `None` at its first event.
    pub before: Option<&'a Dossier>,
    /// The dossier as it will be: its version is one more.
    pub after: &'a Dossier,
    /// The events of the new version.
    pub recorded: &'a Recorded,
    /// Claims that must hold and are written with it.
    pub claims: Vec<Claim>,
}

/// One more item of the transaction.
#[derive(Clone, Debug)]
pub enum Claim {
    /// Put on condition that nothing is there: an alias, a delivery seen, money, a form.
    New(Item),
    /// Replaced on condition that it still has the version that was read.
    Over(Item, u64),
    /// Replaced whatever is there: the people of a dossier, only ever written beside its state.
    Put(Item),
    /// A counter that moves from what was read (`None` if it was not there) to one more.
    Count(Key, Option<u64>),
}

/// Reasons why a commit was not made.
#[derive(Debug)]
pub enum CommitError {
    /// Another commit came first; with the state as it is now.
    Raced(Option<Box<Dossier>>),
    /// The claim at this place no longer holds; with the item there, if the store returned it.
    Claimed(usize, Option<Item>),
    /// A conflict with another transaction in flight: try again.
    Conflict,
    /// The store failed; the commit may have been made.
    Store(Error),
}

impl From<Error> for CommitError {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl Store {
    /// Writes the new state, its events and the claims together, or nothing.
    ///
    /// # Errors
    /// [`CommitError`], naming what did not hold.
    pub async fn commit(&self, commit: Commit<'_>) -> Result<(), CommitError> {
        let mut items = vec![self.state_put(commit.before, commit.after)?, self.event_put(&commit)];
        items.extend(commit.claims.iter().map(|claim| self.claim(claim)));
        assert!(items.len() <= 10, "a commit is at most ten items");
        self.transact(items, 2).await
    }

    /// Writes a state whose events are all written: what is noted beside them changed. Its version stays.
    ///
    /// # Errors
    /// [`CommitError`]; [`CommitError::Raced`] if it no longer has this version.
    pub async fn note(&self, dossier: &Dossier) -> Result<(), CommitError> {
        self.transact(vec![self.state_put(Some(dossier), dossier)?], 1).await
    }

    /// Writes claims together, or nothing. They concern no dossier's state.
    ///
    /// # Errors
    /// [`CommitError`], naming the claim that did not hold.
    pub async fn write(&self, claims: &[Claim]) -> Result<(), CommitError> {
        self.transact(claims.iter().map(|claim| self.claim(claim)).collect(), 0).await
    }

    /// Sends one transaction. The first `of_dossier` items are a dossier's state and event, the others claims.
    pub(super) async fn transact(&self, items: Vec<TransactWriteItem>, of_dossier: usize) -> Result<(), CommitError> {
        assert!(items.len() <= LARGEST_TRANSACTION, "a transaction is at most a hundred items");
        let sent = self
            .client
            .transact_write_items()
            .client_request_token(token())
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .set_transact_items(Some(items))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => Err(cancelled(&error, of_dossier)),
        }
    }

    fn state_put(&self, before: Option<&Dossier>, dossier: &Dossier) -> Result<TransactWriteItem, Error> {
        let mut item = under(&Key::state(&dossier.agency, dossier.id));
        let state = json(dossier);
        let size = state.as_s().map_or(0, String::len);
        if size > LARGEST_STATE {
            return Err(Error::TooLarge(size));
        }
        item.insert("state".into(), state);
        item.insert("version".into(), n(dossier.version));
        if let Some(at) = wake_at(dossier) {
            wakes(&mut item, wake_pk(&dossier.agency, dossier.id.shard(SHARDS)), at);
        }
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match before {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(before) => put
                .condition_expression("#version = :version")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":version", n(before.version)),
        };
        Ok(put_item(put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)))
    }

    fn event_put(&self, commit: &Commit<'_>) -> TransactWriteItem {
        let dossier = commit.after;
        let mut item = under(&Key::event(&dossier.agency, dossier.id, dossier.version));
        item.insert("agency".into(), s(dossier.agency.as_str()));
        item.insert("id".into(), s(dossier.id.as_str()));
        item.insert("recorded".into(), json(commit.recorded));
        self.new_put(item)
    }

    /// Puts an item once; it is never changed.
    fn new_put(&self, item: Item) -> TransactWriteItem {
        put_item(
            Put::builder()
                .table_name(&self.table)
                .set_item(Some(item))
                .condition_expression("attribute_not_exists(pk)")
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld),
        )
    }

    pub(super) fn claim(&self, claim: &Claim) -> TransactWriteItem {
        let all_old = ReturnValuesOnConditionCheckFailure::AllOld;
        match claim {
            Claim::New(item) => self.new_put(item.clone()),
            Claim::Put(item) => put_item(Put::builder().table_name(&self.table).set_item(Some(item.clone()))),
            Claim::Over(item, was) => {
                // Items that were written before there were versions are of the first.
                let still = match was {
                    1 => "attribute_exists(pk) AND (#version = :was OR attribute_not_exists(#version))",
                    _ => "#version = :was",
                };
                put_item(
                    Put::builder()
                        .table_name(&self.table)
                        .set_item(Some(item.clone()))
                        .condition_expression(still)
                        .expression_attribute_names("#version", "version")
                        .expression_attribute_values(":was", n(*was))
                        .return_values_on_condition_check_failure(all_old),
                )
            }
            Claim::Count(key, was) => {
                let update = Update::builder()
                    .table_name(&self.table)
                    .set_key(Some(key.attributes()))
                    .update_expression("SET #count = :next, #shape = :shape")
                    .expression_attribute_names("#count", "count")
                    .expression_attribute_names("#shape", "shape")
                    .expression_attribute_values(":shape", n(SHAPE))
                    .expression_attribute_values(":next", n(was.unwrap_or(0) + 1));
                let update = match was {
                    None => update.condition_expression("attribute_not_exists(pk)"),
                    Some(was) => {
                        update.condition_expression("#count = :was").expression_attribute_values(":was", n(*was))
                    }
                };
                let update = update.return_values_on_condition_check_failure(all_old);
                let update = update.build().expect("table, key and expression are given");
                TransactWriteItem::builder().update(update).build()
            }
        }
    }
}

pub(super) fn put_item(put: aws_sdk_dynamodb::types::builders::PutBuilder) -> TransactWriteItem {
    TransactWriteItem::builder().put(put.build().expect("table and item are given")).build()
}

/// Draws one token a call, so that a retry inside the client is not applied twice. It lasts ten minutes and is never
/// the dedupe: two calls have two tokens even with equal content, so that only one of them can believe it was first.
fn token() -> String {
    format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

fn cancelled<R>(error: &SdkError<TransactWriteItemsError, R>, of_dossier: usize) -> CommitError {
    let Some(TransactWriteItemsError::TransactionCanceledException(exception)) = error.as_service_error() else {
        return CommitError::Store(Error::from_sdk("TransactWriteItems", error));
    };
    let failed = |reason: &CancellationReason| reason.code() == Some("ConditionalCheckFailed");
    let reasons = exception.cancellation_reasons();
    // A claim that fails says more than a version that moved: it may be the same message come twice.
    let claim = reasons.iter().skip(of_dossier).position(failed);
    if let Some(place) = claim {
        return CommitError::Claimed(place, reasons[of_dossier + place].item().cloned());
    }
    match reasons.iter().position(failed) {
        Some(0) => match reasons[0].item() {
            Some(item) => match read(item, "state") {
                Ok(dossier) => CommitError::Raced(Some(Box::new(dossier))),
                Err(error) => CommitError::Store(error),
            },
            None => CommitError::Raced(None),
        },
        // The event of this version exists, so a newer state does too.
        Some(_) => CommitError::Raced(None),
        None if reasons.iter().any(|r| r.code() == Some("TransactionConflict")) => CommitError::Conflict,
        None => {
            let code = reasons.iter().filter_map(|r| r.code()).find(|code| *code != "None").unwrap_or("unknown");
            CommitError::Store(Error::Unavailable { operation: "TransactWriteItems", reason: code.to_owned() })
        }
    }
}
