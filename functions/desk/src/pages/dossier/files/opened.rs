//! A stored file, opened.

use motcua::store::Did;
use rules::http::{Reply, Response, respond};
use rules::id::DossierId;
use rules::papers::{ContentHash, disposition};
use scans::{PapersError, receipt};

use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// Nothing in a file may run, be sent or be asked for as if it were a page of ours.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; \
                     form-action 'none'; frame-ancestors 'none'; sandbox";

/// Shows the file, unless that cannot be audited, or the file is not as it was stored.
pub(crate) async fn open(visit: &Visit<'_>, (id, content): (DossierId, &ContentHash)) -> Result<Response, Problem> {
    let Visit { site, staff, .. } = *visit;
    let (store, agency) = (site.recorder.store(), &staff.agency);
    let scan = store.scan(agency, id, content).await?.ok_or(Problem::NotFound)?;
    // The configuration lost the bucket after something was stored there.
    let papers = visit.papers().ok_or_else(|| Problem::Later("no bucket is configured".into()))?;
    let did = Did::OpenedFile { id, sha256: content.clone() };
    let (read, audited) = tokio::join!(receipt::read_either(&papers, agency, id, &scan), visit.audits(did));
    audited?;
    let bytes = read.map_err(|error| {
        tracing::error!(%error, %id, sha256 = %content, "a stored file was not opened");
        match error {
            PapersError::Unavailable(error) => error.into(),
            PapersError::Missing | PapersError::Changed => Problem::Spoiled,
        }
    })?;
    let file = respond::typed(200, scan.kind.media_type(), bytes);
    Ok(file
        .with_header("content-disposition", disposition(&scan.name, scan.kind))
        .with_header("content-security-policy", ALONE))
}
