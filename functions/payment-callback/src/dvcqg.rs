//! The payment platform of the National Public Service Portal, as partner systems implement it; no official text was
//! found. A POST of JSON whose `MaXacThuc` is SHA-256 of ten values and the secret, joined by `|`.
//!
//! That is weaker than an HMAC, so a channel must accept it by name. Values are not escaped, so a value that holds the
//! separator is refused before anything is compared. The order of the fields is a setting of the channel.

use jiff::Timestamp;
use rules::config::{Channel, DVCQG_FIELDS};
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, identity};
use rules::http::{Request, Response, respond};
use rules::json::Object;
use rules::signature::{SignatureError, Signed, Verified, verify_suffixed_sha256};
use rules::vnd::Vnd;
use serde_json::json;

use crate::callback::{Answer, Callback, Concerns, ParseError, SignedForm, count, local_time, missing, name, numbered};

const SIGNATURE: &str = "MaXacThuc";
/// Fields of a confirmation that its answer repeats.
const ECHOED: [&str; 4] = ["MaDoiTac", "MaThamChieu", "ThoiGianGD", SIGNATURE];

/// The signed values, in the channel's order.
pub struct Fields([(&'static str, String); DVCQG_FIELDS.len()]);

impl Fields {
    fn value(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| *name == field);
        found.map(|(_, value)| value.as_str())
    }
}

impl Signed for Fields {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        for (_, value) in &self.0 {
            feed(value.as_bytes());
            feed(b"|");
        }
    }
}

/// Verifies a body. An absent field is signed as empty.
pub fn verify(channel: &Channel, request: &Request, _now: Timestamp) -> Result<Verified<Fields>, SignatureError> {
    let order = channel.field_order;
    let order = order.ok_or(SignatureError::NotConfigured("field_order"))?;
    let body = Object::unverified(request.body())?;
    let tag = body.hex_tag(SIGNATURE)?;
    let mut fields = order.map(|field| (field, String::new()));
    for (field, value) in &mut fields {
        *value = body.signed_value(field)?;
        if value.contains('|') {
            return Err(SignatureError::Ambiguous(field));
        }
    }
    verify_suffixed_sha256(&channel.keys, Fields(fields), &tag)
}

/// Reads a verified body.
pub fn parse(verified: Verified<Fields>) -> Result<Callback, ParseError> {
    let reference = name(verified.message().value("MaThamChieu"), "MaThamChieu")?;
    details(&verified, &reference).map_err(|error| error.about(&reference))
}

fn details(verified: &Verified<Fields>, reference: &str) -> Result<Callback, ParseError> {
    let fields = verified.message();
    let dong = count(fields.value("SoTien"), "SoTien")?;
    let merchant = name(fields.value("MaDoiTac"), "MaDoiTac")?;
    let code = name(fields.value("MaLoi"), "MaLoi")?;
    let outcome = match code.as_str() {
        "00" => PaymentOutcome::Paid,
        _ => PaymentOutcome::Failed(code),
    };
    let number = fields.value("MaGiaoDich");
    let order = [merchant.as_str(), reference];
    let (of_failure, transaction) = numbered(&order, number, "MaGiaoDich", Some(&outcome))?;
    let currency = fields.value("MaTienTe").filter(|text| !text.is_empty());
    let currency = currency.ok_or_else(|| missing("MaTienTe"))?.to_owned();
    let found = Found {
        // The platform knows one payment by its order; a failure without a number is not that payment.
        identity: if transaction.is_empty() { of_failure } else { identity(&order) },
        amount_vnd: Vnd::new(dong).ok().filter(|_| currency == "VND"),
        outcome,
        at: local_time(fields.value("ThoiGianGD"), "%Y%m%d%H%M%S", "ThoiGianGD")?,
    };
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(found),
        transaction,
        currency,
        merchant: Some(merchant),
        units: dong,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

/// Answers `MaLoi` 00 or 99 and repeats what was received, as partner systems do. Nothing of a forged message is
/// repeated, so that this address confirms no guess.
pub fn reply(answer: &Answer, request: &Request) -> Response {
    let (status, code, text) = match answer {
        Answer::Recorded => (200, "00", "recorded"),
        Answer::AlreadyRecorded | Answer::Ignored => (200, "00", "already recorded"),
        Answer::UnknownReference => (200, "99", "reference unknown"),
        Answer::AmountDiffers => (200, "99", "amount differs"),
        Answer::Malformed(_) => (200, "99", "malformed"),
        Answer::Forged => return respond::json(401, r#"{"MaLoi":"99","MoTaLoi":"refused"}"#),
        Answer::Later => (503, "99", "try again later"),
    };
    let mut body = json!({ "MaLoi": code, "MoTaLoi": text });
    if let Ok(received) = Object::parse(request.body()) {
        for field in ECHOED {
            if let Ok(Some(text)) = received.text(field) {
                body[field] = text.into();
            }
        }
    }
    respond::json(status, body.to_string())
}
