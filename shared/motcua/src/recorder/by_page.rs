//! The people of a dossier, changed by a page of their own without a command: the wish to be called, and a wrong number.

use super::Recorder;
use super::rounds::ROUNDS;
use crate::store::{Error, Key, number, read, write};
use rules::id::{AgencyCode, DossierId};
use rules::person::Person;

/// Version of items that were written before people had versions.
const FIRST: u64 = 1;

impl Recorder {
    /// Changes the people of a dossier as they are now, and returns what `change` says and the people after it; `None` if they
    /// were erased, or there is no such dossier. `change` says whether anything changed: if nothing did, nothing is written.
    ///
    /// # Errors
    /// [`Error`].
    ///
    /// # Panics
    /// Never: a person has string keys only.
    pub async fn change_people(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        change: impl Fn(&mut Person) -> bool,
    ) -> Result<Option<(bool, Person)>, Error> {
        let key = Key::person(agency, id);
        for _ in 0..ROUNDS {
            let found = self.store.all(std::slice::from_ref(&key)).await?;
            let Some(stored) = found.get(&key) else { return Ok(None) };
            let mut person: Person = read(stored, "person")?;
            if !change(&mut person) {
                return Ok(Some((false, person)));
            }
            let was = number(stored, "version").unwrap_or(FIRST);
            let json = serde_json::to_string(&person).expect("a person has string keys only");
            let mut item = write::item(&key, "person", json);
            write::number(&mut item, "version", was + 1);
            if self.store.put_after(item, was).await? {
                return Ok(Some((true, person)));
            }
        }
        Err(Error::Contended(ROUNDS))
    }
}
