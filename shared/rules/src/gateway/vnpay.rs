//! VNPAY PAY 2.1.0: the signed page address, and `querydr`.

use jiff::Timestamp;
use serde_json::json;

use super::{
    AnswerError, Call, Finding, Found, Opened, Opening, Page, Question, Recipe, Standing, Unsendable, api, identity,
    merchant, named,
};
use crate::dossier::PaymentOutcome;
use crate::http::query::encode;
use crate::json::Object;
use crate::signature::{Key, SignatureError, Signed, Verified, encode_hex, sign_hmac_sha512, verify_hmac_sha512};
use crate::vietnam::{parse_portal_instant, portal_instant};
use crate::vnd::Vnd;

/// The calls to VNPAY, and the readers of its answers; opening a page has no answer.
pub(super) const RECIPE: Recipe = Recipe { open: Some(open), opened: None, ask: Some(query), answered: Some(answer) };

const VERSION: &str = "2.1.0";
const HASH: &str = "vnp_SecureHash";
/// The signed fields of an answer to `querydr`, in the order of the signed text.
const ANSWER_FIELDS: [&str; 15] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

/// Writes the address of the page on which the order is paid.
///
/// A number, purpose or return address with a character on which encoders disagree is refused.
fn open(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let page = order.channel.pay_url.as_deref().ok_or(Unsendable::NotConfigured("pay_url"))?;
    let purpose = order.purpose();
    let plain = |text: &str| text.bytes().all(is_plain);
    if !plain(order.number) || !plain(&purpose) {
        return Err(Unsendable::Characters("vnp_OrderInfo"));
    }
    if !order.return_url.bytes().all(|byte| is_plain(byte) || byte == b'/') {
        return Err(Unsendable::Characters("vnp_ReturnUrl"));
    }
    let amount = order.amount_vnd.hundredths().ok_or(Unsendable::TooMuch)?.to_string();
    let (opened, expires) = (portal_instant(order.opened_at), portal_instant(order.expires_at));
    let ip = order.payer_ip.to_string();
    let mut pairs = [
        ("vnp_Amount", amount.as_str()),
        ("vnp_Command", "pay"),
        ("vnp_CreateDate", &opened),
        ("vnp_CurrCode", "VND"),
        ("vnp_ExpireDate", &expires),
        ("vnp_IpAddr", &ip),
        ("vnp_Locale", "vn"),
        ("vnp_OrderInfo", &purpose),
        ("vnp_OrderType", "other"),
        ("vnp_ReturnUrl", &order.return_url),
        ("vnp_TmnCode", merchant(order.channel)?),
        ("vnp_TxnRef", order.number),
        ("vnp_Version", VERSION),
    ];
    let url = format!("{page}?{}", signed_query(&mut pairs, order.channel.keys.current()));
    Ok(Opened::Page(Page { url: Some(url), qr: None }))
}

/// Whether PHP, Java, .NET, Python, JavaScript and we encode this byte in the same way.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b':' | b'_' | b'-')
}

/// Writes the pairs by name, form-encoded, with the signature over that text at the end.
pub(super) fn signed_query(pairs: &mut [(&str, &str)], key: &Key) -> String {
    pairs.sort_unstable();
    let written = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value.as_bytes())));
    let query = written.collect::<Vec<_>>().join("&");
    let hash = encode_hex(&sign_hmac_sha512(key, &[query.as_bytes()]));
    format!("{query}&{HASH}={hash}")
}

/// Asks by `querydr`. VNPAY refuses a request number already used on that day, so no copy of it is sent again.
fn query(question: &Question<'_>) -> Result<Call, Unsendable> {
    let now = portal_instant(question.now);
    let request = format!("{}{}", question.number, &now[8..]);
    let (merchant, ip) = (merchant(question.channel)?, question.payer_ip.to_string());
    let opened = portal_instant(question.opened_at);
    let purpose = format!("Hoi giao dich {}", question.number);
    let signed =
        [&request, VERSION, "querydr", merchant, question.number, &opened, &now, &ip, &purpose].map(str::to_owned);
    let hash = sign_hmac_sha512(question.channel.keys.current(), &[signed.join("|").as_bytes()]);
    let body = json!({
        "vnp_RequestId": request, "vnp_Version": VERSION, "vnp_Command": "querydr", "vnp_TmnCode": merchant,
        "vnp_TxnRef": question.number, "vnp_OrderInfo": purpose, "vnp_TransactionDate": opened,
        "vnp_CreateDate": now, "vnp_IpAddr": ip, "vnp_SecureHash": encode_hex(&hash),
    });
    let call = Call::posted(api(question.channel)?.to_owned(), "application/json", body.to_string());
    Ok(Call { repeatable: false, ..call })
}

/// The signed values, in the order of `ANSWER_FIELDS`.
struct Answer([String; ANSWER_FIELDS.len()]);

impl Answer {
    fn value(&self, field: &str) -> &str {
        let place = ANSWER_FIELDS.iter().position(|name| *name == field);
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }
}

impl Signed for Answer {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.0.join("|").as_bytes());
    }
}

fn verify(question: &Question<'_>, body: &[u8]) -> Result<Verified<Answer>, SignatureError> {
    let body = Object::unverified(body)?;
    let tag = body.hex_tag(HASH)?;
    let mut values: [String; ANSWER_FIELDS.len()] = Default::default();
    for (value, field) in values.iter_mut().zip(ANSWER_FIELDS) {
        *value = body.signed_value(field)?;
        // Values are not escaped: with the separator in one of them, two different answers would carry one signature.
        if value.contains('|') {
            return Err(SignatureError::Ambiguous(field));
        }
    }
    verify_hmac_sha512(&question.channel.keys, Answer(values), &tag)
}

/// Verifies and reads the answer. Its `ResponseCode` says whether the question was understood; the outcome of the
/// payment is in `TransactionStatus`.
fn answer(question: &Question<'_>, body: &[u8]) -> Result<Finding, AnswerError> {
    let verified = verify(question, body)?;
    let answer = verified.message();
    match answer.value("vnp_ResponseCode") {
        "00" => {}
        // No such transaction: the page was never opened.
        "91" => return Ok(Finding { payments: Vec::new(), standing: Standing::Unknown }),
        other => return Err(AnswerError::Refused(other.to_owned())),
    }
    let ours = question.channel.merchant.as_deref();
    if answer.value("vnp_TxnRef") != question.number || Some(answer.value("vnp_TmnCode")) != ours {
        return Err(AnswerError::Another);
    }
    let Some(outcome) = outcome(answer.value("vnp_TransactionStatus")) else {
        return Ok(Finding { payments: Vec::new(), standing: Standing::Open });
    };
    let units: Option<u64> = answer.value("vnp_Amount").parse().ok();
    let found = named(Some(answer.value("vnp_TransactionNo"))).map(|transaction| Found {
        identity: identity(&[answer.value("vnp_TmnCode"), question.number, transaction]),
        amount_vnd: units.and_then(Vnd::from_hundredths),
        outcome: outcome.clone(),
        at: paid_at(answer.value("vnp_PayDate")),
    });
    if found.is_none() && !matches!(outcome, PaymentOutcome::Failed(_)) {
        return Err(AnswerError::Malformed("vnp_TransactionNo"));
    }
    Ok(Finding { payments: found.into_iter().collect(), standing: Standing::Over })
}

fn paid_at(text: &str) -> Option<Timestamp> {
    parse_portal_instant(text).ok()
}

/// Returns the outcome as in a callback, except that there is one code: 07 is money under suspicion, 04 to 06 money on
/// its way back, 09 a refused refund. `None` while it is not finished.
fn outcome(status: &str) -> Option<PaymentOutcome> {
    match status {
        "00" => Some(PaymentOutcome::Paid),
        "01" => None,
        "04" | "05" | "06" => Some(PaymentOutcome::Reversed),
        "07" | "09" => Some(PaymentOutcome::Suspected),
        code => Some(PaymentOutcome::Failed(code.to_owned())),
    }
}
