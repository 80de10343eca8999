//! VNPAY PAY 2.1.0: a GET whose query is signed with HMAC-SHA512.
//!
//! The signed parameters are those that begin with `vnp_`, without the hash and its type. First the query is taken as
//! it was received, since encoders disagree on a few characters. Only if that does not match is it decoded, sorted and
//! encoded again. Everything read afterwards is read from the signed parameters alone.
//!
//! A parameter may be given twice. If the query as received matches, the sender did sign it so, and the message is
//! malformed. Encoded again it cannot match, and the message is forged.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::Found;
use rules::http::query::{Pair, pairs, push_encoded};
use rules::http::{Received, Request, Response, respond};
use rules::signature::{SignatureError, Signed, Verified, decode_hex, verify_hmac_sha512};
use rules::vnd::Vnd;

use crate::callback::{
    Answer, Callback, Concerns, ParseError, SignedForm, count, local_time, malformed, missing, name, numbered,
};

const HASH: &str = "vnp_SecureHash";
const HASH_TYPE: &str = "vnp_SecureHashType";

/// The signed parameters, sorted by name, and the text that was signed.
#[derive(Clone)]
pub struct Parameters<'a> {
    pairs: Vec<Pair<'a>>,
    /// The query as received, if that is what was signed.
    received: Option<String>,
    /// Sorted and encoded: one spelling for one message, so that the payer's copy in another order is the same one.
    canonical: String,
}

impl Parameters<'_> {
    fn has_repeats(&self) -> bool {
        self.pairs.windows(2).any(|two| two[0].name == two[1].name)
    }

    fn form(&self) -> SignedForm {
        if self.received.is_some() { SignedForm::AsReceived } else { SignedForm::Reencoded }
    }
}

impl Signed for Parameters<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.received.as_ref().unwrap_or(&self.canonical).as_bytes());
    }

    fn content(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.canonical.as_bytes());
    }
}

/// Verifies a query. The method, the headers and the body take no part.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Parameters<'a>>, SignatureError> {
    let mut all = pairs(request.raw_query());
    let mut hashes = all.iter().filter(|pair| *pair.name == *HASH.as_bytes());
    let hash = hashes.next().filter(|pair| !pair.value.is_empty());
    let hash = hash.ok_or(SignatureError::Missing(HASH))?;
    if hashes.next().is_some() {
        return Err(SignatureError::Duplicated(HASH));
    }
    let tag = std::str::from_utf8(&hash.value).ok().and_then(decode_hex);
    let tag = tag.ok_or(SignatureError::Malformed(HASH))?;
    let signed = |name: &[u8]| name.starts_with(b"vnp_") && name != HASH.as_bytes() && name != HASH_TYPE.as_bytes();
    all.retain(|pair| signed(&pair.name));

    // A signed name spelled with escapes: another reader would take it for a signed parameter, so the query as it
    // came is not what the sender signed.
    let plainly_named = |pair: &Pair<'_>| {
        let raw_name = pair.raw.split('=').next().unwrap_or_default();
        raw_name.as_bytes() == &*pair.name
    };
    let received = all.iter().all(plainly_named).then(|| joined(&all, |text, pair| text.push_str(pair.raw)));
    let sorted = sorted(all);
    // Most queries come in this one spelling, and need one look only.
    let spelled_alike = received.as_ref() == Some(&sorted.canonical);
    if received.is_some() {
        let as_received = Parameters { received, ..sorted.clone() };
        let verified = verify_hmac_sha512(&channel.keys, as_received, &tag);
        if verified.is_ok() || spelled_alike {
            return verified;
        }
    }
    if sorted.has_repeats() {
        return Err(SignatureError::Mismatch);
    }
    verify_hmac_sha512(&channel.keys, sorted, &tag)
}

fn sorted(mut pairs: Vec<Pair<'_>>) -> Parameters<'_> {
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    let valued = pairs.iter().filter(|pair| !pair.value.is_empty());
    let canonical = joined(valued, |text, pair| {
        push_encoded(text, &pair.name);
        text.push('=');
        push_encoded(text, &pair.value);
    });
    Parameters { pairs, received: None, canonical }
}

fn joined<'p, 'a: 'p>(pairs: impl IntoIterator<Item = &'p Pair<'a>>, push: fn(&mut String, &Pair<'a>)) -> String {
    let mut text = String::with_capacity(512);
    for pair in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        push(&mut text, pair);
    }
    text
}

/// Reads a verified query. The reference is read first, so that an unknown one is known as such.
pub fn parse(verified: Verified<Parameters<'_>>) -> Result<Callback, ParseError> {
    let parameters = verified.message();
    let reference = name(value(parameters, "vnp_TxnRef")?, "vnp_TxnRef")?;
    details(&verified, &reference).map_err(|error| error.about(&reference))
}

fn details(verified: &Verified<Parameters<'_>>, reference: &str) -> Result<Callback, ParseError> {
    let parameters = verified.message();
    // Two readers read a message differently if any signed name is repeated.
    if parameters.has_repeats() {
        return Err(malformed("a parameter given twice"));
    }
    let text = |field| value(parameters, field);
    let hundredths = count(text("vnp_Amount")?, "vnp_Amount")?;
    let merchant = name(text("vnp_TmnCode")?, "vnp_TmnCode")?;
    let response = code(text("vnp_ResponseCode")?, "vnp_ResponseCode")?;
    let status = code(text("vnp_TransactionStatus")?, "vnp_TransactionStatus")?;
    let at = local_time(text("vnp_PayDate")?, "%Y%m%d%H%M%S", "vnp_PayDate")?;
    let outcome = outcome(response, status);
    let number = text("vnp_TransactionNo")?;
    let (identity, transaction) = numbered(&[&merchant, reference], number, "vnp_TransactionNo", outcome.as_ref())?;
    let amount_vnd = Vnd::from_hundredths(hundredths);
    let found = outcome.map(|outcome| Found { identity, amount_vnd, outcome, at });
    Ok(Callback {
        reference: reference.to_owned(),
        found,
        transaction,
        currency: "VND".to_owned(),
        merchant: Some(merchant),
        units: hundredths,
        signed_form: parameters.form(),
        concerns: Concerns::Whole,
    })
}

fn value<'p>(parameters: &'p Parameters<'_>, field: &'static str) -> Result<Option<&'p str>, ParseError> {
    let mut values = parameters.pairs.iter().filter(|it| *it.name == *field.as_bytes());
    let Some(pair) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(malformed(field));
    }
    let text = std::str::from_utf8(&pair.value).map_err(|_| malformed(field))?;
    Ok(Some(text))
}

fn code<'p>(text: Option<&'p str>, field: &'static str) -> Result<&'p str, ParseError> {
    let code = text.filter(|text| !text.is_empty()).ok_or_else(|| missing(field))?;
    let two_digits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit());
    two_digits.then_some(code).ok_or_else(|| malformed(field))
}

/// Reads both codes: paid only if both say so. 07 is money taken under suspicion of fraud; 04 to 06 are on their way
/// back. 09 as a status is a refund refused: the money stays with us, and a person has to ask.
fn outcome(response: &str, status: &str) -> Option<PaymentOutcome> {
    match (response, status) {
        ("00", "00") => Some(PaymentOutcome::Paid),
        ("07", _) | (_, "07") | ("00", "09") => Some(PaymentOutcome::Suspected),
        (_, "04" | "05" | "06") => Some(PaymentOutcome::Reversed),
        ("00", "01") => None,
        ("00", code) | (code, _) => Some(PaymentOutcome::Failed(code.to_owned())),
    }
}

/// VNPAY reads `RspCode`, never the HTTP status: 00 and 02 end its calls, after others it calls again in 5 minutes.
pub fn reply(answer: &Answer) -> Response {
    let (code, message) = match answer {
        Answer::Recorded => ("00", "Confirm Success"),
        Answer::AlreadyRecorded => ("02", "Order already confirmed"),
        // Only a payment that is not finished is ignored: its outcome must still come.
        Answer::Ignored => ("99", "Payment not finished"),
        Answer::UnknownReference => ("01", "Order not found"),
        Answer::AmountDiffers => ("04", "Invalid amount"),
        Answer::Forged => ("97", "Invalid signature"),
        Answer::Malformed(_) => ("99", "Invalid input"),
        Answer::Later => ("99", "Try again later"),
    };
    respond::json(200, format!(r#"{{"RspCode":"{code}","Message":"{message}"}}"#))
}
