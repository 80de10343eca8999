//! What the phone list is made of: the messages of a dossier that reached nobody, and every call that is in the list.

use super::calls::KeptCall;
use super::{Error, Item, Key, Store, TaskKind, text};
use rules::id::{AgencyCode, DossierId};

impl Store {
    /// Reads every call of the agency that is in a list: for the rebuild.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn every_call(&self, agency: &AgencyCode) -> Result<Vec<(String, KeptCall)>, Error> {
        let mut calls = Vec::new();
        for pk in [Key::calls_pk(agency), Key::later_calls_pk(agency)] {
            let mut from = None;
            loop {
                let page = self.indexed(&pk, None, from).await?;
                let found = self.all(&page.items).await?;
                for key in page.items {
                    let kept = KeptCall::read(found.get(&key))?;
                    calls.extend(key.call_name().map(|name| (name.to_owned(), kept)));
                }
                from = page.next;
                if from.is_none() {
                    break;
                }
            }
        }
        Ok(calls)
    }

    /// Reads the messages of a dossier that wait for a person: their sort keys and items.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn untold_of(&self, agency: &AgencyCode, id: DossierId) -> Result<Vec<(Key, Item)>, Error> {
        let (mut found, mut from) = (Vec::new(), None);
        loop {
            let page = self.under(&Key::dossier_pk(agency, id), "message#", from).await?;
            for item in page.items {
                let (Some(pk), Some(sk)) = (text(&item, "pk"), text(&item, "sk")) else { continue };
                let key = Key { pk: pk.to_owned(), sk: sk.to_owned() };
                if waits(agency, &item) {
                    found.push((key, item));
                }
            }
            from = page.next;
            if from.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Whether a message's item says that it waits for a person.
fn waits(agency: &AgencyCode, item: &Item) -> bool {
    text(item, "wake_pk") == Some(&TaskKind::Message.person_pk(agency))
}
