//! Texts by a gateway of the province: one signed request each, by Standard Webhooks.
//!
//! ```json
//! {"type": "message.send", "timestamp": "2026-10-10T08:32:00Z",
//!  "data": {"id": "3030…-7K3M9P2QX4AB-2-0", "to": "+84912345678", "text": "…", "language": "vi"}}
//! ```
//!
//! `webhook-id` is the same as `id`: the message's own name, which a repeat has again. A gateway that knows it answers as
//! before and sends nothing, so a repeat after a lost answer is harmless, and counted all the same. While a key is replaced,
//! both sign.

use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::named::Named;
use super::service::NotSent;
use crate::aws::OPERATION_LIMIT;
use crate::site::Site;
use crate::store::Fate;
use crate::web::WebError;
use rules::config::MessageGateway;
use rules::gateway::Call;
use rules::language::Language;
use rules::phone::Phone;
use rules::signature::standard_webhooks;

/// The longest time that a gateway may take: three that do not answer end a run of `notify` within its own limit.
const LIMIT: Duration = OPERATION_LIMIT;
/// The longest id of a gateway that is kept.
const LONGEST_ID: usize = 64;
/// Statuses about this very message or its receiver, after which another try would end the same. All others (a signature
/// that is not believed, a limit reached, an address that moved) are about us and may be mended.
const REFUSALS: [u16; 5] = [400, 404, 410, 413, 422];
/// Reason of a message that a gateway refused for a reason of its own.
const REFUSED: &str = "gateway_refused";
/// Reason of a message that did not arrive, for a reason that the gateway does not tell.
const NOT_DELIVERED: &str = "not_delivered";

/// Reasons that a gateway may tell, in the words of its contract and of the item, and what each means by itself. A person who
/// wants no messages is no failure of the line.
const REASONS: [(&str, Fate); 6] = [
    ("opted_out", Fate::Permanent),
    ("no_such_number", Fate::Permanent),
    ("no_account", Fate::Permanent),
    ("unreachable", Fate::Temporary),
    ("expired", Fate::Temporary),
    ("blocked", Fate::Technical),
];

/// Returns what a gateway's reason means, and its code. What the gateway says about its lasting is believed before that.
#[must_use]
pub fn fate_told(reason: Option<&str>, permanent: Option<bool>) -> (Fate, &'static str) {
    let known = REASONS.into_iter().find(|(known, _)| Some(*known) == reason);
    let (code, by_itself) = known.unwrap_or((NOT_DELIVERED, Fate::Temporary));
    let fate = match permanent {
        Some(true) => Fate::Permanent,
        Some(false) => Fate::Temporary,
        None => by_itself,
    };
    (fate, code)
}

/// The body of a request.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    id: &'a str,
    to: &'a str,
    text: &'a str,
    language: &'static str,
}

/// Members of an answer, each of which may be missing.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    id: Option<String>,
    reason: Option<String>,
}

/// Sends one text to one number by the agency's gateway. Returns the gateway's id of the message.
pub(super) async fn send(
    site: &Site,
    to: &Phone,
    (text, language): (&str, Language),
    named: &Named,
    now: Timestamp,
) -> Result<Option<String>, NotSent> {
    let gateway = site.config.message_gateway(named.agency.as_str()).filter(|it| !it.keys.is_elsewhere());
    // The configuration may have lost it since the message was begun, and may get it back.
    let Some(gateway) = gateway else {
        return Err(NotSent::Later { reason: "no_gateway".to_owned(), unsure: false });
    };
    let answered = site.web.exchange(&call(gateway, to, (text, language), named, now)).await;
    let (reason, unsure) = match answered {
        Ok(answer) if (200..300).contains(&answer.status) => return Ok(id(&answer.body)),
        Ok(answer) if REFUSALS.contains(&answer.status) => return Err(NotSent::Refused(refusal(&answer.body))),
        Ok(answer) => (format!("http_{}", answer.status), false),
        Err(WebError::Status(429)) => ("http_429".to_owned(), false),
        // It broke before or after it took the message; it does not say which.
        Err(WebError::Status(status)) => (format!("http_{status}"), true),
        Err(WebError::TimedOut) => ("timeout".to_owned(), true),
        Err(WebError::NoAnswer) => ("connection".to_owned(), true),
        Err(WebError::TooLong) => ("unreadable_answer".to_owned(), true),
        Err(WebError::Address) => ("not_built".to_owned(), false),
    };
    Err(NotSent::Later { reason, unsure })
}

fn call(
    gateway: &MessageGateway,
    to: &Phone,
    (text, language): (&str, Language),
    named: &Named,
    now: Timestamp,
) -> Call {
    let id = named.word();
    let data = Data { id: &id, to: to.expose(), text, language: language.code() };
    let body = Body { r#type: "message.send", timestamp: now, data };
    let body = serde_json::to_string(&body).expect("texts and a time are JSON");
    let signatures = gateway.keys.live().map(|key| standard_webhooks::sign(key, &id, now, body.as_bytes()));
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        (standard_webhooks::TIMESTAMP, now.as_second().to_string()),
        (standard_webhooks::SIGNATURE, signatures.collect::<Vec<_>>().join(" ")),
        (standard_webhooks::ID, id),
    ];
    // The item's own tries repeat it, which are counted.
    Call { method: Method::POST, url: gateway.url.clone(), headers, body, limit: LIMIT, repeatable: false }
}

fn id(body: &[u8]) -> Option<String> {
    let id = serde_json::from_slice::<Answer>(body).ok()?.id?;
    ((1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())).then_some(id)
}

fn refusal(body: &[u8]) -> &'static str {
    let reason = serde_json::from_slice::<Answer>(body).unwrap_or_default().reason;
    REASONS.iter().find(|(known, _)| Some(*known) == reason.as_deref()).map_or(REFUSED, |(known, _)| known)
}

#[cfg(test)]
mod tests {
    use rules::config::{Config, Host};
    use rules::id::{AgencyCode, DossierId};

    use super::super::named::NamedOf;
    use super::*;

    const KEYS: [&str; 2] =
        ["whsec_bW90Y3VhIGRlbW86IG1lc3NhZ2UgZ2F0ZXdheSBrZXk=", "whsec_bW90Y3VhIGRlbW86IHByZXZpb3VzIGdhdGV3YXkga2V5"];

    fn named() -> Named {
        let (agency, id) = (AgencyCode::parse("000.00.01.H32").unwrap(), DossierId::parse("7K3M9P2QX4AB").unwrap());
        Named { agency, of: NamedOf::Commit { id, version: 2, receiver: 0 } }
    }

    fn called(keys: &[&str], text: &str) -> Call {
        let config = format!(
            "id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban\"\n\
             [[message_gateways]]\nid = \"g\"\nurl = \"https://sms.example.vn/messages\"\nkeys = {keys:?}\n"
        );
        let config = Config::strict(&config, Host::Public).unwrap();
        let (to, now) = (Phone::parse("0912 345 678").unwrap(), "2020-04-15T08:00:00+07:00".parse().unwrap());
        call(config.message_gateway("000.00.01.H32").unwrap(), &to, (text, Language::Vi), &named(), now)
    }

    /// The signatures are those of Python's hmac over the same bytes.
    #[test]
    fn a_request_is_signed_by_every_live_key_as_another_implementation_signs_it() {
        let call = called(&KEYS, "KKT Van Phong: Da nhan ho so.");
        assert_eq!((call.url.as_str(), &call.method), ("https://sms.example.vn/messages", &Method::POST));
        assert_eq!(
            call.body,
            "{\"type\":\"message.send\",\"timestamp\":\"2020-04-15T01:00:00Z\",\"data\":{\
             \"id\":\"3030302e30302e30312e483332-7K3M9P2QX4AB-2-0\",\"to\":\"+84912345678\",\
             \"text\":\"KKT Van Phong: Da nhan ho so.\",\"language\":\"vi\"}}"
        );
        let header = |name: &str| call.headers.iter().find(|(it, _)| *it == name).unwrap().1.clone();
        assert_eq!(header("webhook-id"), "3030302e30302e30312e483332-7K3M9P2QX4AB-2-0");
        assert_eq!(header("webhook-timestamp"), "1586912400");
        assert_eq!(
            header("webhook-signature"),
            "v1,29BtNyFyDgj+ceEi7IrV1rchyrE0i6qxeqaKxgChJfU= v1,PuYO+sNaCFNi7tv+0LWbKnVEGPB2boMeVpU4D50kEfY="
        );
        assert_eq!(called(&KEYS[1..], "").headers[2].1.matches("v1,").count(), 1);
    }

    #[test]
    fn nothing_of_a_text_gets_into_a_header() {
        let call = called(&KEYS, "a\r\nwebhook-id: 1\r\n\r\n{}\u{2028}\"");
        assert!(
            call.headers.iter().all(|(_, value)| value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '))
        );
        assert!(!call.body.contains(['\r', '\n']), "{}", call.body);
        assert!(!call.repeatable && !format!("{call:?}").contains("84912345678"));
    }

    #[test]
    fn a_word_names_its_message_and_another_word_none() {
        let word = named().word();
        assert_eq!(Named::from_word(&word), Some(named()));
        let agency = AgencyCode::parse("000.00.01.H32").unwrap();
        let broadcast = NamedOf::Broadcast { number: 3, round: 1, name: "a-_B".into() };
        let broadcast = Named { agency, of: broadcast };
        assert_eq!(broadcast.word(), "3030302e30302e30312e483332-broadcast3-1-a-_B");
        assert_eq!(Named::from_word(&broadcast.word()), Some(broadcast));
        for other in [
            "",
            "-",
            "---",
            &word[1..],
            &word.to_uppercase(),
            &word.replace("-2-", "-+2-"),
            &word.replace("-2-", "-02-"),
            &format!("{word}-1"),
            &word.replace("7K", "7k"),
            &word.replace("30", "zz"),
            &word.replace("-0", "-99999999999999999999"),
        ] {
            assert_eq!(Named::from_word(other), None, "{other}");
        }
    }

    #[test]
    fn an_answer_that_says_nothing_or_too_much_gives_no_id_and_no_reason_of_its_own() {
        assert_eq!(id(br#"{"id":"SM-1"}"#).as_deref(), Some("SM-1"));
        let long = format!(r#"{{"id":"{}"}}"#, "a".repeat(65));
        for body in
            ["", "[]", "{}", r#"{"id":""}"#, r#"{"id":7}"#, r#"{"id":"a b"}"#, r#"{"id":"\u00e9"}"#, long.as_str()]
        {
            assert_eq!(id(body.as_bytes()), None, "{body}");
        }
        assert_eq!(refusal(br#"{"reason":"opted_out"}"#), "opted_out");
        for body in ["", "{}", r#"{"reason":"+84912345678"}"#] {
            assert_eq!(refusal(body.as_bytes()), REFUSED, "{body}");
        }
    }

    #[test]
    fn a_reason_means_the_same_whoever_tells_it_unless_they_say_how_long_it_lasts() {
        for (reason, permanent, expected) in [
            (Some("opted_out"), None, (Fate::Permanent, "opted_out")),
            (Some("unreachable"), None, (Fate::Temporary, "unreachable")),
            (Some("unreachable"), Some(true), (Fate::Permanent, "unreachable")),
            (Some("blocked"), None, (Fate::Technical, "blocked")),
            (Some("+84912345678"), None, (Fate::Temporary, NOT_DELIVERED)),
            (None, Some(true), (Fate::Permanent, NOT_DELIVERED)),
        ] {
            assert_eq!(fate_told(reason, permanent), expected);
        }
    }
}
