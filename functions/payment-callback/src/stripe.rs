//! Stripe: payment intents, signed in Stripe's own way.
//!
//! Our reference stands in the intent's `metadata.reference`. A success is one payment for ever by the intent's id; an
//! intent may fail several times before it succeeds, so a failure is named by its event.

use jiff::Timestamp;
use rules::config::Channel;
use rules::http::{Request, Response};
use rules::json::Object;
use rules::signature::stripe::{self, Delivery};
use rules::signature::{SignatureError, Verified};

use crate::callback::{
    Answer, Callback, Money, Outcome, ParseError, SignedForm, count, identity, malformed, missing, name,
};
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
    let amount = Money {
        units: count(intent.number(field)?, field)?,
        // Stripe counts đồng whole and most others in hundredths; the others are never matched with a fee.
        units_per_whole: if currency == "VND" { 1 } else { 100 },
    };
    let created = count(event.number("created")?, "created")?;
    let created = i64::try_from(created).map_err(|_| malformed("created"))?;
    let created = Timestamp::from_second(created).map_err(|_| malformed("created"))?;
    Ok(Callback {
        identity: match succeeded {
            true => identity(&[&transaction]),
            false => identity(&[&transaction, &delivery]),
        },
        reference: reference.to_owned(),
        transaction,
        delivery: Some(delivery),
        amount,
        amount_vnd: amount.whole().filter(|_| currency == "VND"),
        currency,
        merchant: None,
        outcome: match succeeded {
            true => Outcome::Paid,
            false => Outcome::Failed { code: "payment_failed".to_owned() },
        },
        paid_at: succeeded.then_some(created),
        digest,
        signed_form: SignedForm::AsReceived,
    })
}

/// Stripe reads the HTTP status alone, so the generic gateway's answers serve.
pub fn reply(answer: &Answer) -> Response {
    standard_webhooks::reply(answer)
}
