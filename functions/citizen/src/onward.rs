//! From all of a dossier to a page that is answered by a link: whoever has the key gets a link of their own, by a button.

use motcua::links;
use motcua::site::Site;
use pages::Form;
use rules::http::{Request, Response, respond};
use rules::id::DossierId;

use crate::all::{GO, wanted};
use crate::frame::Frame;
use crate::key;
use crate::path;
use crate::problem::Problem;

/// Leads on; `None` if the form asks for something else.
pub(crate) async fn led(
    site: &Site,
    frame: &Frame<'_>,
    id: DossierId,
    request: &Request,
) -> Result<Option<Response>, Problem> {
    // Whatever is wrong with the form is told by whoever takes the rest of it.
    let Some(purpose) = Form::of(request).ok().and_then(|sent| sent.get(GO).and_then(wanted)) else { return Ok(None) };
    if key::is_from_elsewhere(request) {
        return Ok(Some(respond::text(403, "sent from another site")));
    }
    let token = links::onward(site, frame.agency, (id, purpose), frame.now).await?;
    Ok(Some(respond::see_other(frame.way(&path::of_link(&token)))))
}
