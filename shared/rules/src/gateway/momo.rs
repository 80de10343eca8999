//! MoMo AIO v2: `create` and `query`. The order's number is the request's too, so that a repeat is the same request.

use jiff::Timestamp;
use serde_json::json;

use super::{
    AnswerError, Call, Channel, Finding, Found, Opened, Opening, Page, Question, Recipe, Standing, Unsendable,
};
use super::{api, dong, identity, merchant, named, page_url};
use crate::dossier::PaymentOutcome;
use crate::json::Object;
use crate::signature::{encode_hex, sign_hmac_sha256};

const REQUEST_TYPE: &str = "captureWallet";

/// The calls to MoMo, and the readers of its answers.
pub(super) const RECIPE: Recipe =
    Recipe { open: Some(create), opened: Some(created), ask: Some(query), answered: Some(answer) };

/// Asks for a page.
///
/// Values are not escaped before they are signed, so none may hold `&` or `=`.
fn create(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let Opening { channel, number, callback_url, return_url, .. } = order;
    let (access_key, partner, amount) = (access_key(channel)?, merchant(channel)?, order.amount_vnd.dong());
    let info = order.purpose();
    if [number, info.as_str(), callback_url, return_url].iter().any(|text| text.contains(['&', '='])) {
        return Err(Unsendable::Characters("orderInfo"));
    }
    let signed = format!(
        "accessKey={access_key}&amount={amount}&extraData=&ipnUrl={callback_url}&orderId={number}&orderInfo={info}\
         &partnerCode={partner}&redirectUrl={return_url}&requestId={number}&requestType={REQUEST_TYPE}"
    );
    let minutes = order.expires_at.duration_since(order.opened_at).as_mins();
    let body = json!({
        "partnerCode": partner, "requestId": number, "amount": amount, "orderId": number, "orderInfo": info,
        "redirectUrl": return_url, "ipnUrl": callback_url, "requestType": REQUEST_TYPE, "extraData": "",
        "orderExpireTime": minutes, "lang": "vi", "signature": sign(channel, &signed),
    });
    let call = Call::posted(format!("{}/create", api(channel)?), "application/json", body.to_string());
    Ok(Opened::ByCall(call))
}

/// Reads the page out of the answer.
fn created(order: &Opening<'_>, body: &[u8]) -> Result<Page, AnswerError> {
    let answer = Object::parse(body).map_err(|_| AnswerError::Malformed("body"))?;
    match answer.number("resultCode")? {
        Some("0") => {}
        code => return Err(AnswerError::Refused(code.unwrap_or("nothing").to_owned())),
    }
    if answer.text("orderId")?.as_deref() != Some(order.number) {
        return Err(AnswerError::Another);
    }
    Ok(Page { url: Some(page_url(answer.text("payUrl")?, "payUrl")?), qr: None })
}

/// Asks for the outcome of the order.
fn query(question: &Question<'_>) -> Result<Call, Unsendable> {
    let Question { channel, number, .. } = question;
    let (access_key, partner) = (access_key(channel)?, merchant(channel)?);
    let request = format!("{number}-{}", question.now.as_second());
    let signed = format!("accessKey={access_key}&orderId={number}&partnerCode={partner}&requestId={request}");
    let body = json!({
        "partnerCode": partner, "requestId": request, "orderId": number, "lang": "vi",
        "signature": sign(channel, &signed),
    });
    Ok(Call::posted(format!("{}/query", api(channel)?), "application/json", body.to_string()))
}

/// Reads the answer, which is not signed.
fn answer(question: &Question<'_>, body: &[u8]) -> Result<Finding, AnswerError> {
    let answer = Object::parse(body).map_err(|_| AnswerError::Malformed("body"))?;
    let result = answer.number("resultCode")?.ok_or(AnswerError::Malformed("resultCode"))?;
    let outcome = match result {
        "0" => PaymentOutcome::Paid,
        // Authorised and not captured, or not final.
        "9000" | "1000" | "7000" | "7002" | "8000" => return Ok(empty(Standing::Open)),
        // No such order.
        "42" => return Ok(empty(Standing::Unknown)),
        // The question itself: wrong signature, access or form, or too many of them.
        "11" | "12" | "13" | "20" | "21" | "22" | "40" | "41" | "10" | "98" | "99" => {
            return Err(AnswerError::Refused(result.to_owned()));
        }
        code => PaymentOutcome::Failed(code.to_owned()),
    };
    let partner = question.channel.merchant.as_deref().unwrap_or_default();
    if answer.text("orderId")?.as_deref() != Some(question.number)
        || answer.text("partnerCode")?.as_deref() != Some(partner)
    {
        return Err(AnswerError::Another);
    }
    let found = match named(answer.number("transId")?) {
        Some(transaction) => Some(Found {
            identity: identity(&[partner, question.number, transaction]),
            amount_vnd: answer.number("amount")?.and_then(dong),
            outcome,
            at: milliseconds(answer.number("responseTime")?),
        }),
        None if outcome == PaymentOutcome::Paid => return Err(AnswerError::Malformed("transId")),
        None => None,
    };
    Ok(Finding { payments: found.into_iter().collect(), standing: Standing::Over })
}

fn empty(standing: Standing) -> Finding {
    Finding { payments: Vec::new(), standing }
}

pub(super) fn milliseconds(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(|text| text.parse().ok()).and_then(|count| Timestamp::from_millisecond(count).ok())
}

fn access_key(channel: &Channel) -> Result<&str, Unsendable> {
    let key = channel.access_key.as_ref().and_then(|key| std::str::from_utf8(key.expose()).ok());
    key.ok_or(Unsendable::NotConfigured("access_key"))
}

fn sign(channel: &Channel, text: &str) -> String {
    encode_hex(&sign_hmac_sha256(channel.keys.current(), &[text.as_bytes()]))
}
