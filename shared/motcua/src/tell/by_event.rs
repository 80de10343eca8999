//! Messages named by an event. Until there were outlets, each event of a commit had a message of its own, and the key
//! had the event's position in the place of the outlet.
//!
//! A stream record may come again after the deployment, or a dead letter much later. A receiver who has such an item
//! for a commit is told the rest of that commit in the same way, so that nobody is told twice. The items are read
//! together with the people, in the call that is made anyway. That costs no further round trip, but two read units for
//! each event that has news, one for each possible receiver.

use super::news;
use super::receivers::MOST_RECEIVERS;
use crate::store::{Key, Loaded};
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::message::News;

/// Most events of a commit whose items are looked for, as one call reads a hundred at most. They were begun in the
/// order of the events, so the first ones are found if there are any.
const MOST_PLACES: usize = 40;

/// A commit as it was told event by event.
pub(super) struct ByEvent<'a> {
    agency: &'a AgencyCode,
    id: DossierId,
    recorded: &'a Recorded,
    places: Vec<usize>,
}

impl<'a> ByEvent<'a> {
    pub fn new(agency: &'a AgencyCode, id: DossierId, recorded: &'a Recorded) -> Self {
        Self { agency, id, recorded, places: news::places(recorded).collect() }
    }

    /// Whether nobody is told anything.
    pub fn is_silent(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns the keys that may be in the table.
    pub fn keys(&self) -> Vec<Key> {
        let places = self.places.iter().take(MOST_PLACES);
        places.flat_map(|place| (0..MOST_RECEIVERS).map(|receiver| self.key(*place, receiver))).collect()
    }

    /// Whether this receiver was told, or was to be told, in this way.
    pub fn is_begun(&self, loaded: &Loaded, receiver: usize) -> bool {
        self.places.iter().any(|place| loaded.item(&self.key(*place, receiver)).is_some())
    }

    /// Returns all messages of the commit to one receiver.
    pub fn messages(&self, receiver: usize, dossier: Option<&Dossier>) -> Vec<(Key, News<'a>)> {
        let recorded = self.recorded;
        let message = |place: &usize| {
            let news = news::of_event(&recorded.events[*place], recorded, dossier)?;
            Some((self.key(*place, receiver), news))
        };
        self.places.iter().filter_map(message).collect()
    }

    fn key(&self, place: usize, receiver: usize) -> Key {
        Key::message_of_event(self.agency, self.id, self.recorded.version, place, receiver)
    }
}
