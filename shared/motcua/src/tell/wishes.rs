//! Wishes of the receivers about messages, and what their services tell of them.

use std::collections::HashMap;

use super::Sender;
use super::letter::Letter;
use crate::store::{Error, Item, Key, wishes_at};
use rules::calls;
use rules::id::{AgencyCode, DossierId};
use rules::person::{Person, Wishes};
use rules::worklist::SearchKey;

impl Sender<'_> {
    /// Returns the keys of the wishes of the applicant and of the filer, in this order.
    pub(super) fn wishes_keys(&self, agency: &AgencyCode, id: DossierId, person: Option<&Person>) -> Vec<Key> {
        let Some(person) = person else { return Vec::new() };
        let key = SearchKey::of(self.site.config.id_key());
        let places = 0..=usize::from(person.filer.is_some());
        places.map(|place| Key::wishes(agency, &calls::name(&key, agency, Some(person), (id, place)))).collect()
    }

    /// Keeps that somebody opted out at the service of an outlet, so that the next message does not try it. A message is
    /// never held up by this: what could not be kept is heard again from the service.
    pub(super) async fn note_opt_out(&self, letter: &Letter<'_>) {
        let Some(person) = letter.case.person else { return };
        let key = SearchKey::of(self.site.config.id_key());
        let name = &calls::name(&key, letter.agency, Some(person), (letter.id, letter.receiver.place));
        let noted = async {
            let wishes = self.store().wishes(letter.agency, name).await?;
            match wishes.opted_out(letter.outlet(), self.now) {
                Some(wishes) => self.store().keep_wishes(letter.agency, name, &wishes).await,
                None => Ok(true),
            }
        };
        match noted.await {
            Ok(_) => {}
            Err(error) => tracing::warn!(item = %letter.key.sk, %error, "an opt-out could not be kept"),
        }
    }
}

/// Returns the wishes that lie under these keys, in their order.
pub(super) fn read(found: &HashMap<Key, Item>, keys: &[Key]) -> Result<Vec<Wishes>, Error> {
    keys.iter().map(|key| wishes_at(found, key)).collect()
}
