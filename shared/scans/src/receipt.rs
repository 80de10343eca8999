//! The files of electronic receipts: what a provider shows of one and what it signed. They lie apart from papers, so that whoever
//! holds the key of a dossier can be given them by a function that may read no paper.

use bytes::Bytes;
use motcua::store::Key;
use rules::id::{AgencyCode, DossierId};
use rules::papers::{ContentHash, Scan};

use crate::{Papers, PapersError};

/// The account in whose name files of receipts are kept.
pub const BY: &str = "receipts";

/// Stores a file of a receipt: once this is done it is durable. The same file again is the same object.
///
/// # Errors
/// [`PapersError::Unavailable`].
pub async fn store(
    papers: &Papers,
    agency: &AgencyCode,
    id: DossierId,
    scan: &Scan,
    content: Bytes,
) -> Result<(), PapersError> {
    let object = Key::receipt_object(agency, id, &scan.sha256);
    papers.put_object(object, (&scan.sha256, scan.kind), content).await
}

/// Reads a file of a receipt that lies apart, which is the one that was stored.
///
/// # Errors
/// [`PapersError`].
pub async fn read(
    papers: &Papers,
    agency: &AgencyCode,
    id: DossierId,
    content: &ContentHash,
) -> Result<Bytes, PapersError> {
    papers.read_object(Key::receipt_object(agency, id, content), content).await
}

/// Reads a file of a dossier wherever it lies: receipts that were fetched before they had a place of their own lie with the
/// papers. Only a function that may read both can use it.
///
/// # Errors
/// [`PapersError`].
pub async fn read_either(
    papers: &Papers,
    agency: &AgencyCode,
    id: DossierId,
    scan: &Scan,
) -> Result<Bytes, PapersError> {
    // A file that a person filed under this name lies with the papers too.
    if scan.by == BY {
        match read(papers, agency, id, &scan.sha256).await {
            Err(PapersError::Missing) => {}
            answer => return answer,
        }
    }
    papers.read(agency, id, scan).await
}
