//! Notices of an agency: versions that never change, the cards of those that stand, and who confirmed that they read one.

use std::sync::{Arc, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, under};
use super::keys::notices::READ;
use super::{AuditEntry, Claim, CommitError, Did, Error, Item, Key, Store, number};
use rules::id::AgencyCode;
use rules::notice::{Card, Notice, Standing};
use rules::vietnam;

/// Seconds for which the notices that stand are taken to be as they were read.
const LATELY_S: u64 = 60;

/// The most confirmations that a process remembers.
const MOST_KNOWN: usize = 10_000;

/// Time for which the key of a form is known.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(24 * 40);

/// The notices that stand, and the version of their item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingNotices {
    /// The notices.
    pub standing: Standing,
    /// Counted from 1 with each write; 0 if none was ever published.
    pub version: u64,
}

/// A page of the list of notices, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticePage {
    /// The cards.
    pub cards: Vec<Card>,
    /// The number below which the next page begins; `None` at the end.
    pub next: Option<u32>,
}

/// A member of staff confirmed that they read a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBy {
    /// The account.
    pub account: String,
    /// The newest version at that time.
    pub version: u32,
    /// The time.
    pub at: Timestamp,
}

/// Outcome of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Published, under this number.
    Now(u32),
    /// The same form was published before.
    Before,
    /// Somebody else published meanwhile: look again.
    Raced,
}

impl Store {
    /// Reads the notices that stand, as they are now.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn standing_notices(&self, agency: &AgencyCode) -> Result<StandingNotices, Error> {
        let Some(item) = self.item(&Key::standing_notices(agency)).await? else {
            return Ok(StandingNotices::default());
        };
        Ok(StandingNotices { standing: read(&item, "cards")?, version: number(&item, "version").unwrap_or(0) })
    }

    /// Reads the same as they were at most a minute ago: a look for each process and minute.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notices_lately(&self, agency: &AgencyCode, now: Timestamp) -> Result<Arc<Standing>, Error> {
        let kept = self.notices.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        let lately = |at: Timestamp| now.as_second().abs_diff(at.as_second()) < LATELY_S;
        if let Some((standing, _)) = kept.filter(|(_, at)| lately(*at)) {
            return Ok(standing);
        }
        let standing = Arc::new(self.standing_notices(agency).await?.standing);
        self.keep_notices(agency, Arc::clone(&standing), now);
        Ok(standing)
    }

    fn keep_notices(&self, agency: &AgencyCode, standing: Arc<Standing>, now: Timestamp) {
        let mut kept = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (standing, now));
    }

    /// Reads the newest version of a notice.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notice(&self, agency: &AgencyCode, number: u32) -> Result<Option<Notice>, Error> {
        self.value(&Key::notice(agency, number), "notice").await
    }

    /// Reads one version of a notice.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notice_version(
        &self,
        agency: &AgencyCode,
        number: u32,
        version: u32,
    ) -> Result<Option<Notice>, Error> {
        self.value(&Key::notice_version(agency, number, version), "notice").await
    }

    /// Reads at most `most` cards below a number, newest first.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notices(&self, agency: &AgencyCode, below: Option<u32>, most: usize) -> Result<NoticePage, Error> {
        let from = below.map(|number| Key::notice_card(agency, number).attributes());
        let page = self.backwards(&Key::notices_pk(agency), "card#", from, most).await?;
        let cards: Vec<Card> = page.items.iter().map(|item| read(item, "card")).collect::<Result<_, _>>()?;
        let next = page.next.and_then(|_| cards.last().map(|card| card.number));
        Ok(NoticePage { cards, next })
    }

    /// Publishes a version of a notice over those that stood when it was prepared, in one transaction with the entry of
    /// the audit. A notice of number 0 is new and gets the next one. `key` is the form's own, so that a second click
    /// publishes nothing.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn publish(
        &self,
        agency: &AgencyCode,
        mut notice: Notice,
        stood: &StandingNotices,
        key: &str,
    ) -> Result<Published, Error> {
        let now = notice.published_at;
        let mut seen = under(&Key::seen(agency, "notice", key));
        seen.insert("expires_at".into(), n(u64::try_from((now + KNOWN_FOR).as_second()).unwrap_or(0)));
        let mut claims = vec![Claim::New(seen)];
        if notice.number == 0 {
            let counter = Key::counter(agency, "notices");
            let count = self.item(&counter).await?.and_then(|item| number(&item, "count"));
            notice.number = u32::try_from(count.unwrap_or(0) + 1).unwrap_or(u32::MAX);
            claims.push(Claim::Count(counter, count));
        }
        let (number, card) = (notice.number, notice.card());
        let standing = stood.standing.with(card.clone(), vietnam::day(now));
        claims.push(claim_over(standing_item(agency, &standing, stood.version), stood.version));
        claims.push(claim_over(whole(&Key::notice(agency, number), &notice), u64::from(notice.version - 1)));
        claims.push(Claim::New(whole(&Key::notice_version(agency, number, notice.version), &notice)));
        claims.push(Claim::Put(card_item(agency, &card)));
        let did = Did::PublishedNotice { number, version: notice.version };
        claims.push(AuditEntry { at: now, who: notice.published_by.clone(), did }.claim(agency));
        match self.write(&claims).await {
            Ok(()) => {
                self.keep_notices(agency, Arc::new(standing), now);
                self.noticed.forget(agency, number);
                Ok(Published::Now(number))
            }
            Err(CommitError::Claimed(0, _)) => Ok(Published::Before),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(Published::Raced),
        }
    }

    /// Makes the list of an agency's notices and those that stand anew from their newest versions. Returns the number of
    /// cards that were missing or wrong, in the list or among those that stand.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn mend_notices(&self, agency: &AgencyCode) -> Result<u64, Error> {
        let counted = self.item(&Key::counter(agency, "notices")).await?.and_then(|item| number(&item, "count"));
        let last = u32::try_from(counted.unwrap_or(0)).unwrap_or(u32::MAX);
        let stood = self.standing_notices(agency).await?;
        let (mut wrong, mut cards) = (0, Vec::new());
        for number in 1..=last {
            let keys = [Key::notice(agency, number), Key::notice_card(agency, number)];
            let found = self.all(&keys).await?;
            let Some(newest) = found.get(&keys[0]) else { continue };
            let card = read::<Notice>(newest, "notice")?.card();
            if found.get(&keys[1]).map(|item| read::<Card>(item, "card")).transpose()?.as_ref() != Some(&card) {
                wrong += 1;
                self.put_over(card_item(agency, &card)).await?;
            }
            cards.push(card);
        }
        let Some(published_at) = cards.iter().map(|card| card.published_at).max() else { return Ok(wrong) };
        let right =
            cards.into_iter().fold(Standing::default(), |right, card| right.with(card, vietnam::day(published_at)));
        if right != stood.standing {
            wrong += 1;
            // Somebody who publishes meanwhile reads and writes them anew.
            self.put_after(standing_item(agency, &right, stood.version), stood.version).await?;
        }
        Ok(wrong)
    }

    /// Keeps that a member of staff read a version of a notice.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn confirm_notice(&self, agency: &AgencyCode, notice: u32, read_by: &ReadBy) -> Result<(), Error> {
        let mut item = under(&Key::notice_read(agency, notice, &read_by.account));
        item.insert("read".into(), json(read_by));
        self.put_over(item).await
    }

    /// Reads what a member of staff confirmed of these notices, each with its newest version: the version of each, in
    /// their order. A process remembers what is confirmed, since that is never taken back.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn notices_read_by(
        &self,
        agency: &AgencyCode,
        account: &str,
        notices: &[(u32, u32)],
    ) -> Result<Vec<Option<u32>>, Error> {
        let name = |(notice, version): (u32, u32)| format!("{agency}#{notice}#{version}#{account}");
        let is_known =
            |notice: (u32, u32)| self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).contains(&name(notice));
        let key = |notice: u32| Key::notice_read(agency, notice, account);
        let asked: Vec<_> = notices.iter().filter(|it| !is_known(**it)).map(|it| key(it.0)).collect();
        let found = self.all_lately(&asked).await?;
        let mut versions = Vec::new();
        for (notice, version) in notices {
            let read_version = match found.get(&key(*notice)) {
                Some(item) => Some(read::<ReadBy>(item, "read")?.version),
                None if is_known((*notice, *version)) => Some(*version),
                None => None,
            };
            if read_version.is_some_and(|read_version| read_version >= *version) {
                self.know_confirmed(name((*notice, *version)));
            }
            versions.push(read_version);
        }
        Ok(versions)
    }

    fn know_confirmed(&self, name: String) {
        let mut known = self.confirmed.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(name);
    }

    /// Reads everybody who confirmed that they read a notice.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn readers_of_notice(&self, agency: &AgencyCode, notice: u32) -> Result<Vec<ReadBy>, Error> {
        let (pk, mut next, mut all) = (Key::notice_pk(agency, notice), None, Vec::new());
        loop {
            let page = self.under(&pk, READ, next).await?;
            for item in &page.items {
                all.push(read(item, "read")?);
            }
            next = page.next;
            if next.is_none() {
                return Ok(all);
            }
        }
    }
}

fn whole(key: &Key, notice: &Notice) -> Item {
    let mut item = under(key);
    item.insert("notice".into(), json(notice));
    item.insert("version".into(), n(u64::from(notice.version)));
    item
}

fn card_item(agency: &AgencyCode, card: &Card) -> Item {
    let mut item = under(&Key::notice_card(agency, card.number));
    item.insert("card".into(), json(card));
    item
}

/// Writes the notices that stand, over the version that was read.
fn standing_item(agency: &AgencyCode, standing: &Standing, was: u64) -> Item {
    let mut item = under(&Key::standing_notices(agency));
    item.insert("cards".into(), json(standing));
    item.insert("version".into(), n(was + 1));
    item
}

/// Makes a claim on an item whose version is counted from 1.
fn claim_over(item: Item, was: u64) -> Claim {
    if was == 0 { Claim::New(item) } else { Claim::Over(item, was) }
}
