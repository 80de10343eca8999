//! Reminders of tables that nobody reported, one item a day: begun before the letter leaves, and marked after.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, under};
use super::{Claim, CommitError, Error, Key, Store, number};
use rules::id::AgencyCode;

/// Time for which a reminder is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The reminder of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// When the last try was begun.
    pub begun_at: Timestamp,
    /// Tries that were begun.
    pub tries: u32,
    /// When the letter left, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// Counted from 1 with each change; it is kept beside.
    #[serde(skip)]
    pub version: u64,
}

impl Store {
    /// Reads the reminder of a day; `None` if none was begun.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn reminder(&self, agency: &AgencyCode, day: Date) -> Result<Option<Reminder>, Error> {
        let Some(item) = self.item(&Key::receipt_reminder(agency, day)).await? else { return Ok(None) };
        let reminder: Reminder = read(&item, "reminder")?;
        Ok(Some(Reminder { version: number(&item, "version").unwrap_or(1), ..reminder }))
    }

    /// Writes the reminder of a day as it follows on the version before; `false` if somebody else was faster.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn note_reminder(&self, agency: &AgencyCode, day: Date, reminder: &Reminder) -> Result<bool, Error> {
        let mut item = under(&Key::receipt_reminder(agency, day));
        item.insert("reminder".into(), json(reminder));
        item.insert("version".into(), n(reminder.version));
        let expires = (reminder.begun_at + KEPT_FOR).as_second();
        item.insert("expires_at".into(), n(u64::try_from(expires).unwrap_or(0)));
        let claim = match reminder.version {
            1 => Claim::New(item),
            version => Claim::Over(item, version - 1),
        };
        match self.write(&[claim]).await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Claimed(..) | CommitError::Raced(_) | CommitError::Conflict) => Ok(false),
        }
    }
}
