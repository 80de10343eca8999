//! Answers to an operator.

use std::fmt;

use rules::http::{Reply, Response, respond};
use rules::json::Malformed;
use rules::post::ParcelNo;
use rules::signature::SignatureError;
use serde_json::{Value, json};

/// Time that an operator should wait before it tries again, in seconds.
const RETRY_AFTER_SECONDS: &str = "30";

/// All possible answers. 2xx ends the deliveries, 503 asks for another attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Recorded now; `known` if its code has a meaning here.
    Recorded {
        /// The parcel.
        no: ParcelNo,
        /// Whether the code has a meaning.
        known: bool,
    },
    /// The same content was recorded before, under whatever delivery id.
    AlreadyRecorded(ParcelNo),
    /// The parcel is not here: it is kept until it is, or a person sees it.
    Kept,
    /// Of a type that does not concern us.
    Ignored,
    /// Authentic, but this is wrong with it.
    Malformed(Malformed),
    /// No operator signed it.
    Forged,
    /// A path that is nobody's.
    NotFound,
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
    pub(crate) fn reply(&self) -> Response {
        let json = |status: u16, body: Value| respond::json(status, body.to_string());
        let error = |status: u16, what: &str| json(status, json!({ "error": what }));
        match self {
            Self::Recorded { no, known: true } => json(200, json!({ "status": "recorded", "order": no.to_string() })),
            Self::Recorded { no, known: false } => {
                json(200, json!({ "status": "recorded", "order": no.to_string(), "remark": "code not known here" }))
            }
            Self::AlreadyRecorded(no) => json(200, json!({ "status": "already_recorded", "order": no.to_string() })),
            Self::Kept => json(202, json!({ "status": "kept", "did": "kept_until_its_parcel_is_there" })),
            Self::Ignored => json(200, json!({ "status": "ignored", "did": "nothing" })),
            Self::Malformed(Malformed { field, why }) => {
                json(400, json!({ "error": "malformed", "field": field, "reason": why }))
            }
            Self::Forged => error(401, SignatureError::Mismatch.caller_text()),
            Self::NotFound => error(404, "not found"),
            Self::MethodNotAllowed => error(405, "method not allowed").with_header("allow", "POST"),
            Self::TooLarge => error(413, "too large"),
            Self::OtherMediaType => error(415, "application/json only"),
            Self::Later => json(503, json!({ "status": "later" })).with_header("retry-after", RETRY_AFTER_SECONDS),
        }
    }
}

/// For the log: the class of the answer, the parcel, the place that was wrong. Nothing personal, and never a path.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded { no, known: true } => write!(f, "recorded {no}"),
            Self::Recorded { no, known: false } => write!(f, "recorded {no}, of an unknown code"),
            Self::AlreadyRecorded(no) => write!(f, "already recorded {no}"),
            Self::Kept => f.write_str("kept until its parcel is there"),
            Self::Ignored => f.write_str("of a type that does not concern us"),
            Self::Malformed(malformed) => write!(f, "malformed: {malformed}"),
            Self::Forged => f.write_str("not authentic"),
            Self::NotFound => f.write_str("not found"),
            Self::MethodNotAllowed => f.write_str("not a POST"),
            Self::TooLarge => f.write_str("too large"),
            Self::OtherMediaType => f.write_str("not JSON"),
            Self::Later => f.write_str("later"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_says_its_class_and_no_more() {
        let no = ParcelNo::of(2026, 1);
        for (answer, status, said) in [
            (Answer::Recorded { no, known: true }, 200, json!({ "status": "recorded", "order": "B26-000001" })),
            (Answer::AlreadyRecorded(no), 200, json!({ "status": "already_recorded", "order": "B26-000001" })),
            (Answer::Kept, 202, json!({ "status": "kept", "did": "kept_until_its_parcel_is_there" })),
            (Answer::Ignored, 200, json!({ "status": "ignored", "did": "nothing" })),
            (Answer::Forged, 401, json!({ "error": "signature not accepted" })),
            (Answer::NotFound, 404, json!({ "error": "not found" })),
            (Answer::Later, 503, json!({ "status": "later" })),
        ] {
            let response = answer.reply();
            let body: Value = serde_json::from_str(response.text()).unwrap();
            assert_eq!((response.status().as_u16(), body), (status, said));
        }
        assert_eq!(Answer::Later.reply().header("retry-after"), Some("30"));
        assert_eq!(Answer::MethodNotAllowed.reply().header("allow"), Some("POST"));
    }
}
