//! Answers to a portal.

use std::fmt;

use motcua::portal::About;
use rules::dossier::Refusal;
use rules::http::{Reply, Response, respond};
use rules::id::DossierId;
use rules::json::Malformed;
use rules::portal::{Remark, Why};
use rules::signature::SignatureError;
use serde_json::{Value, json};

/// Time that a portal should wait before it tries again, in seconds.
const RETRY_AFTER_SECONDS: &str = "30";

/// All possible answers. 2xx ends the deliveries, 503 asks for another attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Recorded now.
    Recorded(About),
    /// Recorded before.
    AlreadyRecorded(Option<About>),
    /// Recorded with its dossier, and kept for a person.
    Kept(About, Why),
    /// Kept for a person.
    Aside(Option<DossierId>, Why),
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
        let mut body = match self {
            Self::Recorded(about) => done("recorded", about),
            Self::AlreadyRecorded(Some(about)) => done("already_recorded", about),
            _ => return self.reply(),
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
            Self::Recorded(about) => json(200, done("recorded", about)),
            Self::AlreadyRecorded(Some(about)) => json(200, done("already_recorded", about)),
            Self::AlreadyRecorded(None) => json(200, json!({ "status": "already_recorded" })),
            Self::Kept(about, why) => {
                let mut body = done("kept", about);
                body["reason"] = why.said()[1].into();
                json(200, body)
            }
            Self::Aside(id, why) => {
                let mut body = json!({ "status": "kept", "did": "kept_for_a_person", "reason": why.said()[1] });
                if let Some(id) = id {
                    body["dossier"] = id.as_str().into();
                }
                json(200, body)
            }
            Self::KeptForLater => json(202, json!({ "status": "kept", "did": "kept_until_its_dossier_is_there" })),
            Self::Refused(refusal) => {
                json(200, json!({ "status": "refused", "did": "nothing", "reason": refusal.to_string() }))
            }
            Self::Ignored => json(200, json!({ "status": "ignored", "did": "nothing" })),
            Self::Malformed(Malformed { field, why }) => {
                json(400, json!({ "error": "malformed", "field": field, "reason": why }))
            }
            Self::Forged => error(401, SignatureError::Mismatch.caller_text()),
            Self::MethodNotAllowed => error(405, "method not allowed").with_header("allow", "POST"),
            Self::TooLarge => error(413, "too large"),
            Self::OtherMediaType => error(415, "application/json only"),
            Self::Later => json(503, json!({ "status": "later" })).with_header("retry-after", RETRY_AFTER_SECONDS),
        }
    }
}

/// Says what was done, of which dossier, and by which code people call it.
fn done(status: &str, About { id, code, did }: &About) -> Value {
    let mut body = json!({ "status": status, "did": did, "dossier": id.as_str() });
    if let Some(code) = code {
        body["code"] = code.as_str().into();
    }
    body
}

/// For the log: the class of the answer, the dossier's id, the place that was wrong. Nothing personal.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded(about) => write!(f, "{} {}", about.did, about.id),
            Self::AlreadyRecorded(Some(about)) => write!(f, "already recorded {}", about.id),
            Self::AlreadyRecorded(None) => f.write_str("already recorded"),
            Self::Kept(about, why) => write!(f, "kept for a person {}: {}", about.id, why.name()),
            Self::Aside(_, why) => write!(f, "kept for a person: {}", why.name()),
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
