//! Reasons why something was not done with a parcel or a manifest.

use jiff::Timestamp;
use rules::dossier::Refusal;
use rules::id::DossierId;
use rules::post::ParcelNo;

use crate::recorder::RecordError;
use crate::store::{CommitError, Error};

/// Rounds of reading and writing before the caller is asked to try again.
pub(super) const ROUNDS: u32 = 5;

/// Reason why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such parcel, manifest or dossier.
    #[error("there is no such thing")]
    Unknown,
    /// No such operator is configured for the agency.
    #[error("there is no such operator")]
    NoOperator,
    /// The manifest was closed, by this account and at this time.
    #[error("the manifest is closed")]
    Closed(Timestamp, String),
    /// The manifest has no parcels.
    #[error("the manifest has no parcels")]
    Empty,
    /// The manifest or the parcel has no room.
    #[error("there is no room for more")]
    Full,
    /// No number of the ranges is left.
    #[error("no waybill number is left")]
    NoNumbers,
    /// The operator's number belongs to this parcel already.
    #[error("the number belongs to another parcel")]
    NumberUsed(ParcelNo),
    /// The number is empty, or too long.
    #[error("is not a number")]
    NotANumber,
    /// The dossier is in a parcel.
    #[error("the dossier is in a parcel")]
    InAParcel(DossierId, ParcelNo),
    /// The operator has the parcel already.
    #[error("the operator has it")]
    Underway,
    /// The dossier declines.
    #[error("the dossier declines: {1}")]
    Refused(DossierId, Refusal),
    /// The store failed. Try again later.
    #[error(transparent)]
    Store(#[from] Error),
}

impl NotDone {
    /// Reads why a write was not made; `None` if somebody else came first, so that another round may do it.
    pub(super) fn of(error: CommitError) -> Option<Self> {
        match error {
            CommitError::Store(error @ (Error::TooNew(_) | Error::Unreadable { .. } | Error::TooLarge(_))) => {
                Some(error.into())
            }
            // A write whose end is not known is found by the next round.
            CommitError::Store(_) | CommitError::Claimed(..) | CommitError::Raced(_) | CommitError::Conflict => None,
        }
    }

    pub(super) fn contended() -> Self {
        Self::Store(Error::Contended(ROUNDS))
    }
}

/// Splits what a recorder says into a refusal and a failure of the store.
pub(super) fn refused(error: RecordError) -> Result<String, Error> {
    match error {
        RecordError::Refused(refusal) => Ok(refusal.to_string()),
        RecordError::Unknown => Ok("there is no such dossier".to_owned()),
        RecordError::KeyReused => Ok("the same step was recorded with other content".to_owned()),
        RecordError::Stale(_) => Err(Error::Contended(ROUNDS)),
        RecordError::Store(error) => Err(error),
    }
}
