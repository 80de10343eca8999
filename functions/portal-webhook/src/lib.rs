#![doc = include_str!("../README.md")]

mod answer;
#[cfg(test)]
mod tests;

use http::Method;
use jiff::Timestamp;
use motcua::portal::{Outcome, event};
use motcua::recorder::{Arrival, RecordError};
use motcua::site::Site;
use rules::config::Portal;
use rules::http::{Received, Reply, Request, Response};
use rules::portal::{Message, ParseError, Why, names_money, parse};
use rules::repeat;
use rules::signature::Verified;
use rules::signature::standard_webhooks::{self, Delivery};

use answer::Answer;

/// Answers one delivery of a portal at `/portal/events`.
///
/// Nothing is parsed that was not verified, and a message that no portal signed causes no call to the store.
pub async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    answer(site, request, now).await.guarded()
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Response {
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
        // It may be one that a slip in the configuration has closed: then nobody knows yet who signed.
        if site.config.has_closed("portals") {
            tracing::error!(problems = %site.config.problems(), "a portal event while a portal is closed");
            return Answer::Later.reply();
        }
        return Answer::Forged.reply();
    };
    let message = parse(&delivery);
    let answer = match &message {
        Ok(message) => recorded(site, portal, &arrival(portal, &delivery, now), message, now).await,
        Err(ParseError::UnknownType) => Answer::Ignored,
        Err(ParseError::Malformed(place)) if names_money(delivery.message().body()) => {
            // The portal is told what to mend, and if nobody mends it, a person finds the money.
            let arrival = arrival(portal, &delivery, now);
            let kept = site.recorder.keep_because(&portal.agency, &arrival, Why::Unreadable).await;
            kept.map_or_else(|error| later(portal, &error), |()| Answer::Malformed(place.clone()))
        }
        Err(ParseError::Malformed(place)) => Answer::Malformed(place.clone()),
    };
    tracing::info!(portal = portal.id, %answer, "a portal event");
    answer.noting(message.as_ref().map(Message::remarks).unwrap_or_default())
}

/// Records a delivery, or keeps it if it cannot be recorded now.
async fn recorded(site: &Site, portal: &Portal, arrival: &Arrival, message: &Message, now: Timestamp) -> Answer {
    let agency = &portal.agency;
    let kept = match event(site, agency, arrival, message, now).await {
        Ok(Outcome::Recorded(about)) => return Answer::Recorded(about),
        Ok(Outcome::Before(about)) => return Answer::AlreadyRecorded(about),
        Ok(Outcome::Kept(about, why)) => return Answer::Kept(about, why),
        Err(RecordError::Refused(refusal)) => return Answer::Refused(refusal),
        Ok(Outcome::DossierUnknown) => site.recorder.keep(agency, arrival).await.map(|()| Answer::KeptForLater),
        Ok(Outcome::Aside(id, why)) => {
            site.recorder.keep_because(agency, arrival, why).await.map(|()| Answer::Aside(id, why))
        }
        Err(RecordError::KeyReused) => {
            let why = Why::OtherDelivery;
            site.recorder.keep_because(agency, arrival, why).await.map(|()| Answer::Aside(None, why))
        }
        Err(error @ (RecordError::Stale(_) | RecordError::Unknown | RecordError::Store(_))) => {
            return later(portal, &error);
        }
    };
    kept.unwrap_or_else(|error| later(portal, &error))
}

fn later(portal: &Portal, error: &dyn std::error::Error) -> Answer {
    tracing::error!(portal = portal.id, reason = %error, "a portal event was not recorded");
    Answer::Later
}

/// Returns the portal whose key signed the request. Every open portal is tried: the message does not name one.
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

/// Returns the delivery as it is kept if its dossier is not there yet.
fn arrival(portal: &Portal, delivery: &Verified<Delivery<'_>>, now: Timestamp) -> Arrival {
    let message = delivery.message();
    Arrival {
        portal: portal.id.clone(),
        delivery: message.id().to_owned(),
        digest: repeat::of_event(message.body()),
        body: String::from_utf8_lossy(message.body()).into_owned(),
        received_at: now,
    }
}
