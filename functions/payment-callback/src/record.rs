//! Steps from a callback to the record, and from the record to the answer's class.

use jiff::Timestamp;
use motcua::checkout::reference_of;
use motcua::recorder::{Arrival, Arrived, Settled};
use motcua::site::Site;
use motcua::store::{Error, Key, Money, Owner, Raw};
use rules::config::Channel;
use rules::dossier::Because;
use rules::gateway::Found;
use rules::http::{Received, Request};
use rules::signature::sha256_hex;

use crate::callback::{Answer, Callback, Concerns, ParseError};

/// Records an authentic callback. A repeat gets the class of answer that the first one got.
pub(crate) async fn callback(
    site: &Site,
    channel: &Channel,
    request: &Request,
    callback: Callback,
    now: Timestamp,
) -> Answer {
    tracing::info!(channel = channel.id, signed_form = ?callback.signed_form, callback = ?callback, "a callback");
    let own_merchant = callback.is_for(channel);
    let Some(found) = callback.found else { return Answer::Ignored };
    let (agency, id) = (&channel.agency, &channel.id);
    let found = match site.recorder.without_people(agency, id, found, &callback.reference).await {
        Ok(found) => found,
        Err(error) => return later(channel, &error),
    };
    let digest = found.meaning(&format!("{} {}", callback.currency, callback.units), &callback.transaction);
    let number = match callback.concerns {
        Concerns::Whole | Concerns::Money => callback.reference,
        Concerns::Earlier => match earlier(site, channel, &found).await {
            Ok(Some(reference)) => reference,
            Ok(None) => return Answer::Ignored,
            Err(error) => return later(channel, &error),
        },
    };
    let reference = match reference_of(site.recorder.store(), channel, number).await {
        Ok(reference) => reference,
        Err(error) => return later(channel, &error),
    };
    let arrived = Arrived {
        channel: channel.id.clone(),
        reference,
        found,
        digest,
        own_merchant,
        raw: (callback.concerns != Concerns::Money).then(|| Raw::new(as_received(request))),
    };
    match site.recorder.record_money(&channel.agency, &arrived, now).await {
        Ok(settled) => {
            tracing::info!(channel = channel.id, ?settled, "money");
            answer(settled)
        }
        Err(error) => later(channel, &error),
    }
}

/// Keeps an authentic message that cannot be used as money: a person sees it as it came. An unknown reference is
/// answered before anything else that is wrong.
pub(crate) async fn unusable(
    site: &Site,
    channel: &Channel,
    request: &Request,
    error: ParseError,
    now: Timestamp,
) -> Answer {
    if matches!(error, ParseError::UnknownType | ParseError::NoMoney(_)) {
        tracing::info!(channel = channel.id, %error, "an authentic callback that is left alone");
        return Answer::Ignored;
    }
    tracing::warn!(channel = channel.id, %error, "an authentic callback that cannot be used");
    let kept = site.recorder.keep_for_a_person(&channel.agency, &message(channel, request, now)).await;
    if let Err(error) = kept {
        return later(channel, &error);
    }
    match error.reference() {
        None => error.answer(),
        Some(number) => match is_asked(site, channel, number).await {
            Ok(true) => error.answer(),
            Ok(false) => Answer::UnknownReference,
            Err(error) => later(channel, &error),
        },
    }
}

/// The reference of the payment that a message follows, if it is recorded.
async fn earlier(site: &Site, channel: &Channel, found: &Found) -> Result<Option<String>, Error> {
    let key = Key::money(&channel.agency, &channel.id, &found.identity);
    let item = site.recorder.store().item(&key).await?;
    Ok(item.as_ref().map(Money::read).transpose()?.map(|money| money.reference))
}

async fn is_asked(site: &Site, channel: &Channel, number: &str) -> Result<bool, Error> {
    let reference = reference_of(site.recorder.store(), channel, number.to_owned()).await?;
    site.recorder.is_asked(&channel.agency, &channel.id, &reference).await
}

fn as_received(request: &Request) -> String {
    match request.body().is_empty() {
        true => request.raw_query().to_owned(),
        false => String::from_utf8_lossy(request.body()).into_owned(),
    }
}

fn message(channel: &Channel, request: &Request, now: Timestamp) -> Arrival {
    let body = as_received(request);
    let digest = sha256_hex(body.as_bytes());
    let source = format!("payment:{}", channel.id);
    Arrival { portal: source, delivery: digest.clone(), digest, body, received_at: now }
}

fn answer(settled: Settled) -> Answer {
    match (settled.owner(), settled) {
        (Owner::Unclaimed(Because::UnknownReference | Because::OtherChannel), _) => Answer::UnknownReference,
        (Owner::Unclaimed(Because::AmountDiffers), _) => Answer::AmountDiffers,
        (Owner::Unclaimed(Because::AlreadyPaid | Because::Conflict), _) | (_, Settled::Before(_)) => {
            Answer::AlreadyRecorded
        }
        (_, Settled::Now(_)) => Answer::Recorded,
    }
}

fn later(channel: &Channel, error: &dyn std::error::Error) -> Answer {
    tracing::error!(channel = channel.id, reason = %error, "a callback was not recorded");
    Answer::Later
}
