//! The file of a notice, opened by anybody: one that this version of the notice lists, as it was stored or not at all.

use motcua::site::Site;
use rules::http::{Reply, Response, respond};
use rules::notice::Notice;
use rules::papers::{ContentHash, disposition};
use scans::{PapersError, Scans};

use crate::frame::Frame;
use crate::problem::Problem;

/// Nothing in a file may run, be sent or be asked for as if it were a page of ours.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; \
                     form-action 'none'; frame-ancestors 'none'; sandbox";

/// Shows the file.
pub(crate) async fn open(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    notice: &Notice,
    hash: &str,
) -> Result<Response, Problem> {
    let hash = ContentHash::parse(hash).map_err(|_| Problem::NoNotice)?;
    let listed = notice.enclosures.iter().find(|file| file.sha256 == hash.as_str()).ok_or(Problem::NoNotice)?;
    let kind = scans::notice::kind_of(listed).ok_or(Problem::NoNotice)?;
    // Without a bucket notices just have no files.
    let papers = scans.bucket(&site.config).ok_or(Problem::NoNotice)?;
    let content = scans::notice::read(&papers, frame.agency.key(), &hash).await.map_err(|error: PapersError| {
        tracing::error!(%error, sha256 = %hash, "a file of a notice was not opened");
        Problem::NoticesLater
    })?;
    Ok(respond::typed(200, kind.media_type(), content)
        .with_header("content-disposition", disposition(&listed.name, kind))
        .with_header("content-security-policy", ALONE))
}
