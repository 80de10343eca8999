//! Lawful receipts: one item for each payment, which is a task while something is to be asked of the provider.

use jiff::{SignedDuration, Timestamp};
use rules::id::{AgencyCode, DossierId};
use rules::receipt::{Lawful, Standing, State};

use super::item::{json, n, read, sortable_floor, under, wakes};
use super::keys::{RECEIPT_SHARDS, receipt_pk};
use super::{Claim, Error, Item, Key, Store, Task, TaskKind, aside, number};

/// Receipts of one page of a list.
const PAGE: usize = 50;
/// The time after a call whose end is not known before the receipt is looked up: an answer may be late, and what is not
/// found at once may yet be issued.
pub const LATE_ANSWER: SignedDuration = SignedDuration::from_mins(2);

/// A page of receipts that wait for a person.
#[derive(Debug, Default)]
pub struct LawfulPage {
    /// Those that wait longest first.
    pub receipts: Vec<Lawful>,
    /// Name of the place where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// Reads a receipt from its item.
///
/// # Errors
/// [`Error`].
pub fn lawful_of(item: &Item) -> Result<Lawful, Error> {
    let lawful: Lawful = read(item, "lawful")?;
    Ok(Lawful { version: number(item, "version").unwrap_or(1), ..lawful })
}

/// Returns the instant from which a run does what is to be done next; `None` if no run does.
fn due(lawful: &Lawful, now: Timestamp) -> Option<Timestamp> {
    let last = lawful.last();
    match lawful.standing() {
        // In the order in which the money came, whatever else waits.
        Standing::ToIssue if lawful.issues.len() == 1 => Some(lawful.paid_at.min(now)),
        Standing::ToIssue => Some(now),
        Standing::ToLookUp => match &last.state {
            State::Asked { at, .. } => Some(*at + LATE_ANSWER),
            State::Wanted | State::Issued(_) | State::Refused { .. } => Some(now),
        },
        Standing::ToCancel => Some(now),
        Standing::ToFetch => Some(now + SignedDuration::from_mins(i64::from(last.unfetched) * 10)),
        Standing::ForAPerson | Standing::Settled => None,
    }
}

/// Returns the key of the receipt of a payment.
#[must_use]
pub fn lawful_key(agency: &AgencyCode, lawful: &Lawful) -> Key {
    Key::receipt(agency, lawful.dossier, &lawful.channel, &lawful.identity)
}

impl Store {
    /// Claims that a receipt is as it is here: a new one, or one that was of the version before.
    #[must_use]
    pub fn lawful_claim(agency: &AgencyCode, lawful: &Lawful, now: Timestamp) -> Claim {
        let item = lawful_item(agency, lawful, now);
        match lawful.version {
            1 => Claim::New(item),
            version => Claim::Over(item, version - 1),
        }
    }

    /// Keeps the receipt that a payment is to get; `false` if it is there already.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn want_receipt(&self, agency: &AgencyCode, lawful: &Lawful, now: Timestamp) -> Result<bool, Error> {
        // A repeat is found by reading, which costs less than a write that is declined.
        if self.item(&lawful_key(agency, lawful)).await?.is_some() {
            return Ok(false);
        }
        Ok(self.put_once(lawful_item(agency, lawful, now)).await?.is_none())
    }

    /// Reads the receipt of a payment.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn lawful(&self, key: &Key) -> Result<Option<Lawful>, Error> {
        self.item(key).await?.as_ref().map(lawful_of).transpose()
    }

    /// Reads the receipts of a dossier, without anything else of it: a public page needs no more.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receipts_of(&self, agency: &AgencyCode, id: DossierId) -> Result<Vec<Lawful>, Error> {
        let page = self.under(&Key::dossier_pk(agency, id), "receipt#", None).await?;
        page.items.iter().map(lawful_of).collect()
    }

    /// Finds the receipts that wait longest, at most `most` of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn receipt_tasks(&self, agency: &AgencyCode, now: Timestamp, most: usize) -> Result<Vec<Task>, Error> {
        let shards = (0..RECEIPT_SHARDS).map(|shard| receipt_pk(agency, shard));
        let found = self.longest_waiting(shards, now, most).await?;
        Ok(found.into_iter().map(|(_, key)| Task { kind: TaskKind::Receipt, key }).collect())
    }

    /// Reads receipts by their keys; what is settled or gone in the meantime is left out.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn lawful_at(&self, keys: &[Key]) -> Result<Vec<Lawful>, Error> {
        let found = self.all(keys).await?;
        let read = keys.iter().filter_map(|key| found.get(key)).map(lawful_of);
        read.filter(|it| !matches!(it, Ok(it) if it.standing() == Standing::Settled)).collect()
    }

    /// Finds the receipts that have waited for a person since this instant or longer, at most a page of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn left_to_a_person(&self, agency: &AgencyCode, since: Timestamp) -> Result<Vec<Key>, Error> {
        let (pk, until) = (TaskKind::Receipt.person_pk(agency), sortable_floor(since));
        Ok(self.indexed_up_to(&pk, Some(&until), None, PAGE).await?.items)
    }

    /// Reads a page of the receipts that wait for a person, behind the place of this name; `None` if it names no place.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receipts_for_a_person(
        &self,
        agency: &AgencyCode,
        after: Option<&str>,
    ) -> Result<Option<LawfulPage>, Error> {
        let pk = TaskKind::Receipt.person_pk(agency);
        let from = match after.map(|after| aside::place(agency, &pk, after)) {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Ok(None),
        };
        let page = self.indexed_up_to(&pk, None, from, PAGE).await?;
        let found = self.all(&page.items).await?;
        let read = page.items.iter().filter_map(|key| found.get(key)).map(lawful_of);
        // The index may still show what was settled a moment ago.
        let receipts = read.filter(|it| !matches!(it, Ok(it) if it.standing() != Standing::ForAPerson));
        let next = page.next.as_ref().and_then(|last| aside::place_name(agency, last));
        Ok(Some(LawfulPage { receipts: receipts.collect::<Result<_, _>>()?, next }))
    }
}

fn lawful_item(agency: &AgencyCode, lawful: &Lawful, now: Timestamp) -> Item {
    let key = lawful_key(agency, lawful);
    let mut item = under(&key);
    item.insert("lawful".into(), json(lawful));
    item.insert("version".into(), n(lawful.version));
    if let Some(at) = due(lawful, now) {
        wakes(&mut item, key.wake_pk(agency), at);
    } else if lawful.standing() == Standing::ForAPerson {
        wakes(&mut item, TaskKind::Receipt.person_pk(agency), now);
    }
    item
}
