//! Daily lists: one letter a day to somebody with many dossiers, in place of a message for each piece of news.
//!
//! A list is one item for each person and day. It names the messages that it tells. Whoever finds one of them due first
//! claims the list and sends it; every other message finds it sent, and is marked. What comes after the claim is not in it.

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, ReturnValue};
use jiff::{SignedDuration, Timestamp};

use super::item::{n, s, sortable, sortable_floor};
use super::{Error, Item, Key, Lease, Noted, Receipt, Store, text};
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};

/// The most messages of one list; further ones leave alone.
pub const MOST_LISTED: usize = 50;

/// Time for which a list is kept, longer than a service may tell what became of it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A list as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyList {
    /// The messages: the dossier of each, and the sort key of its item.
    pub messages: Vec<(DossierId, String)>,
    /// Its outcome.
    pub state: ListState,
}

/// State of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListState {
    /// It is not sent yet, and nobody is sending it.
    Open,
    /// Somebody is sending it.
    Claimed,
    /// It was sent, with the service's id of the letter.
    Sent(Option<String>),
    /// It can never be sent, for this reason.
    Refused(String),
}

impl DailyList {
    fn read(item: &Item, now: Timestamp) -> Self {
        let messages = match item.get("messages") {
            Some(AttributeValue::Ss(named)) => named.iter().filter_map(|it| name_of(it)).collect(),
            _ => Vec::new(),
        };
        let own = |name| text(item, name).map(str::to_owned);
        let claimed = text(item, "claimed_until").is_some_and(|until| until > sortable_floor(now).as_str());
        let state = match (own("sent_at"), own("refused")) {
            (Some(_), _) => ListState::Sent(own("sns_id").filter(|id| id != "none")),
            (None, Some(reason)) => ListState::Refused(reason),
            (None, None) if claimed => ListState::Claimed,
            (None, None) => ListState::Open,
        };
        Self { messages, state }
    }

    /// Whether it tells this message.
    #[must_use]
    pub fn tells(&self, id: DossierId, message: &Key) -> bool {
        self.messages.iter().any(|(of, sk)| *of == id && *sk == message.sk)
    }
}

fn name(id: DossierId, message: &Key) -> String {
    format!("{id} {}", message.sk)
}

fn name_of(written: &str) -> Option<(DossierId, String)> {
    let (id, sk) = written.split_once(' ')?;
    Some((DossierId::parse(id).ok()?, sk.to_owned()))
}

impl Store {
    /// Puts a message into a list, once. `false` if the list was claimed before, or is full, so that the message leaves
    /// alone.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn list_message(
        &self,
        list: &Key,
        (id, message): (DossierId, &Key),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let named = name(id, message);
        let update = self
            .list_update(list)
            .update_expression("SET expires_at = :expires, shape = :shape ADD messages :named")
            .condition_expression(
                "attribute_not_exists(claimed_until) AND (attribute_not_exists(messages) OR size(messages) < :most)",
            )
            .expression_attribute_values(":named", AttributeValue::Ss(vec![named]))
            .expression_attribute_values(":most", n(MOST_LISTED as u64))
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":expires", n(u64::try_from((now + KEPT_FOR).as_second()).unwrap_or(0)));
        match update.send().await {
            Ok(_) => Ok(true),
            // It may be there since before.
            Err(error) if error.as_service_error().is_some_and(|it| it.is_conditional_check_failed_exception()) => {
                Ok(self.daily_list(list, now).await?.is_some_and(|there| there.tells(id, message)))
            }
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn daily_list(&self, list: &Key, now: Timestamp) -> Result<Option<DailyList>, Error> {
        Ok(self.item(list).await?.map(|item| DailyList::read(&item, now)))
    }

    /// Claims a list that nobody is sending, and returns it; `None` if somebody was first.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn claim_list(&self, list: &Key, lease: &Lease, now: Timestamp) -> Result<Option<DailyList>, Error> {
        let update = self
            .list_update(list)
            .update_expression("SET claimed_until = :until, lease = :lease")
            .condition_expression(
                "attribute_exists(pk) AND attribute_not_exists(sent_at) AND attribute_not_exists(refused) \
                 AND (attribute_not_exists(claimed_until) OR claimed_until <= :now OR lease = :lease)",
            )
            .expression_attribute_values(":until", s(sortable(lease.until)))
            .expression_attribute_values(":lease", s(lease.token.as_str()))
            .expression_attribute_values(":now", s(sortable_floor(now)))
            .return_values(ReturnValue::AllNew);
        match update.send().await {
            Ok(done) => Ok(done.attributes.map(|item| DailyList::read(&item, now))),
            Err(error) if error.as_service_error().is_some_and(|it| it.is_conditional_check_failed_exception()) => {
                Ok(None)
            }
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Ends a claim: the list was sent, or can never be, or is open for the next try. What was sent is marked, whoever
    /// holds it by now.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn end_list(&self, list: &Key, lease: &Lease, state: &ListState, now: Timestamp) -> Result<(), Error> {
        let update = self.list_update(list);
        let held = |update: UpdateItemFluentBuilder| {
            update
                .condition_expression("lease = :lease AND attribute_not_exists(sent_at)")
                .expression_attribute_values(":lease", s(lease.token.as_str()))
        };
        let update = match state {
            ListState::Claimed => return Ok(()),
            ListState::Sent(id) => update
                .update_expression("SET sent_at = :at, sns_id = :id REMOVE refused")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":at", s(sortable(now)))
                .expression_attribute_values(":id", s(id.as_deref().unwrap_or("none"))),
            ListState::Refused(reason) => held(update)
                .update_expression("SET refused = :reason")
                .expression_attribute_values(":reason", s(reason.as_str())),
            ListState::Open => held(update)
                .update_expression("SET claimed_until = :now REMOVE lease")
                .expression_attribute_values(":now", s(sortable_floor(now))),
        };
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|it| it.is_conditional_check_failed_exception()) => {
                Ok(())
            }
            Err(error) => Err(Error::from_sdk("UpdateItem", &error)),
        }
    }

    /// Notes what became of a list with each message that it told.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_receipt_of_list(
        &self,
        agency: &AgencyCode,
        list: &Key,
        receipt: &Receipt,
        now: Timestamp,
    ) -> Result<Noted, Error> {
        let mut noted = Noted::Unchanged;
        for (id, sk) in self.daily_list(list, now).await?.map(|list| list.messages).unwrap_or_default() {
            let message = Key { pk: Key::dossier_pk(agency, id), sk };
            if self.note_receipt(agency, &message, receipt, now).await? == Noted::Now {
                noted = Noted::Now;
            }
        }
        Ok(noted)
    }

    fn list_update(&self, list: &Key) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(list.attributes()))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
    }
}
