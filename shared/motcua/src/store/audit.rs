//! Audit of who looked at what and did what: one item for each act, by day, never changed.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::item::{json, read, s, under};
use super::{Claim, Did, Error, Item, Key, Store, text};
use rules::id::AgencyCode;

/// Entries read for one page.
const PAGE: i32 = 100;
/// The longest place in a day, in bytes.
const LONGEST_PLACE: usize = 64;

/// One entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The time.
    pub at: Timestamp,
    /// The account, by the subject of the sign-in.
    pub who: String,
    /// The act.
    pub did: Did,
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// Newest first. Entries that newer code wrote and this code does not know are left out.
    pub entries: Vec<AuditEntry>,
    /// Place where the next page begins; `None` at the end. With a filter a page may be empty and not the last.
    pub next: Option<String>,
}

impl AuditEntry {
    /// Returns the entry as a claim, to be written with something else.
    #[must_use]
    pub fn claim(&self, agency: &AgencyCode) -> Claim {
        Claim::Put(self.item(agency))
    }

    fn item(&self, agency: &AgencyCode) -> Item {
        self.under(&Key::audit(agency, self.at, fastrand::u64(..)))
    }

    /// Returns the item of the entry under this key.
    pub(super) fn under(&self, key: &Key) -> Item {
        let mut item = under(key);
        item.insert("who".into(), s(self.who.as_str()));
        item.insert("entry".into(), json(self));
        item
    }
}

impl Store {
    /// Writes an entry alone, without the look at a dossier that stands beside it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub(super) async fn put_entry(&self, agency: &AgencyCode, entry: &AuditEntry) -> Result<(), Error> {
        // A token that exists already is from this same call, repeated after an answer that was lost.
        self.put_once(entry.item(agency)).await.map(|_| ())
    }

    /// Reads a page of the acts of a day in Vietnam, newest first, by everybody or by one account. Returns `None` if
    /// `after` names no place.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn audited(
        &self,
        agency: &AgencyCode,
        day: Date,
        who: Option<&str>,
        after: Option<&str>,
    ) -> Result<Option<AuditPage>, Error> {
        let pk = Key::audit_pk(agency, day);
        if !after.is_none_or(is_place) {
            return Ok(None);
        }
        let from = after.map(|sk| Key { pk: pk.clone(), sk: sk.to_owned() }.attributes());
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(pk))
            .scan_index_forward(false)
            .limit(PAGE)
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let query = match who {
            None => query,
            Some(who) => query.filter_expression("who = :who").expression_attribute_values(":who", s(who)),
        };
        let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
        let entry = |item: &Item| match read(item, "entry") {
            Ok(entry) => Some(entry),
            Err(error) => {
                tracing::warn!(%error, "an entry of the audit not read");
                None
            }
        };
        let entries = answer.items.unwrap_or_default().iter().filter_map(entry).collect();
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text(last, "sk").map(str::to_owned));
        Ok(Some(AuditPage { entries, next }))
    }
}

fn is_place(sk: &str) -> bool {
    let hex = |token: &str| token.len() == 16 && token.bytes().all(|b| b.is_ascii_hexdigit());
    sk.len() <= LONGEST_PLACE
        && sk.split_once('#').is_some_and(|(at, token)| at.parse::<Timestamp>().is_ok() && hex(token))
}
