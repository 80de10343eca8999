//! Tries to open a dossier by digits: read beside the dossier in one call, and counted before anybody is told how one went.

use jiff::{SignedDuration, Timestamp};
use rules::access::Tries;
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::person::Person;

use super::commit::{Claim, CommitError};
use super::item::{json, n, read, under};
use super::{Error, Item, Key, Store};

/// Time after which the tries at no dossier are forgotten. Those at a dossier stay as long as it does.
const AT_NOTHING: SignedDuration = SignedDuration::from_hours(24 * 30);
/// The same for the tries of a sender.
const OF_SENDER: SignedDuration = SignedDuration::from_hours(1);

/// A dossier that somebody tries to open, and the tries so far.
#[derive(Debug)]
pub struct Attempted {
    /// Its state; `None` if there is no such dossier.
    pub dossier: Option<Dossier>,
    /// Its people; `None` if there is no such dossier, or they were erased.
    pub person: Option<Person>,
    /// The tries at it.
    pub tries: Tries,
    /// The tries of this sender.
    pub sender: Tries,
}

impl Store {
    /// Reads what a try needs in one consistent call, whether the dossier exists or not.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn attempted(&self, agency: &AgencyCode, id: DossierId, sender: &str) -> Result<Attempted, Error> {
        let (person, tries, sender) = (Key::person(agency, id), Key::tries(agency, id), Key::sender(agency, sender));
        let mut loaded = self.load(agency, id, &[person.clone(), tries.clone(), sender.clone()]).await?;
        let counted = |key: &Key| loaded.item(key).map_or_else(|| Ok(Tries::default()), |item| read(item, "tries"));
        let (tries, sender) = (counted(&tries)?, counted(&sender)?);
        let person = loaded.item(&person).map(|item| read(item, "person")).transpose()?;
        Ok(Attempted { dossier: loaded.dossier.take(), person, tries, sender })
    }

    /// Counts one more try over those that were read; `false` if another was counted meanwhile, and nothing was written.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn count_try(
        &self,
        agency: &AgencyCode,
        (id, sender): (DossierId, &str),
        before: &Attempted,
        right: bool,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let forgotten = before.dossier.is_none().then_some(now + AT_NOTHING);
        let claims = [
            claim(&Key::tries(agency, id), &before.tries.with(now, right), forgotten),
            claim(&Key::sender(agency, sender), &before.sender.with_sender_s(now), Some(now + OF_SENDER)),
        ];
        match self.write(&claims).await {
            Ok(()) => Ok(true),
            Err(CommitError::Claimed(..) | CommitError::Conflict | CommitError::Raced(_)) => Ok(false),
            Err(CommitError::Store(error)) => Err(error),
        }
    }
}

fn claim(key: &Key, tries: &Tries, forgotten: Option<Timestamp>) -> Claim {
    let mut item: Item = under(key);
    item.insert("tries".into(), json(tries));
    item.insert("version".into(), n(tries.version));
    if let Some(at) = forgotten {
        item.insert("expires_at".into(), n(u64::try_from(at.as_second()).unwrap_or(0)));
    }
    match tries.version {
        1 => Claim::New(item),
        version => Claim::Over(item, version - 1),
    }
}
