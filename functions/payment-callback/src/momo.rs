//! MoMo AIO v2: a POST of JSON, signed with HMAC-SHA256 over thirteen fields in a fixed order, values unescaped.
//!
//! The browser returns with the same signature in a query; that is the return, and it is never read here.

use jiff::Timestamp;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::Found;
use rules::http::{Request, Response, respond};
use rules::json::Object;
use rules::signature::{SignatureError, Signed, Verified, verify_hmac_sha256};
use rules::vnd::Vnd;

use crate::callback::{
    Answer, Callback, Concerns, ParseError, SignedForm, count, hides_field, malformed, milliseconds, name, numbered,
};

const SIGNATURE: &str = "signature";
/// The signed fields of the message, in the order of the signed text; our access key comes before them.
const SIGNED_FIELDS: [&str; 12] = [
    "amount",
    "extraData",
    "message",
    "orderId",
    "orderInfo",
    "orderType",
    "partnerCode",
    "payType",
    "requestId",
    "responseTime",
    "resultCode",
    "transId",
];

/// The signed values, in the order of `SIGNED_FIELDS`.
pub struct Fields<'a> {
    access_key: &'a [u8],
    values: [String; SIGNED_FIELDS.len()],
}

impl Fields<'_> {
    fn value(&self, field: &str) -> Option<&str> {
        let place = SIGNED_FIELDS.iter().position(|name| *name == field)?;
        self.values.get(place).map(String::as_str)
    }
}

impl Signed for Fields<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(b"accessKey=");
        feed(self.access_key);
        self.content(feed);
    }

    /// Leaves out the access key: it is ours and may be replaced, and the message stays the same.
    fn content(&self, feed: &mut dyn FnMut(&[u8])) {
        for (name, value) in SIGNED_FIELDS.iter().zip(&self.values) {
            feed(b"&");
            feed(name.as_bytes());
            feed(b"=");
            feed(value.as_bytes());
        }
    }
}

/// Verifies a body. Fields outside the signed ones are not looked at; an absent one is signed as empty.
pub fn verify<'a>(
    channel: &'a Channel,
    request: &'a Request,
    _now: Timestamp,
) -> Result<Verified<Fields<'a>>, SignatureError> {
    let access_key = channel.access_key.as_ref();
    let access_key = access_key.ok_or(SignatureError::NotConfigured("access_key"))?;
    let body = Object::unverified(request.body())?;
    let tag = body.hex_tag(SIGNATURE)?;
    let mut values: [String; SIGNED_FIELDS.len()] = Default::default();
    for (value, field) in values.iter_mut().zip(SIGNED_FIELDS) {
        *value = body.signed_value(field)?;
    }
    let access_key = access_key.expose();
    verify_hmac_sha256(&channel.keys, Fields { access_key, values }, &tag)
}

/// Reads a verified body.
pub fn parse(verified: Verified<Fields<'_>>) -> Result<Callback, ParseError> {
    let reference = name(verified.message().value("orderId"), "orderId")?;
    details(&verified, &reference).map_err(|error| error.about(&reference))
}

fn details(verified: &Verified<Fields<'_>>, reference: &str) -> Result<Callback, ParseError> {
    let fields = verified.message();
    for (field, value) in SIGNED_FIELDS.iter().zip(&fields.values) {
        if hides_field(value) {
            return Err(malformed(*field));
        }
    }
    let dong = count(fields.value("amount"), "amount")?;
    let merchant = name(fields.value("partnerCode"), "partnerCode")?;
    let result = count(fields.value("resultCode"), "resultCode")?;
    let at = milliseconds(fields.value("responseTime"), "responseTime")?;
    let outcome = outcome(result);
    let number = fields.value("transId");
    let (identity, transaction) = numbered(&[&merchant, reference], number, "transId", outcome.as_ref())?;
    let found = outcome.map(|outcome| Found { identity, amount_vnd: Vnd::new(dong).ok(), outcome, at });
    Ok(Callback {
        reference: reference.to_owned(),
        found,
        transaction,
        currency: "VND".to_owned(),
        merchant: Some(merchant),
        units: dong,
        signed_form: SignedForm::AsReceived,
        concerns: Concerns::Whole,
    })
}

/// 9000 is authorised and not yet captured; 1000, 7000, 7002 and 8000 are not final.
fn outcome(result: u64) -> Option<PaymentOutcome> {
    match result {
        0 => Some(PaymentOutcome::Paid),
        9000 | 1000 | 7000 | 7002 | 8000 => None,
        failed => Some(PaymentOutcome::Failed(failed.to_string())),
    }
}

/// MoMo documents only 204; the refusals are our choice.
pub fn reply(answer: &Answer) -> Response {
    match answer {
        Answer::Recorded | Answer::AlreadyRecorded | Answer::Ignored => respond::empty(204),
        // Real money that fits nothing goes to a person, and another call would not change that.
        Answer::UnknownReference | Answer::AmountDiffers => respond::empty(204),
        Answer::Malformed(_) => respond::empty(400),
        Answer::Forged => respond::empty(401),
        Answer::Later => respond::empty(503),
    }
}
