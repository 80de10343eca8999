//! Reasons why money waits for a person.

use serde::{Deserialize, Serialize};

/// Reason why something went to a person instead of changing the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// No dossier, or no attempt of it, has this reference.
    UnknownReference,
    /// The order was made for another channel.
    OtherChannel,
    /// The amount is not the one asked for.
    AmountDiffers,
    /// The attempt was paid before.
    AlreadyPaid,
    /// The fee was waived before it was paid.
    Waived,
    /// The dossier is refused, withdrawn, closed or returned.
    NotOpen,
    /// The gateway suspects fraud.
    Suspected,
    /// The gateway gave the money back.
    Reversed,
    /// The same transaction came before with other content.
    Conflict,
}
