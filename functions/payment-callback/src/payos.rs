//! payOS v2: a POST of JSON whose `data` is signed with HMAC-SHA256: its members sorted, `name=value` joined by `&`,
//! values unescaped, numbers as written, null as empty, lists as compact JSON with each element's names sorted.
//!
//! `code`, `desc` and `success` beside `data` are not signed and decide nothing. One payment link can bring several
//! transfers, so a payment is the link together with the bank's reference.

use jiff::Timestamp;
use motcua::config::Channel;
use motcua::http::{Request, Response};
use motcua::json::{NotAnObject, Object, Scalar, scalar};
use motcua::signature::{SignatureError, Signed, Verified, verify_hmac_sha256};
use serde_json::value::RawValue;

use crate::callback::{
    Answer, Callback, Money, Outcome, ParseError, SignedForm, count, hides_field, identity, local_time, malformed,
    missing, name,
};

const SIGNATURE: &str = "signature";
const DATA: &str = "data";
/// How deep a list inside `data` may nest; payOS sends one level.
const MAX_DEPTH: u8 = 8;

/// The signed object and its signed text.
pub struct Data<'a> {
    object: Object<'a>,
    text: String,
}

impl Signed for Data<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.text.as_bytes());
    }
}

/// Verifies a body.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Data<'a>>, SignatureError> {
    let body = Object::unverified(&request.body)?;
    let tag = body.hex_tag(SIGNATURE)?;
    let object = body.object(DATA).ok_or(SignatureError::Malformed(DATA))?;
    let text = signed_text(&object).map_err(|NotAnObject| SignatureError::Malformed(DATA))?;
    verify_hmac_sha256(&channel.keys, Data { object, text }, &tag)
}

fn signed_text(object: &Object<'_>) -> Result<String, NotAnObject> {
    let mut text = String::new();
    for (name, raw) in object.members() {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(&signed_value(raw)?);
    }
    Ok(text)
}

fn signed_value(raw: &str) -> Result<String, NotAnObject> {
    if !raw.starts_with('[') {
        return Ok(scalar(raw)?.signed_text().into_owned());
    }
    let mut text = String::new();
    write_compact(raw, &mut text, MAX_DEPTH)?;
    Ok(text)
}

/// Compact JSON: names sorted, strings escaped as little as JSON allows, numbers as written.
fn write_compact(raw: &str, text: &mut String, depth: u8) -> Result<(), NotAnObject> {
    let depth = depth.checked_sub(1).ok_or(NotAnObject)?;
    let object;
    let list: Vec<&RawValue>;
    match raw.as_bytes().first() {
        Some(b'{') => {
            object = Object::parse(raw.as_bytes())?;
            text.push('{');
            for (index, (name, value)) in object.members().enumerate() {
                separate(index, text);
                write_string(name, text)?;
                text.push(':');
                write_compact(value, text, depth)?;
            }
            text.push('}');
        }
        Some(b'[') => {
            list = serde_json::from_str(raw).map_err(|_| NotAnObject)?;
            text.push('[');
            for (index, value) in list.into_iter().enumerate() {
                separate(index, text);
                write_compact(value.get(), text, depth)?;
            }
            text.push(']');
        }
        Some(_) | None => match scalar(raw)? {
            Scalar::Text(string) => write_string(&string, text)?,
            Scalar::Null | Scalar::Bool(_) | Scalar::Number(_) => text.push_str(raw),
        },
    }
    Ok(())
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

fn write_string(string: &str, text: &mut String) -> Result<(), NotAnObject> {
    text.push_str(&serde_json::to_string(string).map_err(|_| NotAnObject)?);
    Ok(())
}

/// Reads the verified data.
pub fn parse(verified: Verified<Data<'_>>) -> Result<Callback, ParseError> {
    let data = &verified.message().object;
    let order = count(data.number("orderCode")?, "orderCode")?;
    let reference = order.to_string();
    details(data, &reference, verified.digest()).map_err(|error| error.about(&reference))
}

fn details(data: &Object<'_>, reference: &str, digest: String) -> Result<Callback, ParseError> {
    for (field, raw) in data.members() {
        // The description is typed by the payer, who could otherwise write further fields into the signed text.
        let value = signed_value(raw).map_err(|NotAnObject| malformed(field.to_owned()))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if hides_field(&value) || !field.bytes().all(plain) {
            return Err(malformed(field.to_owned()));
        }
    }
    let amount = Money { units: count(data.number("amount")?, "amount")?, units_per_whole: 1 };
    let link = name(data.text("paymentLinkId")?.as_deref(), "paymentLinkId")?;
    let transaction = name(data.text("reference")?.as_deref(), "reference")?;
    let currency = data.text("currency")?.unwrap_or_else(|| "VND".to_owned());
    let code = data.text("code")?.ok_or_else(|| missing("code"))?;
    let local = data.text("transactionDateTime")?;
    Ok(Callback {
        identity: identity(&[&link, &transaction]),
        reference: reference.to_owned(),
        transaction,
        delivery: None,
        amount,
        amount_vnd: amount.whole().filter(|_| currency == "VND"),
        currency,
        merchant: None,
        outcome: match code.as_str() {
            "00" => Outcome::Paid,
            _ => Outcome::Failed { code },
        },
        paid_at: local_time(local.as_deref(), "%Y-%m-%d %H:%M:%S", "transactionDateTime")?,
        digest,
        signed_form: SignedForm::AsReceived,
    })
}

/// payOS wants a 2xx, also for the unknown order with which it tries an address out.
pub fn reply(answer: &Answer) -> Response {
    let done = || Response::json(200, r#"{"success":true}"#);
    let refused = |status| Response::json(status, r#"{"success":false}"#);
    match answer {
        Answer::Recorded | Answer::AlreadyRecorded | Answer::Ignored => done(),
        Answer::UnknownReference | Answer::AmountDiffers => done(),
        Answer::Malformed(_) => refused(400),
        Answer::Forged => refused(401),
        Answer::Later => refused(503),
    }
}
