//! Subjects of a record of the stream, and a dossier as it is now.

use motcua::store::{Error, Key, Loaded, Store, TaskKind, read_json};
use motcua::stream::{Kind, Record};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::person::Person;

/// Subject of a record: a dossier or a payment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    /// A dossier, whose projections are updated.
    Dossier(AgencyCode, DossierId),
    /// A payment that came, which is added to the book, or that somebody decided about, which may strike it out.
    Payment(AgencyCode, Key),
    /// A dossier of which a message did not reach somebody, or whose people changed.
    Calls(AgencyCode, DossierId),
}

impl Of {
    /// Names it for the log.
    pub fn named(&self) -> String {
        match self {
            Self::Dossier(_, id) | Self::Calls(_, id) => id.to_string(),
            Self::Payment(_, key) => key.money_name().unwrap_or_default(),
        }
    }
}

/// Returns the dossier whose events or people a record holds, or the payment written; `None` for other writes.
pub(crate) fn of(record: &Record<'_>) -> Option<Of> {
    let key = &record.key;
    let put = record.kind == Kind::Insert;
    if let Some(agency) = key.of_payment().filter(|_| record.kind != Kind::Remove) {
        return Some(Of::Payment(agency, key.clone()));
    }
    let happened = key.event_version().is_some() && put;
    // People are corrected and erased without an event.
    let (agency, id) = key.dossier().filter(|_| happened || key.sk == "person")?;
    Some(Of::Dossier(agency, id))
}

/// Returns the dossier whose place in the phone list may change by a record: a message was given up, or people who may
/// be in the list already were changed.
pub(crate) fn of_calls(record: &Record<'_>) -> Option<Of> {
    let (agency, id) = record.key.dossier()?;
    let given_up = record.key.task_kind() == Some(TaskKind::Message)
        && record.attribute("wake_pk") == Some(&TaskKind::Message.person_pk(&agency));
    let changed = record.key.sk == "person" && record.kind == Kind::Modify;
    (given_up || changed).then_some(Of::Calls(agency, id))
}

/// A dossier that something happened to, and its stored items.
pub(crate) struct Touched {
    /// As it is now.
    pub dossier: Dossier,
    /// Its people; `None` if they were erased.
    pub person: Option<Person>,
    /// The items of its projections, read with it.
    pub loaded: Loaded,
}

impl Touched {
    /// Reads it and the items of its projections in one consistent call; `None` if there is no such dossier.
    pub async fn load(store: &Store, agency: &AgencyCode, id: DossierId) -> Result<Option<Self>, Error> {
        let people = Key::person(agency, id);
        let loaded = store.load(agency, id, &[people.clone(), Key::projection(agency, id)]).await?;
        let person = loaded.item(&people).map(|item| read_json(item, "person")).transpose()?;
        let Some(dossier) = loaded.dossier.clone() else { return Ok(None) };
        Ok(Some(Self { dossier, person, loaded }))
    }

    /// Reads the dossier and its people once more, later than everything that was read before.
    pub async fn again(&self, store: &Store) -> Result<(Dossier, Option<Person>), Error> {
        let (agency, id) = (&self.dossier.agency, self.dossier.id);
        let people = Key::person(agency, id);
        let loaded = store.load(agency, id, std::slice::from_ref(&people)).await?;
        let person = loaded.item(&people).map(|item| read_json(item, "person")).transpose()?;
        Ok((loaded.dossier.unwrap_or_else(|| self.dossier.clone()), person))
    }
}
