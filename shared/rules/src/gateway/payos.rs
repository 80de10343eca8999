//! payOS v2: a payment request opened and read. Answers are signed as callbacks are.

use http::Method;
use serde_json::json;
use serde_json::value::RawValue;

use super::{
    AnswerError, Call, Channel, Finding, Found, Opened, Opening, Page, Question, Recipe, Standing, Unsendable,
};
use super::{api, dong, identity, merchant, named, page_url, request_key};
use crate::dossier::PaymentOutcome;
use crate::json::Object;
use crate::signature::{Key, encode_hex, payos, sign_hmac_sha256};
use crate::vietnam::parse_portal_instant;

/// The most transfers of one link that are read.
const MOST_TRANSFERS: usize = 100;

/// The calls to payOS, and the readers of its answers.
pub(super) const RECIPE: Recipe =
    Recipe { open: Some(create), opened: Some(created), ask: Some(query), answered: Some(answer) };

/// Asks for a link.
///
/// The order's number must be payOS's integer.
fn create(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let Opening { channel, number, return_url, .. } = order;
    let code: u64 = number.parse().map_err(|_| Unsendable::Characters("orderCode"))?;
    let description = "LE PHI HO SO";
    if return_url.contains(['&', '=']) {
        return Err(Unsendable::Characters("returnUrl"));
    }
    let amount = order.amount_vnd.dong();
    let signature = create_signature(channel.keys.current(), amount, return_url, description, code, return_url);
    let body = json!({
        "orderCode": code, "amount": amount, "description": description, "cancelUrl": return_url,
        "returnUrl": return_url, "expiredAt": order.expires_at.as_second(), "signature": signature,
    });
    let call = Call::posted(api(channel)?.to_owned(), "application/json", body.to_string());
    // A code that was used before is refused, as at ZaloPay.
    Ok(Opened::ByCall(Call { repeatable: false, ..identified(channel, call)? }))
}

/// Signs five fields, whatever else is sent.
pub(super) fn create_signature(
    key: &Key,
    amount: u64,
    cancel_url: &str,
    description: &str,
    order_code: u64,
    return_url: &str,
) -> String {
    let signed = format!(
        "amount={amount}&cancelUrl={cancel_url}&description={description}&orderCode={order_code}&returnUrl={return_url}"
    );
    encode_hex(&sign_hmac_sha256(key, &[signed.as_bytes()]))
}

/// Verifies the answer and reads page and code out of it.
fn created(order: &Opening<'_>, body: &[u8]) -> Result<Page, AnswerError> {
    refused(body)?;
    let verified = payos::verify(&order.channel.keys, body)?;
    let data = verified.message().object();
    if data.number("orderCode")? != Some(order.number) {
        return Err(AnswerError::Another);
    }
    let url = page_url(data.text("checkoutUrl")?, "checkoutUrl")?;
    let qr = data.text("qrCode")?.filter(|text| !text.is_empty() && text.len() <= 512);
    Ok(Page { url: Some(url), qr })
}

/// Asks for the link and its transfers.
fn query(question: &Question<'_>) -> Result<Call, Unsendable> {
    let url = format!("{}/{}", api(question.channel)?, question.number);
    let call = Call::posted(url, "application/json", String::new());
    identified(question.channel, Call { method: Method::GET, ..call })
}

/// Verifies and reads the answer: every transfer is a payment of its own.
fn answer(question: &Question<'_>, body: &[u8]) -> Result<Finding, AnswerError> {
    refused(body)?;
    let verified = payos::verify(&question.channel.keys, body)?;
    let data = verified.message().object();
    if data.number("orderCode")? != Some(question.number) {
        return Err(AnswerError::Another);
    }
    let link = data.text("id")?.ok_or(AnswerError::Malformed("id"))?;
    let transfers: Vec<&RawValue> = match data.raw("transactions") {
        None | Some("null") => Vec::new(),
        Some(raw) => serde_json::from_str(raw).map_err(|_| AnswerError::Malformed("transactions"))?,
    };
    let payments = transfers.into_iter().take(MOST_TRANSFERS).map(|raw| transfer(&link, raw.get()));
    let standing = match data.text("status")?.as_deref() {
        Some("PAID" | "EXPIRED" | "CANCELLED" | "FAILED") => Standing::Over,
        Some("PENDING" | "PROCESSING" | "UNDERPAID") => Standing::Open,
        _ => return Err(AnswerError::Malformed("status")),
    };
    Ok(Finding { payments: payments.collect::<Result<_, _>>()?, standing })
}

fn transfer(link: &str, raw: &str) -> Result<Found, AnswerError> {
    let transfer = Object::parse(raw.as_bytes()).map_err(|_| AnswerError::Malformed("transactions"))?;
    let reference = transfer.text("reference")?;
    let reference = named(reference.as_deref()).ok_or(AnswerError::Malformed("reference"))?;
    let at = transfer.text("transactionDateTime")?;
    Ok(Found {
        identity: identity(&[link, reference]),
        amount_vnd: transfer.number("amount")?.and_then(dong),
        outcome: PaymentOutcome::Paid,
        at: at.and_then(|text| parse_portal_instant(&text).ok()),
    })
}

/// Returns an error for a refusal: it has a code and no signed content. The code decides nothing else.
fn refused(body: &[u8]) -> Result<(), AnswerError> {
    let answer = Object::parse(body).map_err(|_| AnswerError::Malformed("body"))?;
    match answer.text("code")? {
        Some(code) if code != "00" => Err(AnswerError::Refused(code)),
        Some(_) | None => Ok(()),
    }
}

fn identified(channel: &Channel, mut call: Call) -> Result<Call, Unsendable> {
    let key = request_key(channel)?;
    let key = std::str::from_utf8(key.expose()).map_err(|_| Unsendable::NotConfigured("request_key"))?;
    call.headers.push(("x-client-id", merchant(channel)?.to_owned()));
    call.headers.push(("x-api-key", key.to_owned()));
    Ok(call)
}
