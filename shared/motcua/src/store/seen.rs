//! Accounts: when each signed in last, and the instant before which nothing vouches for it any more. Each is one item,
//! written over.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{json, read, under};
use super::keys::lists::STAFF;
use super::{Error, Key, Page, Store};
use rules::id::AgencyCode;

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

impl Store {
    /// Notes that the provider vouched for an account: at a sign-in, and when a session goes on.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_seen(&self, agency: &AgencyCode, seen: &Seen) -> Result<(), Error> {
        let mut item = under(&Key::staff(agency, &seen.who));
        item.insert("seen".into(), json(seen));
        self.put_over(item).await
    }

    /// Whether the provider ever vouched for an account of this agency.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn was_seen(&self, agency: &AgencyCode, who: &str) -> Result<bool, Error> {
        Ok(self.item(&Key::staff(agency, who)).await?.is_some())
    }

    /// Reads a page of the agency's accounts by name, after that one.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn staff_seen(&self, agency: &AgencyCode, after: Option<&str>) -> Result<Page<Seen>, Error> {
        let from = after.map(|who| Key::staff(agency, who).attributes());
        let page = self.under(&Key::staff_pk(agency), STAFF, from).await?;
        let items = page.items.iter().map(|item| read(item, "seen")).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Ends all sessions and tokens that an account was given until this instant.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn end_until(&self, agency: &AgencyCode, who: &str, at: Timestamp) -> Result<(), Error> {
        let mut item = under(&Key::ended(agency, who));
        item.insert("until".into(), json(&at));
        self.put_over(item).await
    }

    /// Returns the instant until which all sessions and tokens of an account are ended; `None` if none ever was.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn ended_until(&self, agency: &AgencyCode, who: &str) -> Result<Option<Timestamp>, Error> {
        let item = self.item(&Key::ended(agency, who)).await?;
        item.map(|item| read(&item, "until")).transpose()
    }
}
