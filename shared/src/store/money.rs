//! Authentic money: one item a payment, for ever, with exactly one owner.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{json, read, s, under, wakes};
use super::{Error, Item, Key, TaskKind, wake_pk};
use crate::dossier::{Because, Payment};
use crate::id::{AgencyCode, DossierId};

/// Who a payment belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A dossier.
    Dossier(DossierId),
    /// Nobody yet: a person decides, or the dossier still arrives.
    Unclaimed(Because),
}

/// One authentic payment message, as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// What it says.
    pub payment: Payment,
    /// The order reference as the gateway sent it.
    pub reference: String,
    /// SHA-256 of what was signed, in hex: tells a duplicate from a conflict.
    pub digest: String,
    /// When the payer paid, by the gateway; never after `received_at`.
    pub at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// Whose it is.
    pub owner: Owner,
}

impl Money {
    /// Its key.
    #[must_use]
    pub fn key(&self, agency: &AgencyCode) -> Key {
        Key::money(agency, &self.payment.channel, &self.payment.identity)
    }

    /// Reads an item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        read(item, "money")
    }

    /// The item. Unclaimed money whose dossier may still come is looked at again at `retry_at`; other unclaimed money
    /// is in the list for a person at once.
    #[must_use]
    pub fn item(&self, agency: &AgencyCode, retry_at: Option<Timestamp>) -> Item {
        let key = self.key(agency);
        let mut item = under(&key);
        item.insert("money".into(), json(self));
        item.insert(
            "owner".into(),
            match self.owner {
                Owner::Dossier(id) => s(id.as_str()),
                Owner::Unclaimed(_) => s("unclaimed"),
            },
        );
        match (self.owner, retry_at) {
            (Owner::Unclaimed(_), Some(at)) => wakes(&mut item, wake_pk(agency, key.wake_shard()), at),
            (Owner::Unclaimed(_), None) => wakes(&mut item, TaskKind::Money.person_pk(agency), self.received_at),
            (Owner::Dossier(_), _) => {}
        }
        item
    }
}
