//! What a record of the stream is about, and a dossier as it is now.

use motcua::store::{Error, Key, Loaded, Store, read_json};
use motcua::stream::{Kind, Record};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::person::Person;

/// What something happened to.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    /// A dossier: its projections follow.
    Dossier(AgencyCode, DossierId),
    /// A payment that came: the book follows.
    Payment(AgencyCode, Key),
}

impl Of {
    /// For the log.
    pub fn named(&self) -> String {
        match self {
            Self::Dossier(_, id) => id.to_string(),
            Self::Payment(_, key) => key.money_name().unwrap_or_default(),
        }
    }
}

/// The dossier whose events or people a record tells of, or the payment that came; `None` for every other write.
pub(crate) fn of(record: &Record<'_>) -> Option<Of> {
    let key = &record.key;
    let put = record.kind == Kind::Insert;
    if let Some(agency) = key.of_payment().filter(|_| put) {
        return Some(Of::Payment(agency, key.clone()));
    }
    let happened = key.event_version().is_some() && put;
    // People are corrected and erased without an event.
    let (agency, id) = key.dossier().filter(|_| happened || key.sk == "person")?;
    Some(Of::Dossier(agency, id))
}

/// A dossier something happened to, and what is kept of it.
pub(crate) struct Touched {
    /// As it is now.
    pub dossier: Dossier,
    /// Its people; none where they were erased.
    pub person: Option<Person>,
    /// The items of its projections, read with it.
    pub loaded: Loaded,
}

impl Touched {
    /// Reads it and the items of its projections in one consistent call; none where there is no such dossier.
    pub async fn load(store: &Store, agency: &AgencyCode, id: DossierId) -> Result<Option<Self>, Error> {
        let people = Key::person(agency, id);
        let loaded = store.load(agency, id, &[people.clone(), Key::projection(agency, id)]).await?;
        let person = loaded.item(&people).map(|item| read_json(item, "person")).transpose()?;
        let Some(dossier) = loaded.dossier.clone() else { return Ok(None) };
        Ok(Some(Self { dossier, person, loaded }))
    }

    /// The dossier and its people read once more: later than everything that was read before.
    pub async fn again(&self, store: &Store) -> Result<(Dossier, Option<Person>), Error> {
        let (agency, id) = (&self.dossier.agency, self.dossier.id);
        let people = Key::person(agency, id);
        let loaded = store.load(agency, id, std::slice::from_ref(&people)).await?;
        let person = loaded.item(&people).map(|item| read_json(item, "person")).transpose()?;
        Ok((loaded.dossier.unwrap_or_else(|| self.dossier.clone()), person))
    }
}
