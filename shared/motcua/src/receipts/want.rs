//! The receipt that a payment is to get.

use rules::catalogue::Procedure;
use rules::dossier::{CASH, Dossier, PaymentOutcome, is_own_cash};
use rules::id::{AgencyCode, DossierId};
use rules::receipt::{self, Charge, Issue, Lawful, paper_is_over};
use rules::signature::sha256_hex;
use rules::vietnam;
use rules::vnd::Vnd;

use crate::site::Site;
use crate::store::{Error, Money, Owner};

/// Returns our key of a request: the same for the same payment and place, on every machine, in the shape of a UUID.
#[must_use]
pub fn key_of(agency: &AgencyCode, (channel, identity): (&str, &str), place: usize) -> String {
    let hash = sha256_hex(format!("receipt\n{agency}\n{channel}\n{identity}\n{place}").as_bytes());
    // Version 8 of RFC 9562: made by a rule of our own.
    format!("{}-{}-8{}-a{}-{}", &hash[..8], &hash[8..12], &hash[12..15], &hash[15..18], &hash[18..30])
}

/// Wants a receipt for a payment if it pays a fee of the state's and none is wanted yet; `true` if it is wanted now.
///
/// Money that belongs to nobody yet has none, nor has postage, cash for which a paper receipt was written, or money of a channel
/// whose receipts are written elsewhere. An agency without a provider has none before paper ends, and a person looks at its
/// money from then on.
///
/// # Errors
/// [`Error`].
pub async fn want(site: &Site, agency: &AgencyCode, money: &Money) -> Result<bool, Error> {
    let (Owner::Dossier(id), Some(attempt)) = (money.owner, money.attempt) else { return Ok(false) };
    let (channel, identity) = (&money.payment.channel, &money.payment.identity);
    let amount_vnd = money.counted_vnd();
    let brought = matches!(money.payment.outcome, PaymentOutcome::Paid | PaymentOutcome::Suspected);
    let on_paper = channel == CASH && !is_own_cash(identity);
    if !brought || on_paper || amount_vnd.is_zero() || money.no_money.is_some() {
        return Ok(false);
    }
    let day = vietnam::day(money.at);
    let provider = site.config.receipts_of(agency, day);
    if provider.is_none() && !paper_is_over(day) || provider.is_some_and(|it| it.except.contains(channel)) {
        return Ok(false);
    }
    let Some(dossier) = site.recorder.store().load(agency, id, &[]).await?.dossier else { return Ok(false) };
    if charges(&dossier, attempt, None, amount_vnd).is_none() {
        return Ok(false);
    }
    let lawful = Lawful {
        dossier: id,
        attempt,
        channel: channel.clone(),
        identity: identity.clone(),
        paid_at: money.at,
        provider: provider.map(|it| it.id.clone()),
        issues: vec![Issue::wanted(key_of(agency, (channel, identity), 1), amount_vnd)],
        version: 1,
    };
    site.recorder.store().want_receipt(agency, &lawful, money.received_at).await
}

/// Returns the kinds of charge that the last request for a receipt names.
///
/// # Errors
/// [`Error`].
pub async fn charges_of(site: &Site, agency: &AgencyCode, lawful: &Lawful) -> Result<Option<Vec<Charge>>, Error> {
    let id: DossierId = lawful.dossier;
    let Some(dossier) = site.recorder.store().load(agency, id, &[]).await?.dossier else { return Ok(None) };
    let procedure = site.recorder.catalogue().version(agency, &dossier.procedure).await?;
    Ok(charges(&dossier, lawful.attempt, procedure.as_deref(), lawful.last().amount_vnd))
}

/// Returns what a payment of an attempt is for. The first attempt names the fee.
fn charges(dossier: &Dossier, attempt: u8, procedure: Option<&Procedure>, amount_vnd: Vnd) -> Option<Vec<Charge>> {
    let first = dossier.attempt(attempt).map(|fee| fee.fee())?;
    receipt::charges(dossier.attempt(first)?, procedure, amount_vnd)
}
