//! Changes of a receipt, each written with its row of the day's table.

use jiff::Timestamp;
use rules::id::AgencyCode;
use rules::receipt::{Lawful, NotNow, Row};

use crate::store::{Claim, CommitError, Error, Key, Store};

/// Rounds of reading and writing before the caller is asked to try again.
const ROUNDS: u32 = 5;

/// Reason why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such receipt.
    #[error("there is no such receipt")]
    Unknown,
    /// Its state does not take this.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// No provider is configured that could be asked.
    #[error("there is no provider of receipts")]
    NoProvider,
    /// The store failed. Whether it was written is found by reading.
    #[error(transparent)]
    Store(#[from] Error),
}

/// A receipt after a change, and whether a row of the day's table tells of it.
#[derive(Debug)]
pub struct Changed {
    /// The receipt.
    pub lawful: Lawful,
    /// Whether there is a new row.
    pub row: bool,
}

/// Changes a receipt, and puts the row that tells of it into the day's table in the same transaction. `beside` is written too.
///
/// # Errors
/// [`NotDone`].
pub async fn change(
    store: &Store,
    agency: &AgencyCode,
    key: &Key,
    now: Timestamp,
    beside: &[Claim],
    act: impl Fn(&mut Lawful) -> Result<Option<Row>, NotNow> + Send,
) -> Result<Changed, NotDone> {
    for _ in 0..ROUNDS {
        let mut lawful = store.lawful(key).await?.ok_or(NotDone::Unknown)?;
        let row = act(&mut lawful)?;
        lawful.version += 1;
        let mut claims = vec![Store::lawful_claim(agency, &lawful, now)];
        if let Some(row) = &row {
            claims.extend(store.row_claims(agency, row).await?);
        }
        claims.extend_from_slice(beside);
        match store.write(&claims).await {
            Ok(()) => return Ok(Changed { lawful, row: row.is_some() }),
            Err(CommitError::Store(error)) => return Err(error.into()),
            Err(CommitError::Claimed(..) | CommitError::Raced(_) | CommitError::Conflict) => {}
        }
    }
    Err(Error::Contended(ROUNDS).into())
}
