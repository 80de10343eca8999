//! A file of an electronic receipt, for whoever holds the key of its dossier: as it was stored or not at all.

use motcua::site::Site;
use rules::http::Response;
use rules::id::DossierId;
use rules::papers::{ContentHash, ScanKind, disposition};
use rules::receipt::Issue;
use scans::{PapersError, Scans, receipt};

use crate::file;
use crate::frame::Frame;
use crate::problem::Problem;

/// Shows the file. One that no receipt of this dossier lists is not there, whoever's it is.
pub(crate) async fn open(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    id: DossierId,
    hash: &str,
) -> Result<Response, Problem> {
    let hash = ContentHash::parse(hash).map_err(|_| Problem::NotFound)?;
    let agency = frame.agency.key();
    let receipts = site.recorder.store().receipts_of(agency, id).await?;
    let mut issues = receipts.iter().flat_map(|receipt| &receipt.issues);
    let named = |issue: &Issue| {
        let kept = issue.files.iter().find(|kept| kept.apart && kept.sha256 == hash)?;
        Some((issue.issued()?.no, kept.what.clone()))
    };
    let (no, what) = issues.find_map(named).ok_or(Problem::NotFound)?;
    let papers = scans.bucket(&site.config).ok_or(Problem::NotFound)?;
    let content = receipt::read(&papers, agency, id, &hash).await.map_err(|error: PapersError| {
        tracing::error!(%error, %id, sha256 = %hash, "a file of a receipt was not opened");
        Problem::Later
    })?;
    let (kind, media_type) = match ScanKind::of(&content) {
        Some(ScanKind::Pdf) => (ScanKind::Pdf, ScanKind::Pdf.media_type()),
        _ => (ScanKind::Other, if what == "zip" { "application/zip" } else { ScanKind::Other.media_type() }),
    };
    Ok(file::answer(media_type, disposition(&format!("Biên lai {no}.{what}"), kind), content))
}
