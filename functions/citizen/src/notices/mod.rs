//! Notices for everybody: their list, their pages, and their copies for paper, other sites, readers of feeds and loudspeakers.
//!
//! Whatever is shown may be kept for a minute by whoever passes it on, as the process itself keeps what it has read.

mod copies;
pub(crate) mod effects;
mod feed;
mod files;
mod fit;
mod list;
mod one;
mod poster;
pub(crate) mod running;

use motcua::site::Site;
use rules::http::{Reply, Response};
use scans::Scans;

use crate::frame::Frame;
use crate::path::OfNotices;
use crate::problem::Problem;
use one::Read;

/// Answers with what a path below the notices asks for. `asked` returns a value of the query.
pub(crate) async fn show(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    what: OfNotices<'_>,
    asked: impl Fn(&str) -> Option<String>,
) -> Result<Response, Problem> {
    let number = |name: &str| match asked(name) {
        Some(text) => text.parse().map(Some).map_err(|_| Problem::NoNotice),
        None => Ok(None),
    };
    let shown = match what {
        OfNotices::List => list::show(site, frame, number(list::BELOW)?).await,
        OfNotices::Feed => feed::show(site, frame).await,
        OfNotices::PosterStyle => return Ok(::pages::style_sheet(poster::STYLE)),
        OfNotices::One(it) => one::show(site, frame, (it, number(one::VERSION)?, number(one::FURTHER)?)).await,
        OfNotices::Poster(it) => {
            let read = Read::of(site, frame, it, None).await?;
            Ok(poster::show(site, frame, &read.newest))
        }
        OfNotices::Plain(it) => {
            let read = Read::of(site, frame, it, None).await?;
            Ok(copies::plain(frame, &read.newest))
        }
        OfNotices::Fragment(it) => {
            let read = Read::of(site, frame, it, None).await?;
            Ok(copies::fragment(site, frame, &read.newest))
        }
        OfNotices::Script(it) => {
            let read = Read::of(site, frame, it, None).await?;
            Ok(copies::script(frame, &read.newest))
        }
        OfNotices::File(it, hash) => {
            let read = Read::of(site, frame, it, number(one::VERSION)?).await?;
            files::open((site, scans), frame, &read.notice, hash).await
        }
        OfNotices::Nothing => Err(Problem::NoNotice),
    };
    // Notices are there to be found, unlike the page of a dossier.
    Ok(shown?.with_header("cache-control", "public, max-age=60").with_header("x-robots-tag", "all"))
}
