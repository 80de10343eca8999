//! Tasks that no function could finish and a person must look at. Money is not among them: it has decisions of its own.
//! Nor are messages that reached nobody: they stand in the phone list.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;

use super::item::wakes;
use super::tasks::{Task, TaskItem};
use super::{Error, Item, Key, MessageOf, Page, Store, TaskKind, text};
use rules::id::AgencyCode;

/// The longest name of a place that is read.
const LONGEST_NAME: usize = 1_000;
/// Pages of the index that are read until one has a task that is in no other list.
const MOST_PAGES: usize = 10;

/// One task that waits for a person.
#[derive(Debug)]
pub struct Aside {
    /// The task itself.
    pub task: Task,
    /// The time since which it waits for a person.
    pub since: Timestamp,
    /// Its item.
    pub read: TaskItem,
}

/// A page of them.
#[derive(Debug, Default)]
pub struct AsidePage {
    /// Oldest first.
    pub items: Vec<Aside>,
    /// Name of the place where the next page begins; `None` at the end.
    pub next: Option<String>,
}

impl Aside {
    /// Returns `None` if the item says that it waits for nobody: an index may still show what was finished.
    fn of(agency: &AgencyCode, key: Key, item: Item) -> Option<Self> {
        let kind = key.task_kind()?;
        let since = text(&item, "wake_at")?.parse().ok()?;
        let waits = text(&item, "wake_pk") == Some(&kind.person_pk(agency));
        let failures = super::number(&item, "failures").unwrap_or(0);
        waits.then_some(Self { task: Task { kind, key }, since, read: TaskItem { item, failures } })
    }

    /// Returns its name in a path, within its agency.
    #[must_use]
    pub fn name(&self, agency: &AgencyCode) -> String {
        name_of(agency, &self.task.key).unwrap_or_default()
    }
}

impl Store {
    /// Reads a page of this kind's tasks for a person, after the place `after` names; `None` if it names no place.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn set_aside(
        &self,
        agency: &AgencyCode,
        kind: TaskKind,
        after: Option<&str>,
    ) -> Result<Option<AsidePage>, Error> {
        let pk = kind.person_pk(agency);
        let from = match after.map(|after| place(agency, &pk, after)) {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Ok(None),
        };
        let page = self.not_in_the_phone_list(&pk, from).await?;
        let mut found = self.all(&page.items).await?;
        let items = page.items.into_iter().filter_map(|key| {
            let item = found.remove(&key)?;
            Aside::of(agency, key, item)
        });
        let next = page.next.as_ref().and_then(|last| place_name(agency, last));
        Ok(Some(AsidePage { items: items.collect(), next }))
    }

    /// Reads a page of these tasks without the messages that are in the phone list, which fill whole pages of their own.
    async fn not_in_the_phone_list(&self, pk: &str, from: Option<Item>) -> Result<Page<Key>, Error> {
        let mut page = self.indexed(pk, None, from).await?;
        for _ in 1..MOST_PAGES {
            page.items.retain(is_no_call);
            if page.next.is_none() || !page.items.is_empty() {
                break;
            }
            page = self.indexed(pk, None, page.next).await?;
        }
        page.items.retain(is_no_call);
        Ok(page)
    }

    /// Returns the task that waits for a person under this name. Never money, which leaves its list by a decision only,
    /// and no message of the phone list.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn one_aside(&self, agency: &AgencyCode, name: &str) -> Result<Option<Aside>, Error> {
        let Some(key) = named(agency, name).filter(|key| key.task_kind() != Some(TaskKind::Money) && is_no_call(key))
        else {
            return Ok(None);
        };
        let item = self.item(&key).await?;
        Ok(item.and_then(|item| Aside::of(agency, key, item)))
    }

    /// Has it tried again from now on, as often as if it had never failed. An SMS is tried once, since its tries are
    /// counted apart. A task that moved meanwhile stays where it is.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn try_again(&self, agency: &AgencyCode, aside: &Aside, now: Timestamp) -> Result<(), Error> {
        let wake_pk = aside.task.wake_pk(agency);
        self.move_task(&aside.task, &aside.read, &wake_pk, now, 0).await
    }
}

/// Returns a key without its agency, so that no path leads to another agency's.
fn name_of(agency: &AgencyCode, key: &Key) -> Option<String> {
    let rest = key.pk.strip_prefix(&format!("{agency}#"))?;
    Some(BASE64URL_NOPAD.encode(format!("{rest}\n{}", key.sk).as_bytes()))
}

fn named(agency: &AgencyCode, name: &str) -> Option<Key> {
    let name = BASE64URL_NOPAD.decode(name.as_bytes()).ok().filter(|name| name.len() <= LONGEST_NAME)?;
    let name = String::from_utf8(name).ok()?;
    let (rest, sk) = name.split_once('\n')?;
    Some(Key { pk: format!("{agency}#{rest}"), sk: sk.to_owned() })
}

/// Whether a task is no message that a person is called about.
pub(super) fn is_no_call(key: &Key) -> bool {
    !matches!(key.message_of(), Some((_, MessageOf::Commit { .. } | MessageOf::Event { .. })))
}

pub(super) fn place_name(agency: &AgencyCode, last: &Item) -> Option<String> {
    let key = Key { pk: text(last, "pk")?.to_owned(), sk: text(last, "sk")?.to_owned() };
    Some(format!("{}~{}", text(last, "wake_at")?, name_of(agency, &key)?))
}

pub(super) fn place(agency: &AgencyCode, wake_pk: &str, name: &str) -> Option<Item> {
    let (at, name) = name.split_once('~')?;
    let mut from = named(agency, name)?.attributes();
    wakes(&mut from, wake_pk.to_owned(), at.parse().ok()?);
    Some(from)
}
