//! A payment made at the portal: the same way as a gateway's own message, and the same payment if both come.

use jiff::Timestamp;

use super::outcome::{About, KEPT, Outcome, did};
use crate::recorder::{Arrival, Arrived, RecordError, Settled};
use crate::site::Site;
use crate::store::{Error, Key, Owner, Raw, text};
use rules::dossier::Dossier;
use rules::id::{AgencyCode, DossierId};
use rules::portal::{Message, Paid, Why};

/// Records a payment, as the gateway of the portal's channel would report it.
pub(super) async fn record(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    (message, paid): (&Message, &Paid),
    now: Timestamp,
) -> Result<Outcome, RecordError> {
    let Some(dossier) = dossier(site, agency, arrival, &message.code).await? else {
        return Ok(Outcome::DossierUnknown);
    };
    let named = site.config.portal(&arrival.portal).ok().and_then(|portal| portal.payments.as_deref());
    let channel = named.map(|id| (id, site.config.channel(id).ok()));
    let ours = channel.and_then(|(_, channel)| channel?.merchant.as_deref());
    // Without the merchant it is not the payment that the gateway itself reports, and would be counted twice.
    let Some((channel, _)) = channel.filter(|_| ours.or(paid.merchant.as_deref()).is_some()) else {
        return Ok(Outcome::Aside(Some(dossier.id), Why::NoChannel));
    };
    let found = paid.found(ours);
    let found = site.recorder.without_people(agency, channel, found, &paid.order).await?;
    let digest = found.meaning(&format!("{} {}", paid.currency, paid.units), &paid.transaction);
    let own_merchant = ours.zip(paid.merchant.as_deref()).is_none_or(|(ours, named)| ours == named);
    let arrived = Arrived {
        channel: channel.to_owned(),
        reference: paid.reference(&dossier, channel),
        found,
        digest,
        own_merchant,
        raw: Some(Raw::new(arrival.body.as_str())),
    };
    let settled = site.recorder.record_money(agency, &arrived, now).await?;
    tracing::info!(portal = arrival.portal, ?settled, "money from a portal");
    let about = About { id: dossier.id, code: dossier.code.clone(), did: did(&message.news) };
    Ok(match settled {
        Settled::Before(_) => Outcome::Before(Some(about)),
        Settled::Now(Owner::Dossier(_)) => Outcome::Recorded(about),
        Settled::Now(Owner::Unclaimed(because)) => Outcome::Kept(About { did: KEPT, ..about }, Why::Money(because)),
    })
}

/// Returns the dossier of a code: the portal's own, or one that another source filed.
async fn dossier(site: &Site, agency: &AgencyCode, arrival: &Arrival, code: &str) -> Result<Option<Dossier>, Error> {
    let own = DossierId::of_foreign(site.config.id_key().expose(), agency, &arrival.portal, code);
    let alias = Key::code(agency, code);
    let loaded = site.recorder.store().load(agency, own, std::slice::from_ref(&alias)).await?;
    let called = loaded.item(&alias).and_then(|item| text(item, "id")).and_then(|id| DossierId::parse(id).ok());
    match (loaded.dossier, called) {
        (Some(dossier), _) => Ok(Some(dossier)),
        (None, Some(id)) => Ok(site.recorder.store().load(agency, id, &[]).await?.dossier),
        (None, None) => Ok(None),
    }
}
