//! OnePay v2: a query (GET) or form (POST) of `vpc_*` parameters, HMAC-SHA256 with the key's bytes.
//!
//! The signed parameters are those that begin with `vpc_` or `user_`, without the hash: not empty, sorted by name,
//! `name=value` joined by `&`, values decoded and unescaped.

use http::Method;
use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::Found;
use rules::http::query::{Pair, pairs};
use rules::http::{Received, Request, Response, respond};
use rules::signature::{SignatureError, Signed, Verified, decode_hex, verify_hmac_sha256};
use rules::vnd::Vnd;

use crate::callback::{
    Answer, Callback, Concerns, ParseError, SignedForm, count, hides_field, malformed, missing, name, numbered,
};

const HASH: &str = "vpc_SecureHash";

/// The signed parameters, sorted.
pub struct Parameters<'a>(Vec<Pair<'a>>);

impl Signed for Parameters<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        for (index, pair) in self.0.iter().enumerate() {
            if index > 0 {
                feed(b"&");
            }
            feed(&pair.name);
            feed(b"=");
            feed(&pair.value);
        }
    }
}

/// Verifies a query, or the form of a POST.
pub fn verify<'a>(
    channel: &Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Parameters<'a>>, SignatureError> {
    let text = if request.method() == Method::POST {
        std::str::from_utf8(request.body()).map_err(|_| SignatureError::Malformed("body"))?
    } else {
        request.raw_query()
    };
    let (hashes, mut signed): (Vec<_>, Vec<_>) = pairs(text)
        .into_iter()
        .filter(|pair| pair.name.starts_with(b"vpc_") || pair.name.starts_with(b"user_"))
        .filter(|pair| !pair.value.is_empty())
        .partition(|pair| *pair.name == *HASH.as_bytes());
    let hash = match hashes.as_slice() {
        [] => return Err(SignatureError::Missing(HASH)),
        [hash] => hash,
        _ => return Err(SignatureError::Duplicated(HASH)),
    };
    let tag = std::str::from_utf8(&hash.value).ok().and_then(decode_hex);
    let tag = tag.ok_or(SignatureError::Malformed(HASH))?;
    signed.sort_by(|one, other| one.name.cmp(&other.name));
    if signed.windows(2).any(|two| two[0].name == two[1].name) {
        return Err(SignatureError::Duplicated("a signed parameter"));
    }
    verify_hmac_sha256(&channel.keys, Parameters(signed), &tag)
}

/// Reads the verified parameters.
pub fn parse(verified: Verified<Parameters<'_>>) -> Result<Callback, ParseError> {
    let parameters = verified.message();
    let reference = name(value(parameters, "vpc_MerchTxnRef")?, "vpc_MerchTxnRef")?;
    details(&verified, &reference).map_err(|error| error.about(&reference))
}

fn details(verified: &Verified<Parameters<'_>>, reference: &str) -> Result<Callback, ParseError> {
    let parameters = verified.message();
    for pair in &parameters.0 {
        let text = String::from_utf8_lossy(&pair.value);
        // A name that holds the separators would cut the signed text just as well.
        if hides_field(&text) || pair.name.iter().any(|byte| matches!(byte, b'&' | b'=')) {
            return Err(malformed(String::from_utf8_lossy(&pair.name).into_owned()));
        }
    }
    let text = |field| value(parameters, field);
    let hundredths = count(text("vpc_Amount")?, "vpc_Amount")?;
    let merchant = name(text("vpc_Merchant")?, "vpc_Merchant")?;
    let code = text("vpc_TxnResponseCode")?.ok_or_else(|| missing("vpc_TxnResponseCode"))?;
    let currency = text("vpc_CurrencyCode")?.unwrap_or("VND");
    let outcome = match code {
        "0" => PaymentOutcome::Paid,
        failed => PaymentOutcome::Failed(failed.to_owned()),
    };
    let number = text("vpc_TransactionNo")?;
    let (identity, transaction) = numbered(&[&merchant, reference], number, "vpc_TransactionNo", Some(&outcome))?;
    let amount_vnd = Vnd::from_hundredths(hundredths).filter(|_| currency == "VND");
    let found = Found { identity, amount_vnd, outcome, at: None };
    Ok(Callback {
        reference: reference.to_owned(),
        found: Some(found),
        transaction,
        currency: currency.to_owned(),
        merchant: Some(merchant),
        units: hundredths,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

fn value<'p>(parameters: &'p Parameters<'_>, field: &'static str) -> Result<Option<&'p str>, ParseError> {
    let pair = parameters.0.iter().find(|it| *it.name == *field.as_bytes());
    pair.map(|pair| std::str::from_utf8(&pair.value).map_err(|_| malformed(field))).transpose()
}

/// OnePay reads plain text and knows two answers.
pub fn reply(answer: &Answer) -> Response {
    let confirmed = match answer {
        Answer::Recorded | Answer::AlreadyRecorded | Answer::Ignored => true,
        Answer::UnknownReference | Answer::AmountDiffers => false,
        Answer::Forged | Answer::Malformed(_) | Answer::Later => false,
    };
    respond::text(
        200,
        match confirmed {
            true => "responsecode=1&desc=confirm-success",
            false => "responsecode=0&desc=confirm-fail",
        },
    )
}
