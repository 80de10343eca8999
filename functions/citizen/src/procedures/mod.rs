//! The catalogue for people: what a procedure asks for, what it costs, how long it takes, and where it is filed.
//!
//! Whatever is shown may be kept for a minute by whoever passes it on, as with notices.

mod filing;
mod list;
mod one;
mod papers;

use motcua::site::Site;
use rules::http::{Reply, Response};

use crate::frame::Frame;
use crate::problem::Problem;
pub(crate) use filing::portal;

/// Answers with the list, or with what is found in it. `asked` returns a value of the query.
pub(crate) async fn list(
    site: &Site,
    frame: &Frame<'_>,
    asked: impl Fn(&str) -> Option<String>,
) -> Result<Response, Problem> {
    Ok(passed_on(list::show(site, frame, asked).await?))
}

/// Answers with the page of one procedure.
pub(crate) async fn one(site: &Site, frame: &Frame<'_>, code: &str) -> Result<Response, Problem> {
    Ok(passed_on(one::show(site, frame, code).await?))
}

/// Lets a page be kept and found.
fn passed_on(page: Response) -> Response {
    page.with_header("cache-control", "public, max-age=60").with_header("x-robots-tag", "all")
}
