//! ZaloPay v2: a POST of `{"data": "<JSON text>", "mac": "<hex>", "type": 1}`, HMAC-SHA256 with key2 over the text in
//! `data` exactly as it is after one unescaping.
//!
//! ZaloPay calls only when the money is collected, so every authentic message is a payment. `type` is not signed and
//! decides nothing.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response, respond};
use rules::json::Object;
use rules::signature::{SignatureError, Signed, Verified, verify_hmac_sha256};
use rules::vnd::Vnd;

use crate::callback::{
    Answer, Callback, Concerns, ParseError, SignedForm, count, malformed, milliseconds, missing, name,
};

/// The text in `data`.
pub struct Data(String);

impl Signed for Data {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.0.as_bytes());
    }
}

/// Verifies a body.
pub fn verify(channel: &Channel, request: &Request, _now: Timestamp) -> Result<Verified<Data>, SignatureError> {
    let body = Object::unverified(request.body())?;
    let data = body.unverified_text("data")?;
    let tag = body.hex_tag("mac")?;
    verify_hmac_sha256(&channel.keys, Data(data), &tag)
}

/// Reads the verified data.
pub fn parse(verified: Verified<Data>) -> Result<Callback, ParseError> {
    let data = Object::parse(verified.message().0.as_bytes()).map_err(|_| malformed("data"))?;
    let reference = name(data.text("app_trans_id")?.as_deref(), "app_trans_id")?;
    details(&data, &reference).map_err(|error| error.about(&reference))
}

fn details(data: &Object<'_>, reference: &str) -> Result<Callback, ParseError> {
    let dong = count(data.number("amount")?, "amount")?;
    let merchant = digits(data.number("app_id")?, "app_id")?;
    let transaction = digits(data.number("zp_trans_id")?, "zp_trans_id")?;
    let found = Found {
        identity: identity(&[merchant, transaction]),
        amount_vnd: Vnd::new(dong).ok(),
        outcome: PaymentOutcome::Paid,
        at: milliseconds(data.number("server_time")?, "server_time")?,
    };
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(found),
        transaction: transaction.to_owned(),
        currency: "VND".to_owned(),
        merchant: Some(merchant.to_owned()),
        units: dong,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

/// Reads an id of up to 20 digits as its text, because 64-bit ids do not survive as JSON numbers.
fn digits<'a>(text: Option<&'a str>, field: &'static str) -> Result<&'a str, ParseError> {
    let text = text.ok_or_else(|| missing(field))?;
    let plain = text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(text).ok_or_else(|| malformed(field))
}

/// Answers by `return_code`: 1 is done, after 0 ZaloPay calls up to three times more, anything else ends the calls.
pub fn reply(answer: &Answer) -> Response {
    let (code, message) = match answer {
        Answer::Recorded | Answer::AlreadyRecorded | Answer::Ignored => (1, "success"),
        Answer::UnknownReference => (-2, "order not found"),
        Answer::AmountDiffers => (-2, "amount differs"),
        Answer::Forged => (-1, "mac not equal"),
        Answer::Malformed(_) => (-3, "data malformed"),
        Answer::Later => (0, "try again later"),
    };
    respond::json(200, format!(r#"{{"return_code":{code},"return_message":"{message}"}}"#))
}
