//! Accounts that signed in, and when last: one item each, written over.

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
}
