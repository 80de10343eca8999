//! Files of a receipt: what the provider shows of it, and what it signed.

use bytes::Bytes;
use jiff::Timestamp;
use motcua::store::Error;
use motcua::web::Silence;
use rules::papers::{ContentHash, MOST_BYTES, Scan, ScanKind};
use rules::receipt::{Issued, Kept, Lawful};
use scans::{PapersError, Scans, receipt};

use crate::answer::{Answer, content};
use crate::calls;
use crate::line::Line;
use crate::trouble::Trouble;

/// The files, by the provider's names: a page to read, and the signed XML in an archive.
const KINDS: [(&str, &str, &str); 2] = [("PDF", "pdf", ".pdf"), ("ZIP", "zip", ".zip")];

/// Fetches the files and keeps them with the dossier. `None` if the office keeps no files at all; without what the provider does
/// not give.
pub(crate) async fn fetch(
    line: &Line<'_>,
    scans: &Scans,
    (lawful, issued): (&Lawful, &Issued),
    now: Timestamp,
) -> Result<Option<Vec<Kept>>, Trouble> {
    let Some(papers) = scans.bucket(&line.site.config) else { return Ok(None) };
    let (agency, mut kept) = (&line.to.agency, Vec::new());
    for (name, what, ending) in KINDS {
        let key = &lawful.last().key;
        let call = |token: &str| calls::file(line.to, token, (key, &issued.no), name);
        let answer = line.ask(call).await.map_err(Trouble::Silent)?;
        let Answer::Done(body) = answer else { continue };
        let content = content(&body).filter(|content| content.len() <= MOST_BYTES).ok_or(Silence::Unreadable);
        let content = content.map_err(Trouble::Silent)?;
        let sha256 = ContentHash::of(&content);
        let size_bytes = content.len() as u64;
        let scan = Scan {
            paper: None,
            name: format!("Biên lai {}{ending}", issued.no),
            // A browser shows only what is what it says.
            kind: ScanKind::of(&content).filter(|_| what == "pdf").unwrap_or(ScanKind::Other),
            size_bytes,
            sha256: sha256.clone(),
            by: receipt::BY.to_owned(),
            at: now,
        };
        receipt::store(&papers, agency, lawful.dossier, &scan, Bytes::from(content)).await.map_err(failed)?;
        line.site.recorder.store().record_scan(agency, lawful.dossier, &scan).await?;
        kept.push(Kept { what: what.to_owned(), sha256, bytes: size_bytes, apart: true });
    }
    Ok(Some(kept))
}

fn failed(error: PapersError) -> Trouble {
    let reason = match error {
        PapersError::Unavailable(error) => return Trouble::Store(error),
        error @ (PapersError::Missing | PapersError::Changed) => error.to_string(),
    };
    Trouble::Store(Error::Unavailable { operation: "PutObject", reason })
}
