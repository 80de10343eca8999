//! Events whose parcel is not here: kept, looked at again, and in the end given to a person.

use jiff::SignedDuration;
use rules::id::AgencyCode;
use rules::post::Stray;

use crate::store::item::{json, read, under, wakes};
use crate::store::{Error, Item, Key, Store};

/// Time until the first new look.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(1);

impl Store {
    /// Keeps an event whose parcel is not here, once; `false` if it was kept before.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn keep_stray(&self, agency: &AgencyCode, stray: &Stray) -> Result<bool, Error> {
        let key = Key::stray(agency, &stray.operator, &stray.name());
        let mut item = under(&key);
        item.insert("stray".into(), json(stray));
        wakes(&mut item, key.wake_pk(agency), stray.event.heard_at + FIRST_LOOK);
        Ok(self.put_once(item).await?.is_none())
    }

    /// Reads one from its item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn stray_of(item: &Item) -> Result<Stray, Error> {
        read(item, "stray")
    }
}
