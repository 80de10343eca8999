//! A payment that arrives, what may be recorded of it already, and what becomes of it.

use crate::store::{Money, Owner, Raw};
use rules::dossier::PaymentOutcome;
use rules::gateway::Found;

/// A payment that an authentic message or answer reported, before its owner is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The channel it came through.
    pub channel: String,
    /// The order reference as sent.
    pub reference: String,
    /// The payment.
    pub found: Found,
    /// Digest of what it means; see [`Found::meaning`].
    pub digest: String,
    /// Whether the message names the channel's own merchant. Another merchant's order is never paid.
    pub own_merchant: bool,
    /// The message as received, for the person who may have to read it.
    pub raw: Option<Raw>,
}

impl Arrived {
    /// Whether this payment is recorded already; see [`rules::repeat`].
    pub(super) fn repeats(&self, there: &Money) -> bool {
        self.found.repeats(&self.digest, &there.payment, &there.digest)
    }
}

/// Outcome of a payment message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Recorded now.
    Now(Owner),
    /// Recorded before, for this owner.
    Before(Owner),
}

impl Settled {
    /// Returns its owner.
    #[must_use]
    pub fn owner(&self) -> Owner {
        match self {
            Self::Now(owner) | Self::Before(owner) => *owner,
        }
    }
}

/// Another meaning that is recorded already under the identity of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    Other,
    /// It was given back, so that what is said to have been paid goes to a person.
    Reversal,
}

impl Beside {
    pub fn of(there: &Money) -> Self {
        match there.payment.outcome {
            PaymentOutcome::Reversed => Self::Reversal,
            PaymentOutcome::Paid | PaymentOutcome::Failed(_) | PaymentOutcome::Suspected => Self::Other,
        }
    }
}
