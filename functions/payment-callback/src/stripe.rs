//! Stripe: payment intents, signed in Stripe's own way.
//!
//! Our reference is in the intent's `metadata.reference`. A success is one payment for ever, named by the intent's id.
//! An intent may fail several times before it succeeds, so a failure is named by its event.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response};
use rules::json::Object;
use rules::signature::stripe::{self, Delivery};
use rules::signature::{SignatureError, Verified};
use rules::vnd::Vnd;

use crate::callback::{Answer, Callback, ParseError, SignedForm, count, malformed, missing, name};
use crate::standard_webhooks;

/// Verifies header and body received at `now`.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    stripe::verify(&channel.keys, request.headers(), request.body(), now)
}

/// Reads a verified event.
pub fn parse(verified: Verified<Delivery<'_>>) -> Result<Callback, ParseError> {
    let event = Object::parse(verified.message().body()).map_err(|_| malformed("body"))?;
    let kind = event.text("type")?.ok_or_else(|| missing("type"))?;
    let succeeded = match kind.as_str() {
        "payment_intent.succeeded" => true,
        "payment_intent.payment_failed" => false,
        _ => return Err(ParseError::UnknownType),
    };
    let data = event.object("data").ok_or_else(|| malformed("data"))?;
    let intent = data.object("object").ok_or_else(|| malformed("object"))?;
    let metadata = intent.object("metadata").ok_or_else(|| malformed("metadata"))?;
    let reference = name(metadata.text("reference")?.as_deref(), "reference")?;
    details(&event, &intent, succeeded, &reference, verified.digest()).map_err(|error| error.about(&reference))
}

fn details(
    event: &Object<'_>,
    intent: &Object<'_>,
    succeeded: bool,
    reference: &str,
    digest: String,
) -> Result<Callback, ParseError> {
    let delivery = name(event.text("id")?.as_deref(), "id")?;
    let transaction = name(intent.text("id")?.as_deref(), "id")?;
    let field = if succeeded { "amount_received" } else { "amount" };
    let currency = name(intent.text("currency")?.as_deref(), "currency")?.to_uppercase();
    // Stripe counts đồng whole and most others in hundredths; the others are never matched with a fee.
    let units = count(intent.number(field)?, field)?;
    let created = count(event.number("created")?, "created")?;
    let created = i64::try_from(created).map_err(|_| malformed("created"))?;
    let created = Timestamp::from_second(created).map_err(|_| malformed("created"))?;
    let found = Found {
        identity: match succeeded {
            true => identity(&[&transaction]),
            false => identity(&[&transaction, &delivery]),
        },
        amount_vnd: Vnd::new(units).ok().filter(|_| currency == "VND"),
        outcome: match succeeded {
            true => PaymentOutcome::Paid,
            false => PaymentOutcome::Failed("payment_failed".to_owned()),
        },
        at: succeeded.then_some(created),
    };
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(found),
        transaction,
        currency,
        merchant: None,
        digest,
        signed_form: SignedForm::AsReceived,
    })
}

/// Stripe reads the HTTP status alone, so the generic gateway's answers serve.
pub fn reply(answer: &Answer) -> Response {
    standard_webhooks::reply(answer)
}
