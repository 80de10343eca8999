//! The file of a notice, opened by anybody: one that this version of the notice lists, as it was stored or not at all.

use motcua::site::Site;
use rules::http::Response;
use rules::notice::Notice;
use rules::papers::{ContentHash, disposition};
use scans::{PapersError, Scans};

use crate::file;
use crate::frame::Frame;
use crate::problem::Problem;

/// Shows the file.
pub(crate) async fn open(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    notice: &Notice,
    hash: &str,
) -> Result<Response, Problem> {
    let hash = ContentHash::parse(hash).map_err(|_| Problem::NoNotice)?;
    let listed = notice.enclosures.iter().find(|it| it.sha256 == hash.as_str()).ok_or(Problem::NoNotice)?;
    let kind = scans::notice::kind_of(listed).ok_or(Problem::NoNotice)?;
    // Without a bucket notices just have no files.
    let papers = scans.bucket(&site.config).ok_or(Problem::NoNotice)?;
    let content = scans::notice::read(&papers, frame.agency.key(), &hash).await.map_err(|error: PapersError| {
        tracing::error!(%error, sha256 = %hash, "a file of a notice was not opened");
        Problem::NoticesLater
    })?;
    Ok(file::answer(kind.media_type(), disposition(&listed.name, kind), content))
}
