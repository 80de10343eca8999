//! The pages of whoever has the key to all of a dossier: the dossier itself, and what lies below it.

use motcua::site::Site;
use rules::http::Response;
use rules::id::DossierId;
use scans::Scans;

use crate::all::{self, By};
use crate::frame::Frame;
use crate::path::Below;
use crate::problem::Problem;
use crate::{looks, papers, pay, receipt};

/// Shows all of a dossier, or a page below it.
pub(crate) async fn show(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    (id, by): (DossierId, By<'_>),
    below: Below<'_>,
) -> Result<Response, Problem> {
    match below {
        Below::Itself => all::show(site, frame, id, by).await,
        Below::Pay(attempt) => pay::shown(site, frame, (id, by), attempt).await,
        Below::Paid(fee) => pay::confirmation(site, frame, (id, by), fee).await,
        Below::Label => papers::label(site, frame, id, by).await,
        Below::Looks => Box::pin(looks::show(site, frame, (id, by))).await,
        Below::Receipt(hash) => receipt::open((site, scans), frame, id, hash).await,
    }
}
