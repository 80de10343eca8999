//! Addresses that always give the same outcome, as the service's own simulator has them, and the events it publishes.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::CapturedMail;
use rules::language::Both;

/// What happens to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It arrives.
    Delivered,
    /// There is no such mailbox.
    Bounced,
    /// The service does not write to it any more.
    Suppressed,
    /// The mailbox is full.
    Full,
    /// It arrives and the receiver complains about it.
    Complaint,
    /// Nothing is ever heard of it.
    Silence,
    /// The service does not take it.
    Refused,
}

/// The domain of the addresses below.
pub const SIMULATOR: &str = "simulator.amazonses.com";

/// The part of an address before the `@`, and what happens to a letter there. The first five are the service's own; the
/// others exist here only.
pub const OUTCOMES: [(&str, Outcome, Both); 8] = [
    ("success", Outcome::Delivered, ["đến nơi", "arrives"]),
    ("bounce", Outcome::Bounced, ["không có hộp thư này", "no such mailbox"]),
    ("suppressionlist", Outcome::Suppressed, ["dịch vụ không gửi tới địa chỉ này nữa", "on the suppression list"]),
    ("complaint", Outcome::Complaint, ["đến nơi, người nhận báo thư rác", "arrives, the receiver complains"]),
    ("ooto", Outcome::Delivered, ["đến nơi, trả lời tự động", "arrives, answers automatically"]),
    ("full", Outcome::Full, ["hộp thư đầy", "the mailbox is full"]),
    ("silent", Outcome::Silence, ["không bao giờ báo lại", "nothing is ever heard"]),
    ("refused", Outcome::Refused, ["dịch vụ từ chối thư", "the service refuses the letter"]),
];

impl Outcome {
    /// Returns what happens to a letter to this address.
    pub fn of(address: &str) -> Self {
        Self::fixed(address).unwrap_or(Self::Delivered)
    }

    /// Whether this address always gives the same outcome.
    pub(super) fn is_fixed(address: &str) -> bool {
        Self::fixed(address).is_some()
    }

    fn fixed(address: &str) -> Option<Self> {
        let local = address.rsplit_once('@').filter(|(_, domain)| domain.eq_ignore_ascii_case(SIMULATOR));
        local.and_then(|(local, _)| OUTCOMES.iter().find(|(name, ..)| *name == local)).map(|(_, outcome, _)| *outcome)
    }

    /// Returns the event that the service publishes about a letter, if it publishes one.
    pub(super) fn event(self, mail: &CapturedMail, at: Timestamp) -> Option<Value> {
        let bounce = |kind: &str, sub: &str| {
            let part = json!({ "bounceType": kind, "bounceSubType": sub, "bouncedRecipients": [], "timestamp": at });
            ("Bounce", "bounce", part)
        };
        let (kind, name, part) = match self {
            Self::Delivered => ("Delivery", "delivery", json!({ "timestamp": at, "recipients": [mail.to] })),
            Self::Bounced => bounce("Permanent", "General"),
            Self::Suppressed => bounce("Permanent", "OnAccountSuppressionList"),
            Self::Full => bounce("Transient", "MailboxFull"),
            Self::Complaint => ("Complaint", "complaint", json!({ "timestamp": at, "complainedRecipients": [] })),
            Self::Silence | Self::Refused => return None,
        };
        let tags: serde_json::Map<_, _> =
            mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
        let about =
            json!({ "timestamp": mail.sent_at, "messageId": mail.message_id, "source": mail.from, "tags": tags });
        Some(json!({ "eventType": kind, "mail": about, (name): part }))
    }
}
