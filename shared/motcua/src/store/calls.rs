//! The phone list: one item for each person, with everything that they are to be told.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::commit::{Claim, CommitError};
use super::item::{json, n, read, s, sortable, sortable_floor, under};
use super::{Error, Item, Key, Page, Store, number, text};
use rules::calls::{Call, Place, Untold};
use rules::id::{AgencyCode, DossierId};
use rules::worklist::of_call;

/// People of one page of the list.
const PAGE: usize = 20;

/// A call as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptCall {
    /// Counted from 1 with each write; 0 if it was never written.
    pub version: u64,
    /// The call itself.
    pub call: Call,
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct CallPage {
    /// Those who asked for a time that has come, then the most urgent, each with its name in a path.
    pub calls: Vec<(String, KeptCall)>,
    /// Name of the place where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// Writes that move calls of one dossier: together or not at all.
#[derive(Debug, Default)]
pub struct CallMoves {
    /// The calls that change: each as it was read, and as it is to be.
    pub calls: Vec<(String, KeptCall, Call)>,
    /// The names of the calls of the dossier: the version as it was read (0 if there was none), and the names.
    pub names: Option<(u64, Vec<String>)>,
}

impl CallMoves {
    /// Returns how often the counts are written with them.
    #[must_use]
    pub fn counted(&self) -> u64 {
        u64::from(!self.moved().is_empty())
    }

    fn moved(&self) -> Vec<(String, i64)> {
        moved(self.calls.iter().map(|(_, was, call)| (&was.call, call)))
    }
}

impl KeptCall {
    /// Reads an item, if there is one.
    ///
    /// # Errors
    /// [`Error::TooNew`], [`Error::Unreadable`].
    pub fn read(item: Option<&Item>) -> Result<Self, Error> {
        let Some(item) = item else { return Ok(Self::default()) };
        Ok(Self { version: number(item, "version").unwrap_or(0), call: read(item, "call")? })
    }
}

/// What is done with the messages that an outcome ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedMessages {
    /// They leave the list of tasks before a person.
    Told,
    /// They are sent from now on, as if they had never been tried.
    SentAgain(Timestamp),
}

impl Store {
    /// Reads a page of the phone list: two queries side by side and one batch. `None` if `after` names no place.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn calls(
        &self,
        agency: &AgencyCode,
        after: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<CallPage>, Error> {
        let waiting = Key::calls_pk(agency);
        let from = match after.map(|after| place(agency, &waiting, after)) {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Ok(None),
        };
        let awake = async {
            if after.is_some() {
                return Ok(Page { items: Vec::new(), next: None });
            }
            self.indexed(&Key::later_calls_pk(agency), Some(&sortable_floor(now)), None).await
        };
        let (awake, waiting) = tokio::join!(awake, self.indexed_up_to(&waiting, None, from, PAGE));
        let (awake, waiting) = (awake?, waiting?);
        let keys: Vec<Key> = awake.items.into_iter().chain(waiting.items).take(100).collect();
        let found = self.all_lately(&keys).await?;
        let mut calls = Vec::new();
        for key in keys {
            let kept = KeptCall::read(found.get(&key))?;
            let (Some(name), false) = (key.call_name(), kept.call.is_over()) else { continue };
            calls.push((name.to_owned(), kept));
        }
        Ok(Some(CallPage { calls, next: waiting.next.as_ref().and_then(place_name) }))
    }

    /// Reads what one person is to be told; `None` if there was never anything.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn one_call(&self, agency: &AgencyCode, name: &str) -> Result<Option<KeptCall>, Error> {
        let item = self.item(&Key::call(agency, name)).await?;
        item.map(|item| KeptCall::read(Some(&item))).transpose()
    }

    /// Reads the names of the calls of a dossier, and the version of that item; and the calls themselves.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn calls_of(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        also: &[String],
    ) -> Result<(u64, Vec<String>, BTreeMap<String, KeptCall>), Error> {
        let item = self.item(&Key::calls_of(agency, id)).await?;
        let names: Vec<String> = item.as_ref().map(|item| read(item, "calls")).transpose()?.unwrap_or_default();
        let version = item.as_ref().and_then(|item| number(item, "version")).unwrap_or(0);
        let mut wanted = names.clone();
        wanted.extend(also.iter().filter(|name| !names.contains(name)).cloned());
        let keys: Vec<Key> = wanted.iter().map(|name| Key::call(agency, name)).collect();
        let found: HashMap<Key, Item> = self.all(&keys).await?;
        let kept = wanted.into_iter().zip(&keys).map(|(name, key)| Ok((name, KeptCall::read(found.get(key))?)));
        Ok((version, names, kept.collect::<Result<_, Error>>()?))
    }

    /// Writes calls that moved, with the counts; `false` if one is not as it was read. Returns `true` at once if nothing
    /// changes.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn move_calls(&self, agency: &AgencyCode, id: DossierId, moves: &CallMoves) -> Result<bool, Error> {
        let mut items = Vec::new();
        for (name, was, call) in &moves.calls {
            items.push(self.claim(&call_claim(agency, name, was, call)));
        }
        if let Some((was, names)) = &moves.names {
            let mut item = under(&Key::calls_of(agency, id));
            item.insert("calls".into(), json(names));
            item.insert("version".into(), n(was + 1));
            items.push(self.claim(&if *was == 0 { Claim::New(item) } else { Claim::Over(item, *was) }));
        }
        if items.is_empty() {
            return Ok(true);
        }
        items.extend(self.counts_update(&Key::counts(agency), &moves.moved()));
        match self.transact(items, 0).await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Raced(_) | CommitError::Claimed(..) | CommitError::Conflict) => Ok(false),
        }
    }

    /// Writes an outcome in one transaction: the call, the count, the messages that end, and these claims.
    ///
    /// # Errors
    /// [`CommitError`]; [`CommitError::Claimed`] names the place among the call, then the claims.
    pub async fn record_call(
        &self,
        agency: &AgencyCode,
        (name, was, call): (&str, &KeptCall, &Call),
        (ended, how): (&[Untold], EndedMessages),
        claims: &[Claim],
    ) -> Result<(), CommitError> {
        let mut items = vec![self.claim(&call_claim(agency, name, was, call))];
        items.extend(claims.iter().map(|claim| self.claim(claim)));
        items.extend(ended.iter().map(|untold| self.end_untold(agency, untold, how)));
        items.extend(self.counts_update(&Key::counts(agency), &moved(std::iter::once((&was.call, call)))));
        self.transact(items, 0).await
    }

    fn end_untold(&self, agency: &AgencyCode, untold: &Untold, how: EndedMessages) -> TransactWriteItem {
        let key = Key { pk: Key::dossier_pk(agency, untold.id), sk: untold.message.clone() };
        let update = Update::builder().table_name(&self.table).set_key(Some(key.attributes()));
        let update = match how {
            EndedMessages::Told => update.update_expression("REMOVE wake_pk, wake_at"),
            EndedMessages::SentAgain(at) => update
                // What was heard of the last sending says nothing of the next.
                .update_expression(
                    "SET wake_pk = :pk, wake_at = :at \
                     REMOVE attempts, failures, sent_at, receipt, receipt_at, receipt_reason",
                )
                .expression_attribute_values(":pk", s(key.wake_pk(agency)))
                .expression_attribute_values(":at", s(sortable(at))),
        };
        // Without this an update would make an item if there is none.
        let update = update.condition_expression("attribute_exists(pk)");
        TransactWriteItem::builder().update(update.build().expect("table, key and expression are given")).build()
    }
}

fn call_claim(agency: &AgencyCode, name: &str, was: &KeptCall, call: &Call) -> Claim {
    let mut item = under(&Key::call(agency, name));
    item.insert("call".into(), json(call));
    item.insert("version".into(), n(was.version + 1));
    let place = call.place();
    let at = match &place {
        Place::Over => None,
        Place::Waits(sort) => Some(sort.clone()),
        Place::Sleeps(at) => Some(sortable(*at)),
    };
    if let (Some(pk), Some(at)) = (Key::call_list(agency, &place), at) {
        item.insert("wake_pk".into(), s(pk));
        item.insert("wake_at".into(), s(at));
    }
    if was.version == 0 { Claim::New(item) } else { Claim::Over(item, was.version) }
}

/// Returns the counts that move with calls.
fn moved<'c>(calls: impl Iterator<Item = (&'c Call, &'c Call)>) -> Vec<(String, i64)> {
    let mut moved: BTreeMap<String, i64> = BTreeMap::new();
    for (was, is) in calls {
        for (call, by) in [(was, -1), (is, 1)] {
            if let Some(from) = call.counted_from() {
                *moved.entry(of_call(from)).or_default() += by;
            }
        }
    }
    moved.retain(|_, by| *by != 0);
    moved.into_iter().collect()
}

fn place_name(last: &Item) -> Option<String> {
    let key = Key { pk: text(last, "pk")?.to_owned(), sk: text(last, "sk")?.to_owned() };
    Some(format!("{}~{}", text(last, "wake_at")?, key.call_name()?))
}

fn place(agency: &AgencyCode, wake_pk: &str, name: &str) -> Option<Item> {
    let (at, name) = name.split_once('~')?;
    let is_hash = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let is_sort = |text: &str| !text.is_empty() && text.len() <= 64 && text.is_ascii();
    if name.len() > 64 || name.is_empty() || !is_hash(name) || !is_sort(at) {
        return None;
    }
    let mut from = Key::call(agency, name).attributes();
    from.insert("wake_pk".into(), s(wake_pk));
    from.insert("wake_at".into(), s(at));
    Some(from)
}
