//! Broadcasts of an agency: one item each, with everything but the receivers.

use std::sync::{Arc, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::item::{json, n, read, s, under};
use super::keys::broadcasts::BROADCAST;
use super::{AuditEntry, Claim, CommitError, Did, Error, Item, Key, Store, number};
use rules::broadcast::{Act, Broadcast, Stage};
use rules::id::AgencyCode;

/// Seconds for which a process takes the broadcasts that wait to be released as it read them.
const LATELY_S: u64 = 60;
/// Time for which a form is known again.
const REMEMBERED_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A page of the list of broadcasts, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroadcastPage {
    /// The broadcasts.
    pub broadcasts: Vec<Broadcast>,
    /// The number below which the next page begins; `None` at the end.
    pub next: Option<u32>,
}

impl Store {
    /// Reads a broadcast.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn broadcast(&self, agency: &AgencyCode, number: u32) -> Result<Option<Broadcast>, Error> {
        self.value(&Key::broadcast(agency, number), "broadcast").await
    }

    /// Reads at most `most` broadcasts below a number, newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn broadcasts(
        &self,
        agency: &AgencyCode,
        below: Option<u32>,
        most: usize,
    ) -> Result<BroadcastPage, Error> {
        let from = below.map(|number| Key::broadcast(agency, number).attributes());
        let page = self.backwards(&Key::broadcasts_pk(agency), BROADCAST, from, most).await?;
        let broadcasts: Vec<Broadcast> =
            page.items.iter().map(|item| read(item, "broadcast")).collect::<Result<_, _>>()?;
        let next = page.next.and_then(|_| broadcasts.last().map(|it| it.number));
        Ok(BroadcastPage { broadcasts, next })
    }

    /// Reads the broadcasts that move by themselves, in the order of numbers: the first hundred.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn moving_broadcasts(&self, agency: &AgencyCode) -> Result<Vec<Broadcast>, Error> {
        // The index may still show one that has ended.
        Ok(self.listed(&Key::moving_broadcasts_pk(agency)).await?.into_iter().filter(moves).collect())
    }

    /// Returns the broadcasts that wait to be released, as this process read them at most a minute ago.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn ready_broadcasts_lately(
        &self,
        agency: &AgencyCode,
        now: Timestamp,
    ) -> Result<Arc<Vec<Broadcast>>, Error> {
        let lately = |at: Timestamp| now.as_second().abs_diff(at.as_second()) < LATELY_S;
        let kept = self.ready.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        if let Some((ready, _)) = kept.filter(|(_, at)| lately(*at)) {
            return Ok(ready);
        }
        let mut ready = self.listed(&Key::ready_broadcasts_pk(agency)).await?;
        ready.retain(|it| it.stage == Stage::Ready);
        let ready = Arc::new(ready);
        let mut kept = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (Arc::clone(&ready), now));
        Ok(ready)
    }

    async fn listed(&self, pk: &str) -> Result<Vec<Broadcast>, Error> {
        let keys = self.indexed(pk, None, None).await?.items;
        let found = self.all(&keys).await?;
        keys.iter().filter_map(|key| found.get(key)).map(|item| read(item, "broadcast")).collect()
    }

    /// Writes a new broadcast under the next number, in one transaction with the entry of the audit. The same `form` of the
    /// same account gives the broadcast that it made before. `None` if somebody else took that number.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn open_broadcast(
        &self,
        agency: &AgencyCode,
        broadcast: Broadcast,
        (who, form): (&str, &str),
    ) -> Result<Option<Broadcast>, Error> {
        let (counter, seen) =
            (Key::counter(agency, "broadcasts"), Key::seen(agency, "broadcast", &format!("{who}/{form}")));
        let there = self.all(&[counter.clone(), seen.clone()]).await?;
        let before = there.get(&seen).and_then(|item| number(item, "number"));
        if let Some(before) = before.and_then(|before| u32::try_from(before).ok()) {
            return self.broadcast(agency, before).await;
        }
        let count = there.get(&counter).and_then(|item| number(item, "count"));
        let number = u32::try_from(count.unwrap_or(0) + 1).unwrap_or(u32::MAX);
        let broadcast = Broadcast { number, version: 1, ..broadcast };
        let at = broadcast.acted.last().map(|acted| acted.at).unwrap_or_default();
        let entry = AuditEntry { at, who: who.to_owned(), did: Did::Broadcast { number, act: Act::Write } };
        let mut item = under(&seen);
        item.insert("number".into(), n(u64::from(number)));
        item.insert("expires_at".into(), n(u64::try_from((at + REMEMBERED_FOR).as_second()).unwrap_or(0)));
        let claims = [
            Claim::Count(counter, count),
            Claim::New(whole(agency, &broadcast)),
            Claim::New(item),
            entry.claim(agency),
        ];
        Ok(written(self.write(&claims).await)?.then_some(broadcast))
    }

    /// Writes a broadcast over the version that was read, with the entry of the audit if a person did it. Returns it as
    /// it is now, or `None` if somebody was faster.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn move_broadcast(
        &self,
        agency: &AgencyCode,
        after: &Broadcast,
        entry: Option<&AuditEntry>,
    ) -> Result<Option<Broadcast>, Error> {
        let was = after.version;
        let after = Broadcast { version: was + 1, ..after.clone() };
        let item = whole(agency, &after);
        let done = match entry {
            None => self.put_after(item, was).await?,
            Some(entry) => written(self.write(&[Claim::Over(item, was), entry.claim(agency)]).await)?,
        };
        if done && entry.is_some() {
            // Whoever acted sees the menu as it is now.
            self.ready.lock().unwrap_or_else(PoisonError::into_inner).remove(agency);
        }
        Ok(done.then_some(after))
    }
}

fn written(outcome: Result<(), CommitError>) -> Result<bool, Error> {
    match outcome {
        Ok(()) => Ok(true),
        Err(CommitError::Store(error)) => Err(error),
        Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(false),
    }
}

/// Whether something is left to do that nobody has to begin.
fn moves(broadcast: &Broadcast) -> bool {
    broadcast.stage.moves() || (broadcast.stage == Stage::Done && broadcast.heard_until.is_some())
}

fn whole(agency: &AgencyCode, broadcast: &Broadcast) -> Item {
    let mut item = under(&Key::broadcast(agency, broadcast.number));
    item.insert("broadcast".into(), json(broadcast));
    item.insert("version".into(), n(broadcast.version));
    let list = match broadcast.stage {
        Stage::Ready => Some(Key::ready_broadcasts_pk(agency)),
        _ => moves(broadcast).then(|| Key::moving_broadcasts_pk(agency)),
    };
    if let Some(list) = list {
        item.insert("wake_pk".into(), s(list));
        item.insert("wake_at".into(), s(format!("{:06}", broadcast.number)));
    }
    item
}
