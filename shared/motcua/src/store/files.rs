//! The files that the office keeps of a dossier's papers. Each is recorded once its object is durable.
//!
//! A file is no event of the dossier. It moves no clock, fulfils nothing that is awaited (a scan is no original), sends
//! no message, and is stored in every phase. As an event it would only make the person who acts on the dossier at that
//! moment lose the race. The item and the audit, written together, hold who stored it and when.

use super::item::{json, read, under};
use super::{AuditEntry, Claim, CommitError, Did, Error, Key, Store};
use rules::id::{AgencyCode, DossierId};
use rules::papers::{ContentHash, Scan};

/// Tries, in case somebody else stores the same file at the same moment.
const ROUNDS: u32 = 3;

impl Store {
    /// Records a file and who stored it. Returns the one recorded before with the same content, if there is one.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn record_scan(&self, agency: &AgencyCode, id: DossierId, scan: &Scan) -> Result<Option<Scan>, Error> {
        let mut item = under(&Key::scan(agency, id, &scan.sha256));
        item.insert("scan".into(), json(scan));
        let did = Did::StoredFile { id, sha256: scan.sha256.clone() };
        let entry = AuditEntry { at: scan.at, who: scan.by.clone(), did };
        let claims = [Claim::New(item), entry.claim(agency)];
        for _ in 0..ROUNDS {
            match self.write(&claims).await {
                Ok(()) => return Ok(None),
                Err(CommitError::Claimed(_, Some(there))) => return read(&there, "scan").map(Some),
                Err(CommitError::Store(error)) => return Err(error),
                Err(CommitError::Claimed(_, None) | CommitError::Raced(_) | CommitError::Conflict) => {}
            }
        }
        Err(Error::Contended(ROUNDS))
    }

    /// Reads the file with this content; `None` if the dossier has none.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn scan(&self, agency: &AgencyCode, id: DossierId, content: &ContentHash) -> Result<Option<Scan>, Error> {
        self.value(&Key::scan(agency, id, content), "scan").await
    }
}
