//! Looks of whoever has the key: each is written down in the time in which its page is made, and a page whose look cannot be
//! written is not shown.

use motcua::site::Site;
use motcua::store::Through;
use rules::http::Response;
use rules::id::DossierId;

use crate::frame::Frame;
use crate::problem::Problem;

/// Makes a page that is looked at, and notes the look.
pub(crate) async fn page(
    site: &Site,
    frame: &Frame<'_>,
    look: (DossierId, Through),
    page: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    let (page, noted) = tokio::join!(page, note(site, frame, look));
    let page = page?;
    noted.map(|()| page)
}

/// Notes a look after a form was sent, if its answer shows something and does not only lead on.
pub(crate) async fn answer(
    site: &Site,
    frame: &Frame<'_>,
    look: (DossierId, Through),
    answer: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    let answer = answer.await?;
    if !answer.status().is_redirection() {
        note(site, frame, look).await?;
    }
    Ok(answer)
}

async fn note(site: &Site, frame: &Frame<'_>, look: (DossierId, Through)) -> Result<(), Problem> {
    Ok(site.recorder.store().note_shown(frame.agency.key(), look, frame.now).await?)
}
