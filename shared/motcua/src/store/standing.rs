//! Where a message stands, as its item shows it.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use super::item::sortable_floor;
use super::receipts::{Fate, Receipt, UNANSWERED};
use super::tasks::TRIES;
use super::{Error, Item, TaskKind, number, text};
use rules::dossier::SHAPE;
use rules::id::AgencyCode;

/// State of a message, as its item shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Sent, passed on, dropped, or gone to a person.
    Over,
    /// Somebody else is sending it at this moment.
    Held,
    /// It waits for its next try.
    Waiting,
    /// A try is due.
    Due(Tries),
    /// It was sent and did not arrive, for this reason: the next outlet's turn, or a person's.
    Failed(Tries, String),
}

/// The tries that went before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tries {
    /// The number of times it was claimed.
    pub attempts: u64,
    /// The number of times it was claimed although it may have been sent before.
    pub resent: u64,
    /// Whether the last try may have sent it: its outcome is not known.
    pub unsure: bool,
    /// The instant by which its item was due, as it was read.
    pub(super) wake_at: String,
}

impl Tries {
    /// Whether no try is left.
    #[must_use]
    pub fn used_up(&self) -> bool {
        self.attempts >= TRIES
    }
}

impl Standing {
    /// Reads an item at `now`.
    ///
    /// # Errors
    /// [`Error::TooNew`].
    pub fn read(item: &Item, agency: &AgencyCode, now: Timestamp) -> Result<Self, Error> {
        match number(item, "shape") {
            Some(shape) if shape > SHAPE => return Err(Error::TooNew(shape)),
            _ => {}
        }
        let (Some(wake_pk), Some(wake_at)) = (text(item, "wake_pk"), text(item, "wake_at")) else {
            return Ok(Self::Over);
        };
        if wake_pk == TaskKind::Message.person_pk(agency) {
            return Ok(Self::Over);
        }
        let held = text(item, "lease").is_some();
        if wake_at > sortable_floor(now).as_str() {
            return Ok(if held { Self::Held } else { Self::Waiting });
        }
        let unsure = matches!(item.get("unsure"), Some(AttributeValue::Bool(true)));
        let tries = Tries {
            attempts: number(item, "attempts").unwrap_or(0),
            resent: number(item, "resent").unwrap_or(0),
            unsure: held || unsure,
            wake_at: wake_at.to_owned(),
        };
        Ok(match (Receipt::read(item), text(item, "sent_at")) {
            (Some(receipt), _) if receipt.fate != Fate::Delivered => Self::Failed(tries, receipt.reason),
            (None, Some(_)) => Self::Failed(tries, UNANSWERED.to_owned()),
            (Some(_) | None, _) => Self::Due(tries),
        })
    }
}
