//! ZaloPay v2: `create` and `query`, signed with key1. Answers are not signed.

use form_urlencoded::Serializer;
use serde_json::json;

use super::momo::milliseconds;
use super::{AnswerError, Call, Finding, Found, Opened, Opening, Page, Question, Recipe, Standing, Unsendable};
use super::{api, dong, identity, merchant, named, page_url, request_key};
use crate::dossier::PaymentOutcome;
use crate::json::Object;
use crate::signature::{Key, encode_hex, sign_hmac_sha256};

/// The user that the order is for, in ZaloPay's words; it names no person.
const APP_USER: &str = "motcua";
const ITEM: &str = "[]";
const FORM: &str = "application/x-www-form-urlencoded";

/// The calls to ZaloPay, and the readers of its answers.
pub(super) const RECIPE: Recipe =
    Recipe { open: Some(create), opened: Some(created), ask: Some(query), answered: Some(answer) };

/// Asks for a page.
fn create(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let Opening { channel, number, .. } = order;
    let app = merchant(channel)?;
    let (amount, time) = (order.amount_vnd.dong().to_string(), order.opened_at.as_millisecond().to_string());
    let embed = json!({ "redirecturl": order.return_url }).to_string();
    let mac = mac(request_key(channel)?, &[app, number, APP_USER, &amount, &time, &embed, ITEM]);
    let seconds = order.expires_at.duration_since(order.opened_at).as_secs().to_string();
    let pairs = [
        ("app_id", app),
        ("app_user", APP_USER),
        ("app_trans_id", number),
        ("app_time", &time),
        ("amount", &amount),
        ("item", ITEM),
        ("embed_data", &embed),
        ("description", &order.purpose()),
        ("bank_code", ""),
        ("callback_url", &order.callback_url),
        ("expire_duration_seconds", &seconds),
        ("mac", &mac),
    ];
    let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
    let call = Call::posted(format!("{}/create", api(channel)?), FORM, body);
    // A number that was used before is refused: a fresh order finds out whether the first copy arrived.
    Ok(Opened::ByCall(Call { repeatable: false, ..call }))
}

/// Reads the page out of the answer.
fn created(_order: &Opening<'_>, body: &[u8]) -> Result<Page, AnswerError> {
    let answer = Object::parse(body).map_err(|_| AnswerError::Malformed("body"))?;
    match answer.number("return_code")? {
        Some("1") => {}
        _ => return Err(AnswerError::Refused(answer.number("sub_return_code")?.unwrap_or("nothing").to_owned())),
    }
    Ok(Page { url: Some(page_url(answer.text("order_url")?, "order_url")?), qr: None })
}

/// Asks for the outcome of the order.
fn query(question: &Question<'_>) -> Result<Call, Unsendable> {
    let Question { channel, number, .. } = question;
    let (app, key) = (merchant(channel)?, request_key(channel)?);
    let key_text = std::str::from_utf8(key.expose()).map_err(|_| Unsendable::NotConfigured("request_key"))?;
    let mac = mac(key, &[app, number, key_text]);
    let pairs = [("app_id", app), ("app_trans_id", number), ("mac", &mac)];
    let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(Call::posted(format!("{}/query", api(channel)?), FORM, body))
}

/// Reads the answer. It names no order, so it is believed to be about the one that was asked for.
fn answer(question: &Question<'_>, body: &[u8]) -> Result<Finding, AnswerError> {
    let answer = Object::parse(body).map_err(|_| AnswerError::Malformed("body"))?;
    let empty = |standing| Ok(Finding { payments: Vec::new(), standing });
    match answer.number("return_code")? {
        Some("1") => {}
        // Failed or expired: no money was taken, and no number names it.
        Some("2") => return empty(Standing::Over),
        Some("3") => return empty(Standing::Open),
        code => return Err(AnswerError::Refused(code.unwrap_or("nothing").to_owned())),
    }
    let app = question.channel.merchant.as_deref().unwrap_or_default();
    let transaction = named(answer.number("zp_trans_id")?).ok_or(AnswerError::Malformed("zp_trans_id"))?;
    let found = Found {
        identity: identity(&[app, transaction]),
        amount_vnd: answer.number("amount")?.and_then(dong),
        outcome: PaymentOutcome::Paid,
        at: milliseconds(answer.number("server_time")?),
    };
    Ok(Finding { payments: vec![found], standing: Standing::Over })
}

fn mac(key: &Key, parts: &[&str]) -> String {
    encode_hex(&sign_hmac_sha256(key, &[parts.join("|").as_bytes()]))
}
