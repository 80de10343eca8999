//! An order as it is stored.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::{Error, Item, Key, write};
use rules::config::{Channel, Gateway};
use rules::gateway::{Numbering, Page, Question};
use rules::id::{AgencyCode, DossierId, Reference};
use rules::vietnam;
use rules::vnd::Vnd;

/// One order at a gateway. It keeps what was said when it was opened, because every question about it needs that again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// The dossier.
    pub id: DossierId,
    /// The attempt to collect its fee.
    pub attempt: u8,
    /// The order's number within its attempt, from 1.
    pub order: u8,
    /// The channel it collects through.
    pub channel: String,
    /// Its number at the gateway: the reference (after a date at ZaloPay), or an integer at payOS.
    pub number: String,
    /// The amount.
    pub amount_vnd: Vnd,
    /// The time it was opened. VNPAY requires it again in every question.
    pub opened_at: Timestamp,
    /// The time until which it can be paid.
    pub expires_at: Timestamp,
    /// The address of the payer's browser, which VNPAY requires again too.
    pub payer_ip: IpAddr,
    /// The payer's way to pay; `None` until the gateway has given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

impl Checkout {
    /// Returns the order's number in the form of the channel's gateway. Integers go up to 2⁵³, as payOS takes them. One
    /// is drawn from the reference, so that the same order has the same number; `salt` draws another if it is taken.
    pub(super) fn number(channel: &Channel, reference: &str, opened_at: Timestamp, salt: u32) -> String {
        match channel.gateway.row().numbering {
            Numbering::Plain => reference.to_owned(),
            Numbering::AfterDay => format!("{}_{reference}", vietnam::day(opened_at).strftime("%y%m%d")),
            Numbering::Integer => {
                let digest = rules::signature::sha256_hex(format!("{} {reference} {salt}", channel.id).as_bytes());
                let number =
                    u64::from_str_radix(&digest[..13], 16).expect("thirteen digits of hexadecimal are 52 bits");
                // The number is never short, because people who try an address out begin with small codes.
                (number | 1 << 52).to_string()
            }
        }
    }

    /// Returns its key.
    #[must_use]
    pub fn key(&self, agency: &AgencyCode) -> Key {
        Key::checkout(agency, self.id, self.attempt, self.order)
    }

    /// Returns the reference of the attempt.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference { id: self.id, attempt: self.attempt }
    }

    /// Returns the name of the order in the form of a reference. Money for the order is stored under it.
    #[must_use]
    pub fn name(&self) -> String {
        self.reference().order(self.order).unwrap_or_else(|| self.reference().to_string())
    }

    /// Returns the question about its outcome.
    #[must_use]
    pub fn question<'a>(&'a self, channel: &'a Channel, now: Timestamp) -> Question<'a> {
        Question { channel, number: &self.number, opened_at: self.opened_at, payer_ip: self.payer_ip, now }
    }

    /// Reads an item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(item: &Item) -> Result<Self, Error> {
        crate::store::read(item, "checkout")
    }

    /// Returns the item. It is looked at again if its gateway can be asked.
    pub(super) fn item(&self, agency: &AgencyCode, gateway: Gateway) -> Item {
        let key = self.key(agency);
        let mut item = write::item(&key, "checkout", self.json());
        if let Some(after) = gateway.row().first_question_after {
            write::wakes(&mut item, key.wake_pk(agency), self.opened_at + after);
        }
        item
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("an order has string keys only")
    }
}
