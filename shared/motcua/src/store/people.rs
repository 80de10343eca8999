//! The directory of an agency: an entry for each account that signed in, kept up by its sign-ins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use rules::id::AgencyCode;

use super::item::{read, s};
use super::keys::lists::{ENDED, SEEN};
use super::seen::is_closed;
use super::{Error, Item, Key, Seen, Store, text};

/// Seconds for which a process takes the directory as it read it. Who may receive work is always asked anew.
const LATELY_S: u64 = 5 * 60;

/// An entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account, its role, and when it was last vouched for.
    pub seen: Seen,
    /// The name that the provider gave last; `None` if it never gave one.
    pub name: Option<String>,
    /// Whether an administrator closed the account.
    pub closed: bool,
}

/// The directory of one agency, by accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People(BTreeMap<String, Member>);

impl People {
    /// Returns the entry of an account.
    #[must_use]
    pub fn get(&self, who: &str) -> Option<&Member> {
        self.0.get(who)
    }

    /// Returns the name of whoever has an account, if it is known.
    #[must_use]
    pub fn name_of(&self, who: &str) -> Option<&str> {
        self.get(who)?.name.as_deref()
    }

    /// Returns every entry, by accounts.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.0.values()
    }
}

impl FromIterator<Member> for People {
    fn from_iter<T: IntoIterator<Item = Member>>(members: T) -> Self {
        Self(members.into_iter().map(|member| (member.seen.who.clone(), member)).collect())
    }
}

/// The directory of each agency as this process read it last, and when that was.
pub(super) type Lately = BTreeMap<AgencyCode, (Arc<People>, Timestamp)>;

impl Store {
    /// Returns the agency's directory as this process read it at most five minutes ago, or reads it: one query, half a
    /// read unit for some fifteen accounts.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn people(&self, agency: &AgencyCode, now: Timestamp) -> Result<Arc<People>, Error> {
        let lately = |(_, at): &(Arc<People>, Timestamp)| now.as_second().abs_diff(at.as_second()) <= LATELY_S;
        let kept = self.people.lock().unwrap_or_else(PoisonError::into_inner).get(agency).cloned();
        if let Some((people, _)) = kept.filter(lately) {
            return Ok(people);
        }
        let people = Arc::new(self.directory(agency).await?);
        let mut kept = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(agency.clone(), (Arc::clone(&people), now));
        Ok(people)
    }

    /// Returns an account's entry as it is now; `None` if it never signed in at this agency.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn member(&self, agency: &AgencyCode, who: &str) -> Result<Option<Member>, Error> {
        let keys = [Key::staff(agency, who), Key::ended(agency, who)];
        let found = self.all(&keys).await?;
        let closed = found.get(&keys[1]).is_some_and(is_closed);
        found.get(&keys[0]).map(|item| member(item, closed)).transpose()
    }

    async fn directory(&self, agency: &AgencyCode) -> Result<People, Error> {
        let (mut items, mut from) = (Vec::new(), None);
        loop {
            let query = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
            let query = query.expression_attribute_values(":pk", s(Key::staff_pk(agency)));
            let query = query.set_exclusive_start_key(from).return_consumed_capacity(ReturnConsumedCapacity::Indexes);
            let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
            items.extend(answer.items.unwrap_or_default());
            from = answer.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        let after = |item: &Item, prefix: &str| text(item, "sk")?.strip_prefix(prefix).map(str::to_owned);
        let closed: BTreeSet<_> =
            items.iter().filter(|item| is_closed(item)).filter_map(|item| after(item, ENDED)).collect();
        let entry = |item: &Item| match member(item, after(item, SEEN).is_some_and(|who| closed.contains(&who))) {
            Ok(member) => Some(member),
            Err(error) => {
                tracing::warn!(%error, "an entry of the directory that was not read");
                None
            }
        };
        Ok(items.iter().filter(|item| after(item, SEEN).is_some()).filter_map(entry).collect())
    }

    /// Has the directory read anew, because an account was closed or opened.
    pub(super) fn forget_people(&self, agency: &AgencyCode) {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).remove(agency);
    }

    /// Has the directory read anew if a sign-in changed more in it than a time.
    pub(super) fn people_changed(&self, agency: &AgencyCode, seen: &Seen, name: Option<&str>) {
        let mut kept = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = kept
            .get(agency)
            .and_then(|(people, _)| people.get(&seen.who))
            .is_some_and(|member| member.seen.role == seen.role && (name.is_none() || member.name.as_deref() == name));
        if !is_same {
            kept.remove(agency);
        }
    }
}

fn member(item: &Item, closed: bool) -> Result<Member, Error> {
    Ok(Member { seen: read(item, "seen")?, name: text(item, "name").map(str::to_owned), closed })
}
