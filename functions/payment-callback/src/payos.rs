//! payOS v2: a POST of JSON whose `data` is signed.
//!
//! `code`, `desc` and `success` beside `data` are not signed and decide nothing. One payment link can receive several
//! transfers, so a payment is named by the link together with the bank's reference.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response, respond};
use rules::json::{NotAnObject, Object};
use rules::signature::payos::{self, Data, signed_value};
use rules::signature::{SignatureError, Verified};
use rules::vnd::Vnd;

use crate::callback::{
    Answer, Callback, Concerns, ParseError, SignedForm, count, hides_field, local_time, malformed, missing, name,
};

/// Verifies a body.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Data<'a>>, SignatureError> {
    payos::verify(&channel.keys, request.body())
}

/// Order and description of the message with which payOS tries an address out when it is registered. No order of ours
/// has so small a number.
const TRIAL: (u64, &str) = (123, "VQRIO123");

/// Reads the verified data.
pub fn parse(verified: Verified<Data<'_>>) -> Result<Callback, ParseError> {
    let data = verified.message().object();
    let order = count(data.number("orderCode")?, "orderCode")?;
    let reference = order.to_string();
    if order == TRIAL.0 && data.text("description")?.as_deref() == Some(TRIAL.1) {
        return Err(ParseError::NoMoney("the trial with which an address is registered"));
    }
    details(data, &reference).map_err(|error| error.about(&reference))
}

fn details(data: &Object<'_>, reference: &str) -> Result<Callback, ParseError> {
    for (field, raw) in data.members() {
        // The description is typed by the payer, who could otherwise write further fields into the signed text.
        let value = signed_value(raw).map_err(|NotAnObject| malformed(field.to_owned()))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if hides_field(&value) || !field.bytes().all(plain) {
            return Err(malformed(field.to_owned()));
        }
    }
    let dong = count(data.number("amount")?, "amount")?;
    let link = name(data.text("paymentLinkId")?.as_deref(), "paymentLinkId")?;
    let transaction = name(data.text("reference")?.as_deref(), "reference")?;
    let currency = data.text("currency")?.unwrap_or_else(|| "VND".to_owned());
    let code = data.text("code")?.ok_or_else(|| missing("code"))?;
    let local = data.text("transactionDateTime")?;
    let found = Found {
        identity: identity(&[&link, &transaction]),
        amount_vnd: Vnd::new(dong).ok().filter(|_| currency == "VND"),
        outcome: match code.as_str() {
            "00" => PaymentOutcome::Paid,
            _ => PaymentOutcome::Failed(code),
        },
        at: local_time(local.as_deref(), "%Y-%m-%d %H:%M:%S", "transactionDateTime")?,
    };
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(found),
        transaction,
        currency,
        merchant: None,
        units: dong,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

/// payOS wants a 2xx, also for the unknown order with which it tests an address.
pub fn reply(answer: &Answer) -> Response {
    let done = || respond::json(200, r#"{"success":true}"#);
    let refused = |status| respond::json(status, r#"{"success":false}"#);
    match answer {
        Answer::Recorded | Answer::AlreadyRecorded | Answer::Ignored => done(),
        Answer::UnknownReference | Answer::AmountDiffers => done(),
        Answer::Malformed(_) => refused(400),
        Answer::Forged => refused(401),
        Answer::Later => refused(503),
    }
}
