//! Authentic money: one item for each payment, for ever, with exactly one owner.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, s, text, under, wakes};
use super::{Error, Item, Key, Store, TaskKind, VoucherNo, wake_pk};
use rules::dossier::{Because, Payment};
use rules::id::{AgencyCode, DossierId};
use rules::vnd::Vnd;

/// Owner of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A dossier.
    Dossier(DossierId),
    /// Nobody yet: a person decides, or the dossier may still arrive.
    Unclaimed(Because),
}

/// A message as received. It may name people, so it is never shown in a log. It goes once its money is settled.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(String);

impl Raw {
    /// Keeps a message.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the message, for those who may see it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Raw(..)")
    }
}

/// Progress of money that goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refund {
    /// Somebody decided that it goes back.
    Marked,
    /// It went back, under this reference of the bank or gateway.
    Done(String),
}

/// The reason why a message brought no money, although it says that it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoMoney {
    /// A gateway's trial of our address.
    Trial,
    /// A test of somebody's, with money that does not exist.
    Test,
    /// A payment that is recorded under another identity.
    Duplicate,
}

impl NoMoney {
    /// Every reason, with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("trial", Self::Trial), ("test", Self::Test), ("duplicate", Self::Duplicate)];
}

/// A person's decision about money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// It belongs to this dossier, and pays the fee of the attempt if one is named.
    Attached {
        /// The dossier.
        dossier: DossierId,
        /// The attempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attempt: Option<u8>,
    },
    /// It goes back.
    MarkedForRefund,
    /// It went back, under this reference.
    Refunded(String),
    /// It is no money.
    NoMoney(NoMoney),
}

/// One entry of a payment's own history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    /// The time.
    pub at: Timestamp,
    /// The person, by the subject of the sign-in.
    pub by: String,
    /// The decision.
    pub what: Handling,
    /// The reason.
    pub because: String,
}

/// One authentic payment message, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The payment it reports.
    pub payment: Payment,
    /// The order reference as the gateway sent it.
    pub reference: String,
    /// Digest that tells a duplicate from a conflict; see [`rules::gateway::Found::meaning`].
    pub digest: String,
    /// The time the payer paid, by the gateway; never after `received_at`, nor before its fee was asked for.
    pub at: Timestamp,
    /// The time that the gateway claimed, if it cannot be right and `at` is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<Timestamp>,
    /// The time it came.
    pub received_at: Timestamp,
    /// Its owner.
    pub owner: Owner,
    /// Counted from 1 with each change.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub version: u64,
    /// The attempt whose fee it pays, wholly or in part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u8>,
    /// The part of it that was more than its fee lacked: to be given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surplus_vnd: Option<Vnd>,
    /// Its voucher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<VoucherNo>,
    /// Whether its voucher was cancelled for good, so that no other is given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub voucherless: bool,
    /// Whether it goes back, or its surplus does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Refund>,
    /// The reason why it is no money, once somebody decided that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_money: Option<NoMoney>,
    /// Whether the message names another merchant than the channel's: the money is not this office's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other_merchant: bool,
    /// Decisions of people about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Handled>,
    /// The message as received, while a person may have to read it.
    #[serde(skip)]
    pub raw: Option<Raw>,
}

impl Money {
    /// Builds a payment message that came, before its owner is known.
    #[must_use]
    pub fn new(payment: Payment, reference: String, digest: String, at: Timestamp, received_at: Timestamp) -> Self {
        Self {
            payment,
            reference,
            digest,
            at: at.min(received_at),
            claimed_at: (at > received_at).then_some(at),
            received_at,
            owner: Owner::Unclaimed(Because::UnknownReference),
            version: 1,
            attempt: None,
            surplus_vnd: None,
            voucher: None,
            voucherless: false,
            refund: None,
            no_money: None,
            other_merchant: false,
            history: Vec::new(),
            raw: None,
        }
    }

    /// Returns its key.
    #[must_use]
    pub fn key(&self, agency: &AgencyCode) -> Key {
        Key::money_as_written(agency, &self.payment.channel, &self.payment.identity)
    }

    /// Reads an item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        let money: Self = read(item, "money")?;
        Ok(Self { raw: text(item, "raw").map(Raw::new), ..money })
    }

    /// Whether a person still has to decide about it, or about its surplus.
    #[must_use]
    pub fn needs_a_person(&self) -> bool {
        let unclaimed = matches!(self.owner, Owner::Unclaimed(_));
        let open = self.no_money.is_none() && !matches!(self.refund, Some(Refund::Done(_)));
        (unclaimed || self.surplus_vnd.is_some()) && open
    }

    /// Whether it pays a fee and has no voucher yet.
    #[must_use]
    pub fn needs_voucher(&self) -> bool {
        matches!(self.owner, Owner::Dossier(_)) && self.attempt.is_some() && self.voucher.is_none() && !self.voucherless
    }

    /// Returns the part of it that pays the fee.
    #[must_use]
    pub fn counted_vnd(&self) -> Vnd {
        let amount = self.payment.amount_vnd.unwrap_or_default();
        amount.checked_sub(self.surplus_vnd.unwrap_or_default()).unwrap_or_default()
    }

    /// Returns the item. Money whose dossier may still come is looked at again at `retry_at`. Money that pays a fee is
    /// looked at at once, until it has its voucher. Then money that a person must decide about is in the list for one.
    #[must_use]
    pub fn item(&self, agency: &AgencyCode, now: Timestamp, retry_at: Option<Timestamp>) -> Item {
        let key = self.key(agency);
        let mut item = under(&key);
        item.insert("money".into(), json(self));
        item.insert("version".into(), n(self.version));
        let look_at = retry_at.or_else(|| self.needs_voucher().then_some(now));
        if let Some(at) = look_at {
            wakes(&mut item, wake_pk(agency, key.wake_shard()), at);
        } else if self.needs_a_person() {
            wakes(&mut item, TaskKind::Money.person_pk(agency), self.received_at);
        }
        if let Some(raw) = self.raw.as_ref().filter(|_| self.needs_a_person()) {
            item.insert("raw".into(), s(raw.expose()));
        }
        item
    }
}

fn first() -> u64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_first(version: &u64) -> bool {
    *version == 1
}

/// A page of the money that waits for a person.
#[derive(Debug)]
pub struct MoneyPage {
    /// Each with its key, oldest first. Money that cannot be read is an error of its own.
    pub items: Vec<(Key, Result<Money, Error>)>,
    /// Name of the place where the next page begins; `None` at the end.
    pub next: Option<String>,
}

impl Store {
    /// Reads a page of the money that waits for a person, oldest first, after the place named by `after`. Returns
    /// `None` if `after` names no place. Money that was decided about since the index knew it is left out.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn money_before_a_person(
        &self,
        agency: &AgencyCode,
        after: Option<&str>,
    ) -> Result<Option<MoneyPage>, Error> {
        let pk = TaskKind::Money.person_pk(agency);
        let from = match after.map(|after| place(agency, &pk, after)) {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Ok(None),
        };
        let page = self.indexed(&pk, None, from).await?;
        let found = self.all(&page.items).await?;
        let read = page.items.into_iter().filter_map(|key| {
            let money = Money::read(found.get(&key)?);
            money.as_ref().map_or(true, Money::needs_a_person).then_some((key, money))
        });
        Ok(Some(MoneyPage { items: read.collect(), next: page.next.as_ref().and_then(place_name) }))
    }
}

/// Names a place in the list: the time it was put there, and the payment.
fn place_name(last: &Item) -> Option<String> {
    let key = Key { pk: text(last, "pk")?.to_owned(), sk: text(last, "sk")?.to_owned() };
    Some(format!("{}~{}", text(last, "wake_at")?, key.money_name()?))
}

fn place(agency: &AgencyCode, wake_pk: &str, name: &str) -> Option<Item> {
    let (at, name) = name.split_once('~')?;
    let mut from = Key::money_named(agency, name)?.attributes();
    wakes(&mut from, wake_pk.to_owned(), at.parse().ok()?);
    Some(from)
}
