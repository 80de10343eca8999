//! The generic gateway: Standard Webhooks around one plain payload, for gateways whose own contract is not built in
//! and for an aggregator's adapter.
//!
//! ```json
//! {"type": "payment.confirmed", "timestamp": "2026-10-10T08:32:00Z",
//!  "data": {"reference": "…", "transaction": "…", "amount": 12500000, "currency": "VND",
//!           "status": "paid", "paid_at": "2026-10-10T08:31:58Z"}}
//! ```
//!
//! `amount` is whole đồng (whole units of another currency), an integer. `status` is `paid`, `failed` (then `code` may
//! say why), `suspected`, `pending` or `reversed`. `paid_at` may be absent. Another `type` is acknowledged and left
//! alone. The `webhook-id` names the delivery; the payment's identity is reference and transaction, so that the same
//! payment under another delivery id is still the same payment.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response, respond};
use rules::json::Object;
use rules::signature::standard_webhooks::{self, Delivery};
use rules::signature::{SignatureError, Verified};
use rules::vnd::Vnd;
use serde_json::json;

use crate::callback::{Answer, Callback, Concerns, ParseError, SignedForm, count, malformed, missing, name};

/// The one type of message that concerns us.
const PAYMENT_CONFIRMED: &str = "payment.confirmed";

/// Verifies headers and body received at `now`.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    now: Timestamp,
) -> Result<Verified<Delivery<'a>>, SignatureError> {
    standard_webhooks::verify(&channel.keys, request.headers(), request.body(), now)
}

/// Reads a verified delivery.
pub fn parse(verified: Verified<Delivery<'_>>) -> Result<Callback, ParseError> {
    payment(verified.message().body())
}

/// Reads the payload, also for the GitHub-style gateway.
pub(crate) fn payment(body: &[u8]) -> Result<Callback, ParseError> {
    let body = Object::parse(body).map_err(|_| malformed("body"))?;
    let Some(kind) = body.text("type")? else {
        // GitHub tries an address out with a saying.
        return Err(if body.raw("zen").is_some() { ParseError::UnknownType } else { missing("type") });
    };
    if kind != PAYMENT_CONFIRMED {
        return Err(ParseError::UnknownType);
    }
    body.raw("data").ok_or_else(|| missing("data"))?;
    let data = body.object("data").ok_or_else(|| malformed("data"))?;
    let reference = name(data.text("reference")?.as_deref(), "reference")?;
    details(&data, &reference).map_err(|error| error.about(&reference))
}

fn details(data: &Object<'_>, reference: &str) -> Result<Callback, ParseError> {
    let transaction = name(data.text("transaction")?.as_deref(), "transaction")?;
    let units = count(data.number("amount")?, "amount")?;
    let currency = name(data.text("currency")?.as_deref(), "currency")?;
    let status = name(data.text("status")?.as_deref(), "status")?;
    let code = data.text("code")?;
    let paid_at = data.text("paid_at")?.map(|text| text.parse());
    let outcome = match status.as_str() {
        "paid" => Some(PaymentOutcome::Paid),
        "failed" => Some(PaymentOutcome::Failed(code.unwrap_or(status))),
        "suspected" => Some(PaymentOutcome::Suspected),
        "pending" => None,
        "reversed" => Some(PaymentOutcome::Reversed),
        _ => return Err(malformed("status")),
    };
    let at = paid_at.transpose().map_err(|_| malformed("paid_at"))?;
    let found = outcome.map(|outcome| Found {
        identity: identity(&[reference, &transaction]),
        amount_vnd: Vnd::new(units).ok().filter(|_| currency == "VND"),
        outcome,
        at,
    });
    Ok(Callback {
        reference: reference.to_owned(),
        found,
        transaction,
        currency,
        merchant: None,
        units,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

/// 2xx ends the deliveries, 400 names the field, 401 says nothing more, 503 asks for another attempt.
pub fn reply(answer: &Answer) -> Response {
    let done = |status: &str| respond::json(200, json!({ "status": status }).to_string());
    match answer {
        Answer::Recorded => done("recorded"),
        Answer::AlreadyRecorded => done("already recorded"),
        Answer::UnknownReference => done("reference unknown"),
        Answer::AmountDiffers => done("amount differs"),
        Answer::Ignored => done("ignored"),
        Answer::Malformed(field) => {
            let body = json!({ "error": "malformed", "field": field });
            respond::json(400, body.to_string())
        }
        Answer::Forged => {
            let body = json!({ "error": SignatureError::Mismatch.caller_text() });
            respond::json(401, body.to_string())
        }
        Answer::Later => respond::json(503, r#"{"error":"try again later"}"#),
    }
}
