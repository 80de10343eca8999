//! Wishes about messages, one item for each person: under the same keyed hash as their call in the phone list.

use std::collections::HashMap;

use super::item::{json, n, read, under};
use super::{Error, Item, Key, Store};
use rules::id::AgencyCode;
use rules::person::Wishes;

/// Reads the wishes that lie under a key; the usual ones if there are none.
///
/// # Errors
/// [`Error::TooNew`], [`Error::Unreadable`].
pub fn wishes_at(found: &HashMap<Key, Item>, key: &Key) -> Result<Wishes, Error> {
    found.get(key).map_or_else(|| Ok(Wishes::default()), |item| read(item, "wishes"))
}

impl Store {
    /// Reads the wishes of one person, by the name of their call.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn wishes(&self, agency: &AgencyCode, name: &str) -> Result<Wishes, Error> {
        Ok(self.value(&Key::wishes(agency, name), "wishes").await?.unwrap_or_default())
    }

    /// Writes wishes over those that were read; `false` if they changed meanwhile.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn keep_wishes(&self, agency: &AgencyCode, name: &str, wishes: &Wishes) -> Result<bool, Error> {
        let mut item = under(&Key::wishes(agency, name));
        item.insert("wishes".into(), json(wishes));
        item.insert("version".into(), n(wishes.version));
        self.put_after(item, wishes.version - 1).await
    }
}
