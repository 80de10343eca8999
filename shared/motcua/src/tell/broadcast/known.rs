//! People of a portion of receivers, as they are at this moment.

use super::Broadcaster;
use crate::store::{Error, Key, Toward, read, wishes_at};
use crate::tell::receivers::{Address, Receiver, receivers};
use rules::broadcast;
use rules::calls;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;
use rules::person::{Person, Wishes};

/// Reason of somebody who wants no broadcasts.
pub(super) const NO_BROADCASTS: &str = "no_broadcasts";
/// Reason of somebody whose item could not be read.
const UNREAD: &str = "unread";

/// People of a dossier.
pub(super) struct Known {
    pub id: DossierId,
    pub person: Option<Person>,
    /// Wishes of the applicant and of the filer.
    pub wishes: Vec<Wishes>,
    /// Whether something of them could not be read.
    unread: bool,
}

/// A person to be told, with the ways to them.
pub(super) struct Found {
    /// The keyed hash of the person.
    pub name: String,
    pub receiver: Receiver,
    /// The code of the reason why they are not told at all.
    pub never: Option<&'static str>,
}

impl Broadcaster<'_> {
    /// Reads the people of dossiers and their wishes: two batches.
    pub(super) async fn known(&self, agency: &AgencyCode, ids: &[DossierId]) -> Result<Vec<Known>, Error> {
        let keys: Vec<Key> = ids.iter().map(|id| Key::person(agency, *id)).collect();
        let people = self.store().all(&keys).await?;
        let person = |key: &Key| people.get(key).map(|item| read::<Person>(item, "person")).transpose();
        let people: Vec<_> = keys.iter().map(person).collect();
        let names = |id: DossierId, person: Option<&Person>| -> Vec<Key> {
            let places = person.map_or(0, |person| 1 + usize::from(person.filer.is_some()));
            (0..places).map(|place| Key::wishes(agency, &calls::name(&self.key, agency, person, (id, place)))).collect()
        };
        let wanted: Vec<Vec<Key>> = ids
            .iter()
            .zip(&people)
            .map(|(id, person)| names(*id, person.as_ref().ok().and_then(Option::as_ref)))
            .collect();
        let wishes = self.store().all(&wanted.concat()).await?;
        let known = ids.iter().zip(people).zip(wanted).map(|((id, person), keys)| {
            let wishes: Result<Vec<Wishes>, Error> = keys.iter().map(|key| wishes_at(&wishes, key)).collect();
            let unread = person.is_err() || wishes.is_err();
            if unread {
                tracing::error!(dossier = %id, "people who could not be read for a broadcast");
            }
            Known { id: *id, person: person.unwrap_or_default(), wishes: wishes.unwrap_or_default(), unread }
        });
        Ok(known.collect())
    }

    /// Returns the person of a dossier who is told: the applicant, or the filer if only they left an address. `place` is
    /// the one who was found before.
    pub(super) fn found(&self, agency: &AgencyCode, known: &Known, place: Option<usize>) -> Found {
        let all = receivers(&self.outlets_of(agency), known.person.as_ref(), &known.wishes, false);
        let receiver = place.and_then(|place| all.iter().find(|it| it.place == place)).or(all.first());
        let receiver = receiver.expect("somebody is always returned").clone();
        let off = known.wishes.get(receiver.place).is_some_and(|wishes| wishes.broadcasts_off_since.is_some());
        let never = if known.unread { Some(UNREAD) } else { off.then_some(NO_BROADCASTS) };
        let name = calls::name(&self.key, agency, known.person.as_ref(), (known.id, receiver.place));
        Found { name, receiver, never }
    }

    /// Returns the keyed hash of an address of an outlet.
    pub(super) fn address(&self, agency: &AgencyCode, outlet: Outlet, address: &Address) -> String {
        let written = match address {
            Address::Phone(phone) => phone.expose(),
            Address::Mailbox(mailbox) => mailbox.expose(),
        };
        broadcast::address(&self.key, agency, outlet, written)
    }

    /// Returns what is kept of a person who was found, but for whether their address is another's too.
    pub(super) fn toward(&self, agency: &AgencyCode, id: DossierId, found: &Found) -> Toward {
        let (outlet, to) = &found.receiver.ways[found.receiver.first()];
        let why = found.never.or_else(|| to.as_ref().err().map(|why| why.code()));
        let address = match (&why, to) {
            (None, Ok(address)) => Some(self.address(agency, *outlet, address)),
            _ => None,
        };
        Toward {
            id,
            place: found.receiver.place,
            outlet: why.is_none().then_some(*outlet),
            language: found.receiver.language,
            address,
            together: false,
            why: why.map(str::to_owned),
        }
    }
}
