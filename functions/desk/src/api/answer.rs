//! Answers to a member of staff.

use std::fmt;

use motcua::recorder::RecordError;
use motcua::store::Error;
use rules::dossier::{Kind, Phase, Refusal};
use rules::http::{Reply, Response, respond};
use rules::json::Malformed;
use rules::takeover::Fault;
use serde_json::{Value, json};

use crate::permission::{Nobody, NotAllowed};

/// Seconds that a client should wait before it tries again.
const RETRY_AFTER_SECONDS: &str = "5";

/// The answers there are.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Recorded now, as this version.
    Recorded(u64, Value),
    /// Recorded before, as this version; the dossier as it is now, if it is known.
    AlreadyRecorded(u64, Option<Value>),
    /// Recorded about money now, as this version of it.
    Decided(u64, Value),
    /// Recorded about money before, as this version; the money as it is now.
    AlreadyDecided(u64, Value),
    /// The outcome of a call, recorded now as this version of it.
    Called(u64, Value),
    /// The outcome of a call, recorded before as this version; the call as it is now.
    AlreadyCalled(u64, Value),
    /// A page of a list.
    Listed(Value),
    /// The thing asked for, and its version.
    Found(u64, Value),
    /// The thing asked for, which is no dossier.
    Shown(Value),
    /// A version of a procedure that cannot be added, and why.
    Conflict(String),
    /// The way to pay.
    PayLink(Value),
    /// No way to pay, and why.
    NoPayLink(&'static str),
    /// A dossier of the earlier software is not taken over, and why.
    NotTakenOver(Vec<Fault>),
    /// The dossier declines the command.
    Refused(Refusal),
    /// The dossier is at another version than the clerk saw.
    Stale(u64),
    /// The idempotency key was used for something else.
    KeyReused,
    /// No such dossier, command or page.
    NotFound,
    /// Something is wrong with this field or header.
    Malformed(Malformed),
    /// Nobody is signed in.
    SignInFirst,
    /// Somebody is signed in, but may not do this.
    NotAllowed,
    /// The path takes this method only.
    MethodNotAllowed(&'static str),
    /// Over the limit.
    TooLarge,
    /// The content type is not JSON.
    OtherMediaType,
    /// A command without the version it was decided on.
    VersionNeeded,
    /// Not now: send it again.
    Later,
}

impl From<Malformed> for Answer {
    fn from(place: Malformed) -> Self {
        Self::Malformed(place)
    }
}

impl From<NotAllowed> for Answer {
    fn from(_: NotAllowed) -> Self {
        Self::NotAllowed
    }
}

impl From<Nobody> for Answer {
    fn from(why: Nobody) -> Self {
        match why {
            Nobody::SignedIn => Self::SignInFirst,
            Nobody::OfOurs => Self::NotAllowed,
        }
    }
}

/// The store failed; only a repeat of a command shows whether it was recorded.
impl From<Error> for Answer {
    fn from(error: Error) -> Self {
        tracing::error!(reason = %error, "the store did not do what the desk asked");
        Self::Later
    }
}

impl From<RecordError> for Answer {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Refused(Refusal::Phase { phase: Phase::New, .. }) | RecordError::Unknown => Self::NotFound,
            // The key made a dossier so long ago that its receipt is gone.
            RecordError::Refused(Refusal::Phase { kind: Kind::Submit, .. }) | RecordError::KeyReused => Self::KeyReused,
            RecordError::Refused(refusal) => Self::Refused(refusal),
            RecordError::Stale(version) => Self::Stale(version),
            RecordError::Store(error) => error.into(),
        }
    }
}

impl Answer {
    pub(crate) fn reply(&self) -> Response {
        let json = |status: u16, body: Value| respond::json(status, body.to_string());
        let error = |status: u16, what: &str| json(status, json!({ "error": what }));
        match self {
            Self::Recorded(version, dossier) => {
                let body = json!({ "status": "recorded", "version": version, "dossier": dossier });
                json(200, body).with_header("etag", tag(*version))
            }
            Self::AlreadyRecorded(version, dossier) => {
                json(200, json!({ "status": "already_recorded", "version": version, "dossier": dossier }))
            }
            Self::Decided(version, money) => {
                let body = json!({ "status": "recorded", "version": version, "money": money });
                json(200, body).with_header("etag", tag(*version))
            }
            Self::AlreadyDecided(version, money) => {
                json(200, json!({ "status": "already_recorded", "version": version, "money": money }))
            }
            Self::Called(version, call) => {
                let body = json!({ "status": "recorded", "version": version, "call": call });
                json(200, body).with_header("etag", tag(*version))
            }
            Self::AlreadyCalled(version, call) => {
                json(200, json!({ "status": "already_recorded", "version": version, "call": call }))
            }
            Self::Listed(list) => json(200, list.clone()),
            Self::Found(version, dossier) => json(200, dossier.clone()).with_header("etag", tag(*version)),
            Self::Shown(value) => json(200, value.clone()),
            Self::Conflict(reason) => json(409, json!({ "status": "conflict", "reason": reason })),
            // Anybody who has the address can pay with it, so no cache in between may keep it.
            Self::PayLink(link) => json(200, link.clone()),
            Self::NoPayLink(why) => json(409, json!({ "status": "no_pay_link", "reason": why })),
            Self::NotTakenOver(faults) => json(422, json!({ "status": "refused", "faults": faults })),
            Self::Refused(refusal) => {
                let reason = json!({ "vi": refusal.vi(), "en": refusal.to_string() });
                let mut body = json!({ "status": "refused", "reason": reason });
                if let Some(field) = refusal.field() {
                    body["field"] = json!(field);
                }
                json(422, body)
            }
            Self::Stale(version) => {
                json(412, json!({ "status": "stale", "version": version })).with_header("etag", tag(*version))
            }
            Self::KeyReused => json(409, json!({ "status": "key_reused" })),
            Self::NotFound => error(404, "not found"),
            Self::Malformed(Malformed { field, why }) => {
                json(400, json!({ "error": "malformed", "field": field, "reason": why }))
            }
            Self::SignInFirst => error(401, "sign in first"),
            Self::NotAllowed => error(403, "not allowed"),
            Self::MethodNotAllowed(method) => error(405, "method not allowed").with_header("allow", *method),
            Self::TooLarge => error(413, "too large"),
            Self::OtherMediaType => error(415, "application/json only"),
            Self::VersionNeeded => error(428, "If-Match with the version of the dossier is needed"),
            Self::Later => json(503, json!({ "status": "later" })).with_header("retry-after", RETRY_AFTER_SECONDS),
        }
    }
}

fn tag(version: u64) -> String {
    format!("\"{version}\"")
}

/// For the log: the class of the answer and the mistake. Nothing personal.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded(version, _) => write!(f, "recorded as version {version}"),
            Self::AlreadyRecorded(version, _) => write!(f, "recorded before as version {version}"),
            Self::Decided(version, _) => write!(f, "money recorded as version {version}"),
            Self::AlreadyDecided(version, _) => write!(f, "money recorded before as version {version}"),
            Self::Called(version, _) => write!(f, "a call recorded as version {version}"),
            Self::AlreadyCalled(version, _) => write!(f, "a call recorded before as version {version}"),
            Self::Listed(_) => f.write_str("listed"),
            Self::Found(version, _) => write!(f, "read at version {version}"),
            Self::Shown(_) => f.write_str("shown"),
            Self::Conflict(reason) => write!(f, "conflict: {reason}"),
            Self::PayLink(_) => f.write_str("a way to pay"),
            Self::NoPayLink(why) => write!(f, "no way to pay: {why}"),
            Self::NotTakenOver(faults) => write!(f, "not taken over: {} faults", faults.len()),
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
            Self::Stale(version) => write!(f, "stale: at version {version}"),
            Self::KeyReused => f.write_str("idempotency key reused"),
            Self::NotFound => f.write_str("not found"),
            Self::Malformed(malformed) => write!(f, "malformed: {malformed}"),
            Self::SignInFirst => f.write_str("nobody signed in"),
            Self::NotAllowed => f.write_str("not allowed"),
            Self::MethodNotAllowed(_) => f.write_str("another method"),
            Self::TooLarge => f.write_str("too large"),
            Self::OtherMediaType => f.write_str("not JSON"),
            Self::VersionNeeded => f.write_str("no version given"),
            Self::Later => f.write_str("later"),
        }
    }
}
