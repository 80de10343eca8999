//! Receivers of a broadcast: one item for each person, claimed before the message leaves and marked after. It holds neither
//! a name nor an address, only how the person is found and what became of their message.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, s, sortable_floor, under};
use super::standing::{Standing, Tries};
use super::{Error, Fate, Item, Key, Page, Receipt, Store, text};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::message::Outlet;

/// Time for which receivers are kept: the report of a broadcast stays.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);
/// The instant by which a receiver who was never tried is due. Without a partition of the index it is in none.
const FRESH: &str = "1970-01-01T00:00:00Z";

/// How a receiver is found, and what was known of them when they were gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toward {
    /// A dossier of theirs.
    pub id: DossierId,
    /// Their place in it: 0 the applicant, 1 the filer.
    pub place: usize,
    /// The outlet that leads to them; `None` if none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Outlet>,
    /// The language.
    #[serde(default)]
    pub language: Language,
    /// The keyed hash of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether another receiver has this address.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub together: bool,
    /// The code of the reason why nothing leads to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A receiver as stored.
#[derive(Clone, Debug)]
pub struct To {
    /// The key.
    pub key: Key,
    /// How they are found.
    pub toward: Toward,
    /// Whether they are to be told now.
    pub standing: Standing,
    /// The outlet that their message was begun by or passed on to.
    pub outlet: Option<Outlet>,
    /// Their outcomes.
    pub ended: Option<Ended>,
}

/// Outcome of a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Their message left, and whether its service told that it arrived.
    Told(Outlet, bool),
    /// Another's message at the same address serves them too.
    Together,
    /// No outlet reached them, for this reason.
    Unreached(String),
    /// They do not want it, for this reason.
    Unwanted(String),
}

impl To {
    /// Reads an item.
    ///
    /// # Errors
    /// [`Error::TooNew`], [`Error::Unreadable`].
    pub fn read(item: &Item, agency: &AgencyCode, now: Timestamp) -> Result<Self, Error> {
        let toward = read(item, "toward")?;
        let (pk, sk) = (text(item, "pk").unwrap_or_default(), text(item, "sk").unwrap_or_default());
        let standing = match (text(item, "wake_pk"), text(item, "wake_at")) {
            (None, Some(at)) => Standing::Due(Tries { attempts: 0, resent: 0, unsure: false, wake_at: at.to_owned() }),
            _ => Standing::read(item, agency, now)?,
        };
        let outlet = text(item, "outlet").and_then(Outlet::parse);
        let reason = || text(item, "reason").unwrap_or_default().to_owned();
        let arrived = || Receipt::read(item).is_some_and(|receipt| receipt.fate == Fate::Delivered);
        let ended = match (text(item, "ended"), outlet) {
            (Some("told"), Some(outlet)) => Some(Ended::Told(outlet, arrived())),
            (Some("together"), _) => Some(Ended::Together),
            (Some("unreached"), _) => Some(Ended::Unreached(reason())),
            (Some("unwanted"), _) => Some(Ended::Unwanted(reason())),
            _ => None,
        };
        Ok(Self { key: Key { pk: pk.to_owned(), sk: sk.to_owned() }, toward, standing, outlet, ended })
    }
}

impl Store {
    /// Claims an address for a person, once in a gathering. Returns the name of whoever claimed it before.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn claim_address(
        &self,
        agency: &AgencyCode,
        (of, address): ((u32, u32), &str),
        name: &str,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        let mut item = under(&Key::address(agency, of, address));
        item.insert("name".into(), s(name));
        item.insert("expires_at".into(), expires(now));
        let there = self.put_once(item).await?;
        Ok(there.and_then(|there| text(&there, "name").map(str::to_owned)))
    }

    /// Puts a receiver, once in a gathering.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn put_receiver(&self, key: &Key, toward: &Toward, now: Timestamp) -> Result<(), Error> {
        let mut item = under(key);
        item.insert("toward".into(), json(toward));
        item.insert("wake_at".into(), s(FRESH));
        item.insert("expires_at".into(), expires(now));
        self.put_once(item).await.map(|_| ())
    }

    /// Reads at most `most` receivers of a gathering behind one, in the order of their names.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn receivers(
        &self,
        agency: &AgencyCode,
        (of, after): ((u32, u32), Option<&str>),
        most: i32,
        now: Timestamp,
    ) -> Result<Vec<To>, Error> {
        let from = after.map(|name| Key::receiver(agency, of, name).attributes());
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", s(Key::receivers_pk(agency, of.0)))
            .expression_attribute_values(":prefix", s(Key::receivers(of.1)))
            .consistent_read(true)
            .limit(most)
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        answer.items.unwrap_or_default().iter().map(|item| To::read(item, agency, now)).collect()
    }

    /// Reads at most `most` receivers of a broadcast who are due to be tried again.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn due_receivers(
        &self,
        agency: &AgencyCode,
        number: u32,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<To>, Error> {
        let pk = Key::send_pk(agency, number);
        let Page { items: keys, .. } = self.indexed_up_to(&pk, Some(&sortable_floor(now)), None, most).await?;
        let found = self.all(&keys).await?;
        keys.iter().filter_map(|key| found.get(key)).map(|item| To::read(item, agency, now)).collect()
    }

    /// Whether somebody is being told at this moment, or waits for another try.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn has_receivers_under_way(&self, agency: &AgencyCode, number: u32) -> Result<bool, Error> {
        let page = self.indexed_up_to(&Key::send_pk(agency, number), None, None, 1).await?;
        Ok(!page.items.is_empty())
    }
}

fn expires(now: Timestamp) -> AttributeValue {
    n(u64::try_from((now + KEPT_FOR).as_second()).unwrap_or(0))
}
