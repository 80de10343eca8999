//! Keys of the phone list.

use super::Key;
use rules::calls::Place;
use rules::id::{AgencyCode, DossierId};

impl Key {
    /// Returns the key of what one person is to be told on the phone; `name` is the keyed hash of the person.
    #[must_use]
    pub fn call(agency: &AgencyCode, name: &str) -> Self {
        Self { pk: format!("{agency}#call#{name}"), sk: "call".into() }
    }

    /// Returns the name of the person of such a key, as it stands in a path.
    #[must_use]
    pub fn call_name(&self) -> Option<&str> {
        self.pk.split_once("#call#").map(|(_, name)| name)
    }

    /// Returns the key of the names of the calls in which messages of a dossier are, or were.
    #[must_use]
    pub fn calls_of(agency: &AgencyCode, id: DossierId) -> Self {
        Self { pk: Self::projection(agency, id).pk, sk: "calls".into() }
    }

    /// Returns the list of the people to be called, the most urgent first.
    #[must_use]
    pub fn calls_pk(agency: &AgencyCode) -> String {
        format!("{agency}#person#call")
    }

    /// Returns the list of the people who are to be called at another time, by time.
    #[must_use]
    pub fn later_calls_pk(agency: &AgencyCode) -> String {
        format!("{agency}#person#call-later")
    }

    /// Returns the list in which a call stands, if it is in one.
    pub(in crate::store) fn call_list(agency: &AgencyCode, place: &Place) -> Option<String> {
        match place {
            Place::Over => None,
            Place::Waits(_) => Some(Self::calls_pk(agency)),
            Place::Sleeps(_) => Some(Self::later_calls_pk(agency)),
        }
    }
}
