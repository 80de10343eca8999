#![doc = include_str!("../README.md")]

mod answer;
pub mod hoso;
pub mod message;
mod record;
#[cfg(test)]
mod tests;

use http::Method;
use jiff::Timestamp;
use motcua::recorder::{Arrival, RecordError};
use motcua::site::Site;
use rules::config::Portal;
use rules::http::{Received, Request, Response};
use rules::id::AgencyCode;
use rules::signature::Verified;
use rules::signature::standard_webhooks::{self, Delivery};

use answer::Answer;
use message::ParseError;
use record::Outcome;

/// Answers one delivery of a portal at `/portal/events`.
///
/// Nothing is parsed that was not verified, and a message that no portal signed causes no call to the store.
pub async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    if request.method() != Method::POST {
        return Answer::MethodNotAllowed.reply();
    }
    if request.is_oversize() {
        return Answer::TooLarge.reply();
    }
    // A sender that names no type can only mean the one there is.
    if request.media_type().is_some_and(|it| !it.eq_ignore_ascii_case("application/json")) {
        return Answer::OtherMediaType.reply();
    }
    let Some((portal, delivery)) = verify(site, request, now) else {
        return Answer::Forged.reply();
    };
    let answer = match message::parse(&delivery) {
        Ok(message) => record::delivery(site, portal, &arrival(portal, &delivery, now), &message, now).await,
        Err(ParseError::UnknownType) => Answer::Ignored,
        Err(ParseError::Malformed(place)) => Answer::Malformed(place),
    };
    tracing::info!(portal = portal.id, %answer, "a portal event");
    answer.reply()
}

/// What became of a kept event that was tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Recorded now.
    Recorded,
    /// Recorded before, under the same delivery or by another source.
    Before,
    /// The dossier declined it; it will not accept it later either.
    Refused,
    /// Its dossier is still not there.
    DossierUnknown,
    /// It cannot be applied ever, for its content or because its delivery id belongs to another content: a person's.
    Unusable,
}

/// Tries a kept event again. What it tells happened at the latest when it was received.
///
/// # Errors
/// [`RecordError::Store`]: come again later.
pub async fn apply(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    now: Timestamp,
) -> Result<Applied, RecordError> {
    let Ok(message) = message::parse_kept(arrival) else { return Ok(Applied::Unusable) };
    match record::event(site, agency, arrival, &message, now).await {
        Ok(Outcome::Recorded(_) | Outcome::Kept(_)) => Ok(Applied::Recorded),
        Ok(Outcome::Before(_)) => Ok(Applied::Before),
        Ok(Outcome::DossierUnknown) => Ok(Applied::DossierUnknown),
        Ok(Outcome::Changed(_)) | Err(RecordError::KeyReused) => Ok(Applied::Unusable),
        Err(RecordError::Refused(_)) => Ok(Applied::Refused),
        Err(error @ (RecordError::Stale(_) | RecordError::Unknown | RecordError::Store(_))) => Err(error),
    }
}

/// The portal whose key signed the request. Every open portal is tried: the message does not say whose it is.
fn verify<'a>(site: &'a Site, request: &'a Request, now: Timestamp) -> Option<(&'a Portal, Verified<Delivery<'a>>)> {
    let mut reason = None;
    for portal in site.config.portals() {
        match standard_webhooks::verify(&portal.keys, request.headers(), request.body(), now) {
            Ok(delivery) => return Some((portal, delivery)),
            Err(error) => reason = Some(error),
        }
    }
    let reason = reason.map_or_else(|| "no portal is open".to_owned(), |error| error.to_string());
    tracing::info!(reason, "a portal event that is not authentic");
    None
}

/// The delivery as it is kept where its dossier is not there yet.
fn arrival(portal: &Portal, delivery: &Verified<Delivery<'_>>, now: Timestamp) -> Arrival {
    let message = delivery.message();
    Arrival {
        portal: portal.id.clone(),
        delivery: message.id().to_owned(),
        digest: delivery.digest(),
        body: String::from_utf8_lossy(message.body()).into_owned(),
        received_at: now,
    }
}
