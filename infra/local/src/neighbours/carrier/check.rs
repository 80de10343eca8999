//! The contract that a message is held to, more strictly than a gateway would, by code of its own: another reader of what
//! the office signs.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use data_encoding::BASE64;
use jiff::Timestamp;
use rules::config::MessageGateway;
use rules::message::parts;
use rules::phone::Phone;
use rules::signature::sign_hmac_sha256;
use serde::Deserialize;

use super::Relayed;

/// The longest that a signed instant may be off, in seconds.
const TOLERANCE: u64 = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    r#type: String,
    timestamp: Timestamp,
    data: Data,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    id: String,
    to: String,
    text: String,
    language: String,
}

/// Checks a request. The message has no id of the gateway yet.
///
/// # Errors
/// The status and the sentence of the refusal.
pub(super) fn check(
    request: &HttpRequest,
    gateways: &[MessageGateway],
    now: Timestamp,
) -> Result<Relayed, (u16, &'static str)> {
    if request.method() != "POST" || single(request, "content-type") != Some("application/json") {
        return Err((415, "not a POST of JSON"));
    }
    let [Some(id), Some(at), Some(signatures)] =
        ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| single(request, name))
    else {
        return Err((401, "a header of the signature is missing or there twice"));
    };
    let body = request.body().bytes().unwrap_or_default();
    let signed = |gateway: &&MessageGateway| {
        let tag = sign_hmac_sha256(gateway.keys.current(), &[format!("{id}.{at}.").as_bytes(), body]);
        let tag = format!("v1,{}", BASE64.encode(&tag));
        signatures.split(' ').any(|signature| signature == tag)
    };
    let Some(gateway) = gateways.iter().find(signed) else { return Err((401, "signed by no key of a gateway")) };
    let seconds: i64 = at.parse().map_err(|_| (401, "not a count of seconds"))?;
    if seconds.abs_diff(now.as_second()) > TOLERANCE || id.contains('.') {
        return Err((401, "signed at another time, or under a name with a dot"));
    }
    let Ok(Body { r#type, timestamp, data }) = serde_json::from_slice(body) else {
        return Err((400, "not the body of the contract"));
    };
    let Data { id: name, to, text, language } = data;
    let is_number = Phone::parse(&to).is_ok_and(|phone| phone.takes_sms() && phone.expose() == to);
    if r#type != "message.send" || timestamp.as_second() != seconds || name != id || !is_number {
        return Err((400, "a member says something else than the rest"));
    }
    if parts(&text) != Some(1) || !["vi", "en"].contains(&language.as_str()) {
        return Err((422, "not a text of one part"));
    }
    let agency = gateway.agency.to_string();
    Ok(Relayed { message_id: String::new(), name, agency, phone_number: to, text, language, sent_at: now })
}

/// Returns the value of a header that is there once.
fn single<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    let mut values = request.headers().get_all(name);
    values.next().filter(|_| values.next().is_none())
}
