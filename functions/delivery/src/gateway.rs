//! Results of messages, as the gateway of a province tells them at `/delivery/{agency}`.

use std::fmt;

use http::Method;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Fate, Noted, Receipt};
use motcua::tell::{Named, fate_told};
use rules::http::{Received, Reply, Request, Response, respond};
use rules::id::AgencyCode;
use rules::json::{Fields, Malformed};
use rules::message::Outlet;
use rules::signature::standard_webhooks::{self, Delivery};
use rules::signature::{SignatureError, Verified};
use serde_json::json;

/// Time that a gateway should wait before it tries again, in seconds.
const RETRY_AFTER_SECONDS: &str = "30";
/// The longest name of a message; ours are shorter.
const LONGEST_ID: usize = 255;
/// The longest word of the contract that is read.
const LONGEST_WORD: usize = 64;

/// Answers one delivery of a gateway.
///
/// Nothing is parsed that was not verified, and nothing looked up that was not parsed. An agency without a gateway is
/// answered as a forged message is.
pub async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    answer(site, request, now).await.reply().guarded()
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Answer {
    if request.method() != Method::POST {
        return Answer::MethodNotAllowed;
    }
    if request.is_oversize() {
        return Answer::TooLarge;
    }
    // Somebody types the address at the gateway, and often with a slash at its end.
    let path = request.path().strip_suffix('/').unwrap_or(request.path());
    let code = path.strip_prefix("/delivery/").unwrap_or_default();
    let Some(gateway) = site.config.message_gateway(code) else {
        // It may be one that a slip in the configuration has closed: then nobody knows yet who signed.
        if site.config.has_closed("message_gateways") {
            tracing::error!(problems = %site.config.problems(), "a result of a message while a message gateway is closed");
            return Answer::Later;
        }
        tracing::info!("a result of a message for no message gateway");
        return Answer::Forged;
    };
    let answer = match standard_webhooks::verify(&gateway.keys, request.headers(), request.body(), now) {
        Ok(delivery) => noted(site, &gateway.agency, &delivery, now).await,
        Err(reason) => {
            tracing::info!(gateway = gateway.id, %reason, "a result of a message that is not authentic");
            return Answer::Forged;
        }
    };
    tracing::info!(gateway = gateway.id, %answer, "a result of a message");
    answer
}

async fn noted(site: &Site, agency: &AgencyCode, delivery: &Verified<Delivery<'_>>, now: Timestamp) -> Answer {
    let (id, receipt) = match read(delivery, now) {
        Ok(Some(told)) => told,
        Ok(None) => return Answer::Ignored,
        Err(malformed) => return Answer::Malformed(malformed),
    };
    // A gateway tells of the messages of its own agency.
    let Some(named) = Named::from_word(&id).filter(|named| named.agency == *agency) else { return Answer::Unchanged };
    match named.note(site.recorder.store(), Outlet::Https, &receipt, now).await {
        Ok(Noted::Now) => Answer::Noted,
        Ok(Noted::Unchanged) => Answer::Unchanged,
        Err(error) => {
            tracing::error!(%error, "a result of a message was not noted");
            Answer::Later
        }
    }
}

/// Reads the name of a message and what became of it; `None` if the delivery is of another type.
fn read(delivery: &Verified<Delivery<'_>>, now: Timestamp) -> Result<Option<(String, Receipt)>, Malformed> {
    let body = Fields::of_body(delivery.message().body())?;
    let kind = body.required("type", body.line("type", LONGEST_WORD)?)?;
    let arrived = match kind.as_str() {
        "message.delivered" => true,
        "message.failed" => false,
        _ => return Ok(None),
    };
    let data = body.required("data", body.object("data")?)?;
    let id = data.required("id", data.line("id", LONGEST_ID)?)?;
    let (reason, permanent) = (data.line("reason", LONGEST_WORD)?, data.flag("permanent")?);
    let at = body.line("timestamp", LONGEST_WORD)?.map(|at| at.parse::<Timestamp>());
    let at = at.transpose().map_err(|_| body.malformed("timestamp", "is not a time"))?;
    let (fate, reason) = if arrived { (Fate::Delivered, "") } else { fate_told(reason.as_deref(), permanent) };
    // A gateway whose clock is ahead cannot have told of what is still to come.
    let at = at.unwrap_or(now).min(now);
    Ok(Some((id, Receipt { fate, reason: reason.to_owned(), at })))
}

/// All possible answers. 2xx ends the deliveries, 503 asks for another attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// Noted now.
    Noted,
    /// There was a result before, the message waits for none, or there is no such message.
    Unchanged,
    /// Of a type that does not concern us.
    Ignored,
    /// Authentic, but this is wrong with it.
    Malformed(Malformed),
    /// No gateway of the agency signed it.
    Forged,
    /// Not a POST.
    MethodNotAllowed,
    /// Over the limit.
    TooLarge,
    /// Not now: send it again.
    Later,
}

impl Answer {
    fn reply(&self) -> Response {
        let done = |status: &str| respond::json(200, json!({ "status": status }).to_string());
        let error = |status: u16, what: &str| respond::json(status, json!({ "error": what }).to_string());
        match self {
            Self::Noted => done("noted"),
            Self::Unchanged => done("unchanged"),
            Self::Ignored => done("ignored"),
            Self::Malformed(Malformed { field, why }) => {
                let body = json!({ "error": "malformed", "field": field, "reason": why });
                respond::json(400, body.to_string())
            }
            Self::Forged => error(401, SignatureError::Mismatch.caller_text()),
            Self::MethodNotAllowed => error(405, "method not allowed").with_header("allow", "POST"),
            Self::TooLarge => error(413, "too large"),
            Self::Later => error(503, "try again later").with_header("retry-after", RETRY_AFTER_SECONDS),
        }
    }
}

/// For the log: the class of the answer and the place that was wrong, nothing of the message.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Noted => f.write_str("noted"),
            Self::Unchanged => f.write_str("unchanged"),
            Self::Ignored => f.write_str("of a type that does not concern us"),
            Self::Malformed(malformed) => write!(f, "malformed: {malformed}"),
            Self::Forged => f.write_str("not authentic"),
            Self::MethodNotAllowed => f.write_str("not a POST"),
            Self::TooLarge => f.write_str("too large"),
            Self::Later => f.write_str("later"),
        }
    }
}
