//! A question about an order, and the finding.

use std::net::IpAddr;

use jiff::Timestamp;

use super::Channel;
use crate::dossier::PaymentOutcome;
use crate::vnd::Vnd;

/// A question about an order.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The channel it collects through.
    pub channel: &'a Channel,
    /// The order's number as this gateway shaped it.
    pub number: &'a str,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The address of the payer's browser.
    pub payer_ip: IpAddr,
    /// When it is asked.
    pub now: Timestamp,
}

/// A gateway's knowledge of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Every payment it reports.
    pub payments: Vec<Found>,
    /// Whether more may come.
    pub standing: Standing,
}

/// Whether money can still come in for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can: a payment is on its way, or the payer may still begin one.
    Open,
    /// Nobody has begun to pay it.
    Unknown,
    /// It cannot.
    Over,
}

/// A payment that a gateway reported, by itself or when it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name that is always the same for this payment within its channel, however it is reported; see [`identity`].
    ///
    /// [`identity`]: super::identity
    pub identity: String,
    /// The amount; `None` if it is not whole đồng, or not đồng at all. Nothing is ever rounded.
    pub amount_vnd: Option<Vnd>,
    /// Its outcome.
    pub outcome: PaymentOutcome,
    /// When it was paid, if the gateway says it.
    pub at: Option<Timestamp>,
}
