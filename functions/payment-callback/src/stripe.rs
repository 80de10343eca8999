//! Stripe: payment intents, signed in Stripe's own way.
//!
//! Our reference is in the intent's `metadata.reference`. A success is one payment for ever, named by the intent's id.
//! An intent may fail several times before it succeeds, so a failure is named by its event.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response};
use rules::id::Reference;
use rules::json::Object;
use rules::signature::stripe::{self, Delivery};
use rules::signature::{SignatureError, Verified};
use rules::vnd::Vnd;

use crate::callback::{Answer, Callback, Concerns, ParseError, SignedForm, count, malformed, missing, name};
use crate::standard_webhooks;

/// Verifies header and body received at `now`.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    stripe::verify(&channel.keys, request.headers(), request.body(), now)
}

/// Reads a verified event. One account may serve several applications, so that what names no reference of ours is nothing
/// of ours, unless the channel says otherwise.
pub fn parse(channel: &Channel, verified: Verified<Delivery<'_>>) -> Result<Callback, ParseError> {
    let event = Object::parse(verified.message().body()).map_err(|_| malformed("body"))?;
    let kind = event.text("type")?.ok_or_else(|| missing("type"))?;
    let tells = match kind.as_str() {
        "payment_intent.succeeded" => Tells::Paid,
        "payment_intent.payment_failed" => Tells::Failed,
        "charge.refunded" => Tells::GivenBack,
        "charge.dispute.created" => Tells::Disputed,
        _ => return Err(ParseError::UnknownType),
    };
    match (event.raw("livemode") == Some("false"), channel.test) {
        (true, false) => return Err(ParseError::NoMoney("test money")),
        (false, true) => return Err(ParseError::NoMoney("live money in a channel for tests")),
        (true, true) | (false, false) => {}
    }
    let data = event.object("data").ok_or_else(|| malformed("data"))?;
    let object = data.object("object").ok_or_else(|| malformed("object"))?;
    let (reference, concerns) = match (reference(&object)?, tells) {
        (Some(reference), _) => (reference, Concerns::Whole),
        (None, Tells::GivenBack | Tells::Disputed) => (String::new(), Concerns::Earlier),
        (None, Tells::Paid | Tells::Failed) if channel.own_account => (String::new(), Concerns::Money),
        (None, Tells::Paid | Tells::Failed) => return Err(ParseError::NoMoney("another application's")),
    };
    details(&event, &object, tells, concerns, &reference).map_err(|error| match concerns {
        Concerns::Whole | Concerns::Money => error.about(&reference),
        // It names no payment that could be one of ours: a charge made without a payment intent.
        Concerns::Earlier => ParseError::NoMoney("another application's"),
    })
}

/// News that an event brings of a payment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Paid,
    Failed,
    /// The event is about the charge of the payment.
    GivenBack,
    /// The event is about the dispute, which names the payment alone.
    Disputed,
}

/// The reference in the metadata, if it looks like one of ours.
fn reference(object: &Object<'_>) -> Result<Option<String>, ParseError> {
    let Some(metadata) = object.object("metadata") else { return Ok(None) };
    let Ok(reference) = metadata.text("reference") else { return Ok(None) };
    Ok(reference.filter(|text| Reference::parse(text).is_ok()))
}

fn details(
    event: &Object<'_>,
    object: &Object<'_>,
    tells: Tells,
    concerns: Concerns,
    reference: &str,
) -> Result<Callback, ParseError> {
    let delivery = name(event.text("id")?.as_deref(), "id")?;
    let (of_payment, amount) = match tells {
        Tells::Paid => ("id", "amount_received"),
        Tells::Failed => ("id", "amount"),
        Tells::GivenBack => ("payment_intent", "amount_refunded"),
        Tells::Disputed => ("payment_intent", "amount"),
    };
    let transaction = name(object.text(of_payment)?.as_deref(), of_payment)?;
    let currency = name(object.text("currency")?.as_deref(), "currency")?.to_uppercase();
    // Stripe counts đồng whole and most others in hundredths; the others are never matched with a fee.
    let units = count(object.number(amount)?, amount)?;
    let created = count(event.number("created")?, "created")?;
    let created = i64::try_from(created).map_err(|_| malformed("created"))?;
    let created = Timestamp::from_second(created).map_err(|_| malformed("created"))?;
    let (identity, outcome) = match tells {
        Tells::Paid => (identity(&[&transaction]), PaymentOutcome::Paid),
        Tells::Failed => (identity(&[&transaction, &delivery]), PaymentOutcome::Failed("payment_failed".to_owned())),
        Tells::GivenBack | Tells::Disputed => (identity(&[&transaction]), PaymentOutcome::Reversed),
    };
    let amount_vnd = Vnd::new(units).ok().filter(|_| currency == "VND");
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(Found { identity, amount_vnd, outcome, at: (tells != Tells::Failed).then_some(created) }),
        transaction,
        currency,
        merchant: None,
        units,
        signed_form: SignedForm::AsReceived,
        concerns,
    })
}

/// Stripe reads the HTTP status alone, so the generic gateway's answers serve.
pub fn reply(answer: &Answer) -> Response {
    standard_webhooks::reply(answer)
}
