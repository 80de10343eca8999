//! Answers to a portal.

use std::fmt;

use rules::dossier::Refusal;
use rules::http::{Reply, Response, respond};
use rules::id::DossierId;
use rules::json::Malformed;
use rules::portal::Remark;
use rules::signature::SignatureError;
use serde_json::{Value, json};

/// Time that a portal should wait before it tries again, in seconds.
const RETRY_AFTER_SECONDS: &str = "30";

/// All possible answers. 2xx ends the deliveries, 503 asks for another attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Recorded now.
    Recorded(DossierId),
    /// Recorded before.
    AlreadyRecorded(Option<DossierId>),
    /// Received, and kept for a person.
    Kept(Option<DossierId>),
    /// Received, and kept until its dossier is there.
    KeptForLater,
    /// The dossier declined it.
    Refused(Refusal),
    /// Of a type that does not concern us.
    Ignored,
    /// Authentic, but this is wrong with it.
    Malformed(Malformed),
    /// No portal signed it.
    Forged,
    /// Not a POST.
    MethodNotAllowed,
    /// Over the limit.
    TooLarge,
    /// Not JSON by its own content type.
    OtherMediaType,
    /// Not now: send it again.
    Later,
}

impl Answer {
    /// Returns the reply, with what the portal should know of a dossier that it submitted.
    pub(crate) fn noting(&self, remarks: &[Remark]) -> Response {
        let mut body = if let Self::Recorded(id) = self {
            about("recorded", Some(*id))
        } else if let Self::AlreadyRecorded(id) = self {
            about("already_recorded", *id)
        } else {
            return self.reply();
        };
        if remarks.is_empty() {
            return self.reply();
        }
        let remarks = remarks.iter().map(|Remark { field, why }| json!({ "field": field, "reason": why }));
        body["remarks"] = remarks.collect();
        respond::json(200, body.to_string())
    }

    pub(crate) fn reply(&self) -> Response {
        let json = |status: u16, body: Value| respond::json(status, body.to_string());
        let error = |status: u16, what: &str| json(status, json!({ "error": what }));
        match self {
            Self::Recorded(id) => json(200, json!({ "status": "recorded", "dossier": id.as_str() })),
            Self::AlreadyRecorded(id) => json(200, about("already_recorded", *id)),
            Self::Kept(id) => json(200, about("kept", *id)),
            Self::KeptForLater => json(202, about("kept", None)),
            Self::Refused(refusal) => json(200, json!({ "status": "refused", "reason": refusal.to_string() })),
            Self::Ignored => json(200, about("ignored", None)),
            Self::Malformed(Malformed { field, why }) => {
                json(400, json!({ "error": "malformed", "field": field, "reason": why }))
            }
            Self::Forged => error(401, SignatureError::Mismatch.caller_text()),
            Self::MethodNotAllowed => error(405, "method not allowed").with_header("allow", "POST"),
            Self::TooLarge => error(413, "too large"),
            Self::OtherMediaType => error(415, "application/json only"),
            Self::Later => json(503, about("later", None)).with_header("retry-after", RETRY_AFTER_SECONDS),
        }
    }
}

fn about(status: &str, id: Option<DossierId>) -> Value {
    match id {
        Some(id) => json!({ "status": status, "dossier": id.as_str() }),
        None => json!({ "status": status }),
    }
}

/// For the log: the class of the answer, the dossier's id, the place that was wrong. Nothing personal.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded(id) => write!(f, "recorded {id}"),
            Self::AlreadyRecorded(Some(id)) => write!(f, "already recorded {id}"),
            Self::AlreadyRecorded(None) => f.write_str("already recorded"),
            Self::Kept(_) => f.write_str("kept for a person"),
            Self::KeptForLater => f.write_str("kept until its dossier is there"),
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
            Self::Ignored => f.write_str("of a type that does not concern us"),
            Self::Malformed(malformed) => write!(f, "malformed: {malformed}"),
            Self::Forged => f.write_str("not authentic"),
            Self::MethodNotAllowed => f.write_str("not a POST"),
            Self::TooLarge => f.write_str("too large"),
            Self::OtherMediaType => f.write_str("not JSON"),
            Self::Later => f.write_str("later"),
        }
    }
}
