//! Opening of an order: stored first, then opened at the gateway, so that nothing can be paid that nobody knows of.

use std::net::IpAddr;

use jiff::Timestamp;

use super::Checkout;
use crate::site::Site;
use crate::store::{Error, Key, Store, text, write};
use crate::web::WebError;
use rules::config::Channel;
use rules::dossier::{Event, Fee, FeeState, Refusal, refused_by};
use rules::gateway::{self, AnswerError, LIFETIME, Numbering, Opened, Opening, Page, Unsendable};
use rules::id::{AgencyCode, Reference};

/// Most draws of an integer. It is drawn anew if it belongs to another order.
const MOST_DRAWS: u32 = 4;

/// The order that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The last one, as long as it can be paid; else a fresh one.
    Current,
    /// A fresh one.
    Fresh,
}

/// Reasons why there is no way to pay.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such dossier, or its fee was never asked for in that attempt.
    #[error("no such attempt")]
    Unknown,
    /// The fee is paid, or not owed any more.
    #[error("the fee is not open")]
    NotOpen,
    /// The channel does not exist, or is closed.
    #[error("the channel is not open")]
    Channel,
    /// The gateway does not take this amount: it would decline the payer.
    #[error("the amount: {0}")]
    Amount(Refusal),
    /// We open no orders at this gateway, or its entry lacks something.
    #[error("not sent: {0}")]
    Unsendable(#[from] Unsendable),
    /// The attempt has so many orders that no name is left.
    #[error("the attempt has no more orders")]
    TooMany,
    /// The gateway did not answer. Try again later.
    #[error("the gateway: {0}")]
    Web(#[from] WebError),
    /// The gateway's answer cannot be used. Try again later.
    #[error("the gateway's answer: {0}")]
    Answer(#[from] AnswerError),
    /// The store failed. Try again later.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Returns the order by which an attempt can be paid. A further call returns the same order, until it has expired, a
/// failure was recorded or a fresh one is wanted.
///
/// # Errors
/// [`OpenError`].
pub async fn open(
    site: &Site,
    agency: &AgencyCode,
    reference: Reference,
    payer_ip: IpAddr,
    wish: Wish,
    now: Timestamp,
) -> Result<Checkout, OpenError> {
    let store = site.recorder.store();
    let fee = open_fee(store, agency, reference).await?;
    // A fee that is owed but was not yet asked for through any channel has none to be paid through.
    let channel = fee.channel.as_deref().ok_or(OpenError::Channel)?;
    let channel = site.config.channel(channel).map_err(|_| OpenError::Channel)?;
    if let Some(refusal) = refused_by(&channel.id, fee.amount_vnd, &site.recorder.till(agency).limits) {
        return Err(OpenError::Amount(refusal));
    }
    let orders = orders(store, agency, reference).await?;
    let last = orders.last().filter(|last| last.page.is_some() && last.expires_at > now && wish == Wish::Current);
    if let Some(last) = last.filter(|last| last.amount_vnd == fee.amount_vnd && last.channel == channel.id)
        && !has_failed_since(store, agency, last).await?
    {
        return Ok(last.clone());
    }
    let order = orders.last().map_or(1, |last| last.order + 1);
    let name = reference.order(order).ok_or(OpenError::TooMany)?;
    let number = claimed_number(store, channel, &name, now).await?;
    let mut checkout = Checkout {
        id: reference.id,
        attempt: reference.attempt,
        order,
        channel: channel.id.clone(),
        number,
        amount_vnd: fee.amount_vnd,
        opened_at: now,
        expires_at: now + LIFETIME,
        payer_ip,
        page: None,
    };
    begin(site, channel, &mut checkout).await?;
    Ok(checkout)
}

async fn open_fee(store: &Store, agency: &AgencyCode, reference: Reference) -> Result<Fee, OpenError> {
    let dossier = store.load(agency, reference.id, &[]).await?.dossier.ok_or(OpenError::Unknown)?;
    let mut fees = dossier.fees.into_iter();
    let fee = fees.find(|fee| fee.attempt == reference.attempt).ok_or(OpenError::Unknown)?;
    if fee.state == FeeState::Open { Ok(fee) } else { Err(OpenError::NotOpen) }
}

/// Reads the orders of an attempt, at most 26, in order.
pub(super) async fn orders(store: &Store, agency: &AgencyCode, of: Reference) -> Result<Vec<Checkout>, Error> {
    let page = store.under(&Key::dossier_pk(agency, of.id), &Key::checkouts(of.attempt), None).await?;
    page.items.iter().map(Checkout::read).collect()
}

/// Whether the payer was since told that it failed. Gateways take no second payment of such an order.
async fn has_failed_since(store: &Store, agency: &AgencyCode, order: &Checkout) -> Result<bool, Error> {
    let mut from = None;
    loop {
        let page = store.history(agency, order.id, from).await?;
        let later = page.items.iter().filter(|recorded| recorded.recorded_at >= order.opened_at);
        let failed = later.flat_map(|recorded| &recorded.events).any(|event| {
            matches!(event, Event::PaymentFailed { attempt, channel, .. }
                if *attempt == order.attempt && *channel == order.channel)
        });
        match page.next {
            Some(next) if !failed => from = Some(next),
            Some(_) | None => return Ok(failed),
        }
    }
}

/// Returns the order's number. If it does not contain the reference, the way back from it is stored first.
async fn claimed_number(store: &Store, channel: &Channel, name: &str, now: Timestamp) -> Result<String, OpenError> {
    if channel.gateway.row().numbering != Numbering::Integer {
        return Ok(Checkout::number(channel, name, now, 0));
    }
    for salt in 0..MOST_DRAWS {
        let number = Checkout::number(channel, name, now, salt);
        let key = Key::order_code(&channel.agency, &channel.id, &number);
        match store.put_once(write::item(&key, "reference", name)).await? {
            Some(taken) if text(&taken, "reference") != Some(name) => {}
            Some(_) | None => return Ok(number),
        }
    }
    Err(OpenError::TooMany)
}

/// Stores the order, opens it at the gateway and stores the way to pay that the gateway gives.
async fn begin(site: &Site, channel: &Channel, checkout: &mut Checkout) -> Result<(), OpenError> {
    let (store, agency) = (site.recorder.store(), &channel.agency);
    let public_url = site.config.public_url().ok_or(Unsendable::NotConfigured("public_url"))?;
    let number = checkout.number.clone();
    let opening = Opening {
        channel,
        number: &number,
        amount_vnd: checkout.amount_vnd,
        opened_at: checkout.opened_at,
        expires_at: checkout.expires_at,
        payer_ip: checkout.payer_ip,
        callback_url: format!("{public_url}/payments/{}/callback", channel.id),
        return_url: return_url(site, agency, public_url, &checkout.name()),
    };
    let call = match gateway::open(&opening)? {
        Opened::Page(page) => {
            checkout.page = Some(page);
            None
        }
        Opened::ByCall(call) => Some(call),
    };
    // Two requests at once draw one number. The second finds the first one's order stored and asks again.
    if store.put_once(checkout.item(agency, channel.gateway)).await?.is_some() {
        return Err(Error::Unavailable { operation: "PutItem", reason: "another order came first".into() }.into());
    }
    if let Some(call) = call {
        let page: Page = gateway::opened(&opening, &site.web.send(&call).await?)?;
        checkout.page = Some(page);
        store.change(&checkout.key(agency), "checkout", &checkout.json()).await?;
    }
    Ok(())
}

/// Returns the address that the payer comes back to: the public page of the payment, at its agency's own host if it has one.
fn return_url(site: &Site, agency: &AgencyCode, public_url: &str, name: &str) -> String {
    let page = site.config.agency(agency.as_str()).and_then(|agency| site.config.page(agency, &format!("/pay/{name}")));
    page.unwrap_or_else(|| public_url.to_owned())
}
