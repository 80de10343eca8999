//! Numbers that always give the same outcome, and what is told of each.

use rules::language::Both;
use serde_json::{Value, json};

use crate::senders::Form;

/// Fate of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It arrives.
    Delivered,
    /// The telephone is off or out of reach.
    Unreachable,
    /// Nobody has this number.
    NoSuchNumber,
    /// The receiver wants no messages.
    OptedOut,
    /// Nothing is ever told.
    Silence,
    /// The gateway does not take it.
    Refused,
    /// The gateway is busy.
    Busy,
}

/// Numbers and what happens to a message there.
pub const OUTCOMES: [(&str, Outcome, Both); 6] = [
    ("+84900000011", Outcome::Refused, ["cổng tin nhắn không nhận", "the gateway refuses the message"]),
    ("+84900000012", Outcome::Busy, ["cổng tin nhắn bận, gửi lại sau", "the gateway is busy, tried again later"]),
    ("+84900000013", Outcome::Unreachable, ["qua cổng: máy tắt", "by the gateway: the telephone is off"]),
    ("+84900000014", Outcome::NoSuchNumber, ["qua cổng: không có số này", "by the gateway: no such number"]),
    ("+84900000015", Outcome::OptedOut, ["qua cổng: người nhận từ chối", "by the gateway: the receiver opted out"]),
    ("+84900000016", Outcome::Silence, ["qua cổng: không bao giờ báo lại", "by the gateway: nothing is ever heard"]),
];

impl Outcome {
    /// Returns what happens to a message to this number.
    #[must_use]
    pub fn of(number: &str) -> Self {
        OUTCOMES.iter().find(|(fixed, ..)| *fixed == number).map_or(Self::Delivered, |(_, outcome, _)| *outcome)
    }

    /// Whether a number always gives it.
    pub(super) fn is_fixed(self) -> bool {
        OUTCOMES.iter().any(|(_, outcome, _)| *outcome == self)
    }

    /// Returns the answer to a message that is not taken.
    pub(super) fn refusal(self) -> Option<(u16, Value)> {
        match self {
            Self::Refused => Some((422, json!({ "error": "not taken" }))),
            Self::Busy => Some((503, json!({ "error": "busy" }))),
            Self::Delivered | Self::Unreachable | Self::NoSuchNumber | Self::OptedOut | Self::Silence => None,
        }
    }

    /// Returns the type of what is told, and its content beside the message's name.
    pub(super) fn told(self) -> Option<(&'static str, Form)> {
        let failed = |reason: &str, permanent: bool| {
            let data = [("reason".to_owned(), json!(reason)), ("permanent".to_owned(), json!(permanent))];
            Some(("message.failed", data.into_iter().collect()))
        };
        match self {
            Self::Delivered => Some(("message.delivered", Form::new())),
            Self::Unreachable => failed("unreachable", false),
            Self::NoSuchNumber => failed("no_such_number", true),
            Self::OptedOut => failed("opted_out", true),
            Self::Silence | Self::Refused | Self::Busy => None,
        }
    }
}
