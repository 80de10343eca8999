//! The events of Amazon SES, as it publishes them to a topic.

use jiff::Timestamp;
use motcua::store::{Fate, Receipt};
use motcua::tell::Named;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A receipt, and the message that it is about.
pub(crate) struct Told {
    pub named: Named,
    pub receipt: Receipt,
}

/// The parts of an event that are read. Addresses, subjects and headers are left alone.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    event_type: String,
    mail: Mail,
    delivery: Option<At>,
    bounce: Option<Bounce>,
}

#[derive(Deserialize)]
struct Mail {
    timestamp: String,
    #[serde(default)]
    tags: Map<String, Value>,
}

#[derive(Deserialize)]
struct At {
    timestamp: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounce_sub_type: String,
    timestamp: String,
}

/// Reads an event; `None` if it tells nothing of what became of a letter.
///
/// # Errors
/// The reason for the log, which holds nothing of the event.
pub(crate) fn read(message: &str) -> Result<Option<Told>, &'static str> {
    let event: Event = serde_json::from_str(message).map_err(|_| "no event of SES")?;
    let (fate, reason, at) = match (event.event_type.as_str(), &event.delivery, &event.bounce) {
        ("Delivery", Some(delivery), _) => (Fate::Delivered, "", &delivery.timestamp),
        ("Bounce", _, Some(bounce)) => {
            let (fate, reason) = bounced(bounce);
            (fate, reason, &bounce.timestamp)
        }
        ("Reject" | "Rendering Failure", ..) => (Fate::Technical, "rejected", &event.mail.timestamp),
        ("Delivery" | "Bounce", ..) => return Err("an event of SES without its own part"),
        ("Complaint", ..) => {
            tracing::warn!("the receiver of a letter complained about it to their mail service");
            return Ok(None);
        }
        _ => return Ok(None),
    };
    let tag = |name: &str| event.mail.tags.get(name)?.get(0)?.as_str();
    let named = Named::from_tags(tag).ok_or("no letter of an office")?;
    let at: Timestamp = at.parse().map_err(|_| "an event of SES without a time")?;
    Ok(Some(Told { named, receipt: Receipt { fate, reason: reason.to_owned(), at } }))
}

fn bounced(bounce: &Bounce) -> (Fate, &'static str) {
    match (bounce.bounce_type.as_str(), bounce.bounce_sub_type.as_str()) {
        ("Permanent", "Suppressed" | "OnAccountSuppressionList") => (Fate::Permanent, "suppressed"),
        ("Permanent", _) => (Fate::Permanent, "bounced"),
        (_, "MailboxFull") => (Fate::Temporary, "mailbox_full"),
        _ => (Fate::Temporary, "bounced_for_now"),
    }
}
