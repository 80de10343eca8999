//! Sign-ins of accounts: each keeps an entry of the agency's directory up, and an instant before which nothing vouches
//! for the account any more. The name is a part of the entry and of no key.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use rules::dossier::SHAPE;
use rules::id::AgencyCode;
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, s};
use super::{Error, Item, Key, Store};

/// An account, with the time it was last vouched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The subject of the sign-in.
    pub who: String,
    /// Its role then, by the name in the provider's claim.
    pub role: String,
    /// The time.
    pub at: Timestamp,
}

/// The end of an account's sessions and tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The instant until which all of them are ended.
    pub until: Timestamp,
    /// Whether the account is closed, so that later ones are ended too.
    pub closed: bool,
}

impl Ended {
    /// Whether it ends what was given at that instant.
    #[must_use]
    pub fn ends(&self, given: Timestamp) -> bool {
        self.closed || given <= self.until
    }
}

/// Whether the item of what ended an account's sessions says that the account is closed.
pub(super) fn is_closed(ended: &Item) -> bool {
    ended.get("closed").and_then(|closed| closed.as_bool().ok()).copied().unwrap_or(false)
}

impl Store {
    /// Notes that the provider vouched for an account: at a sign-in, and when a session goes on. A name that was noted
    /// before stays if the provider gives none now.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_seen(&self, agency: &AgencyCode, seen: &Seen, name: Option<&str>) -> Result<(), Error> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(Key::staff(agency, &seen.who).attributes()))
            .expression_attribute_names("#seen", "seen")
            .expression_attribute_values(":seen", json(seen))
            .expression_attribute_values(":shape", n(SHAPE));
        let update = match name {
            None => update.update_expression("SET shape = :shape, #seen = :seen"),
            Some(name) => update
                .update_expression("SET shape = :shape, #seen = :seen, #name = :name")
                .expression_attribute_names("#name", "name")
                .expression_attribute_values(":name", s(name)),
        };
        let noted = update.return_consumed_capacity(ReturnConsumedCapacity::Indexes).send().await;
        noted.map_err(|error| Error::from_sdk("UpdateItem", &error))?;
        self.people_changed(agency, seen, name);
        Ok(())
    }

    /// Ends all sessions and tokens that an account was given until this instant.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn end_until(&self, agency: &AgencyCode, who: &str, at: Timestamp) -> Result<(), Error> {
        self.end(agency, who, at, "SET shape = :shape, #until = :until").await
    }

    /// Closes an account: all it was given ends, and nothing later holds until it is opened again.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn close_account(&self, agency: &AgencyCode, who: &str, at: Timestamp) -> Result<(), Error> {
        self.end(agency, who, at, "SET shape = :shape, #until = :until, closed = :closed").await?;
        self.forget_people(agency);
        Ok(())
    }

    /// Opens an account again; what it was given before stays ended.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn open_account(&self, agency: &AgencyCode, who: &str, at: Timestamp) -> Result<(), Error> {
        self.end(agency, who, at, "SET shape = :shape, #until = :until REMOVE closed").await?;
        self.forget_people(agency);
        Ok(())
    }

    async fn end(&self, agency: &AgencyCode, who: &str, at: Timestamp, how: &str) -> Result<(), Error> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(Key::ended(agency, who).attributes()))
            .update_expression(how)
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":until", json(&at))
            .expression_attribute_values(":shape", n(SHAPE));
        let update = if how.contains(":closed") {
            update.expression_attribute_values(":closed", aws_sdk_dynamodb::types::AttributeValue::Bool(true))
        } else {
            update
        };
        let ended = update.return_consumed_capacity(ReturnConsumedCapacity::Indexes).send().await;
        ended.map(|_| ()).map_err(|error| Error::from_sdk("UpdateItem", &error))
    }

    /// Returns what ended the sessions and tokens of an account; `None` if nothing ever did.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn ended(&self, agency: &AgencyCode, who: &str) -> Result<Option<Ended>, Error> {
        let item = self.item(&Key::ended(agency, who)).await?;
        item.map(|item| Ok(Ended { until: read(&item, "until")?, closed: is_closed(&item) })).transpose()
    }
}
