//! Portal events that cannot be applied yet: kept as they came and looked at again. In the end they go to a person.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Receipt, Recorder};
use crate::store::{Error, Item, Key, TaskKind, wake_pk, write};
use rules::id::AgencyCode;
use rules::portal::Why;
use rules::repeat;
use rules::signature::sha256_hex;

/// Time until the first new look at an event that came before its dossier.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// An authentic message as stored: a portal event, or a payment message that cannot be read. The body may hold personal
/// data. It is therefore stored in this item only, until it is applied.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// The portal's id; for a payment message `payment:` and the channel's id.
    pub portal: String,
    /// Its delivery id.
    pub delivery: String,
    /// Digest of what the body means; of its bytes if it was stored before there were meanings.
    pub digest: String,
    /// The body as received.
    pub body: String,
    /// The time it came.
    pub received_at: Timestamp,
}

impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrival")
            .field("portal", &self.portal)
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}

impl Arrival {
    /// Returns the receipt that its command is recorded under.
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        Receipt {
            source: format!("portal:{}", self.portal),
            delivery: self.delivery.clone(),
            digest: self.digest.clone(),
            as_written: sha256_hex(self.body.as_bytes()),
        }
    }

    fn repeats(&self, kept: &Self) -> bool {
        repeat::is_of(&kept.digest, &self.digest, &sha256_hex(self.body.as_bytes()))
    }

    /// Reads an item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        crate::store::read(item, "arrival")
    }
}

impl Recorder {
    /// Keeps an event whose dossier does not exist yet, to be looked at again. One that was kept before under the same
    /// delivery id stays. Another content under that id goes to a person.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn keep(&self, agency: &AgencyCode, arrival: &Arrival) -> Result<(), Error> {
        let look_again_at = Some(arrival.received_at + FIRST_LOOK);
        match self.keep_under(agency, arrival, &arrival.delivery, (look_again_at, None)).await? {
            // One that has been dealt with no longer has a body.
            Some(kept) if kept.contains_key("arrival") && !arrival.repeats(&Arrival::read(&kept)?) => {
                self.keep_because(agency, arrival, Why::OtherDelivery).await
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Keeps a message for a person, who sees it at once. The same content is kept once.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn keep_for_a_person(&self, agency: &AgencyCode, arrival: &Arrival) -> Result<(), Error> {
        let name = format!("{}~{}", arrival.delivery, arrival.digest);
        self.keep_under(agency, arrival, &name, (None, None)).await.map(|_| ())
    }

    /// Does the same with the reason.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn keep_because(&self, agency: &AgencyCode, arrival: &Arrival, why: Why) -> Result<(), Error> {
        let name = format!("{}~{}", arrival.delivery, arrival.digest);
        self.keep_under(agency, arrival, &name, (None, Some(why))).await.map(|_| ())
    }

    async fn keep_under(
        &self,
        agency: &AgencyCode,
        arrival: &Arrival,
        name: &str,
        (look_again_at, why): (Option<Timestamp>, Option<Why>),
    ) -> Result<Option<Item>, Error> {
        let key = Key::arrival(agency, &arrival.portal, name);
        let json = serde_json::to_string(arrival).expect("an arrival has string keys only");
        let mut item = write::item(&key, "arrival", json);
        if let Some(why) = why {
            write::text(&mut item, "reason", why.name());
        }
        match look_again_at {
            Some(at) => write::wakes(&mut item, wake_pk(agency, key.wake_shard()), at),
            None => write::wakes(&mut item, TaskKind::Arrival.person_pk(agency), arrival.received_at),
        }
        self.store().put_once(item).await
    }
}
