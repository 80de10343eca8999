//! The key to a dossier for whoever has no link: digits that only its people know. Each try is counted before anybody
//! learns how it went, and one at a dossier that does not exist costs and says the same as a wrong one.

mod cookie;
mod form;

use motcua::site::Site;
use motcua::store::Error;
use pages::Form;
use rules::access::{self, Digits, Secrets};
use rules::http::{Reply, Request, Response, respond};
use rules::id::DossierId;

use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;
pub(crate) use cookie::is_sent;
pub(crate) use form::form;
use form::{DIGITS, Shut};

/// Rounds of read and count, in case others try at this moment.
const ROUNDS: u32 = 4;
/// The field of the button that forgets the pass.
pub(crate) const FORGET: &str = "forget";

/// Answers digits that were sent to a dossier's page. `id` is `None` for a text that is none; `sought` stands for it.
pub(crate) async fn shown(
    site: &Site,
    frame: &Frame<'_>,
    (id, sought): (Option<DossierId>, DossierId),
    request: &Request,
) -> Result<Response, Problem> {
    if is_from_elsewhere(request) {
        return Ok(respond::text(403, "sent from another site"));
    }
    let sent = Form::of(request)?;
    if let Some(id) = id.filter(|_| sent.get(FORGET).is_some()) {
        let way = frame.way(&path::of_dossier(id));
        return Ok(respond::see_other(way).with_header("set-cookie", cookie::clear(site, frame, id)));
    }
    frame.learn(site).await;
    let Some(digits) = sent.get(DIGITS).and_then(Digits::read) else { return Ok(Shut::NoDigits.page(frame)) };
    let sender = access::sender(site.config.id_key(), frame.agency.key(), site.config.sender(request));
    match tried(site, frame, (sought, &sender), &digits).await? {
        Ok(()) => {
            let way = frame.way(&path::of_dossier(sought));
            Ok(respond::see_other(way).with_header("set-cookie", cookie::set(site, frame, sought)))
        }
        Err(shut) => {
            tracing::info!(?shut, "digits that open nothing");
            Ok(shut.page(frame))
        }
    }
}

/// Compares the digits, and says how it went once the try is counted.
async fn tried(
    site: &Site,
    frame: &Frame<'_>,
    (id, sender): (DossierId, &str),
    digits: &Digits,
) -> Result<Result<(), Shut>, Error> {
    let (store, agency, now) = (site.recorder.store(), frame.agency.key(), frame.now);
    for _ in 0..ROUNDS {
        let before = store.attempted(agency, id, sender).await?;
        if let Err(limit) = before.tries.another(now).and_then(|()| before.sender.another(now)) {
            return Ok(Err(Shut::Limited(limit)));
        }
        let generation = before.dossier.as_ref().map_or(0, |dossier| dossier.slip);
        let slip = access::slip(site.config.id_key(), agency, id, generation);
        let opens = Secrets::of(before.person.as_ref(), slip).open(digits, before.tries.wrong);
        let right = opens && before.dossier.is_some();
        if store.count_try(agency, (id, sender), &before, right, now).await? {
            return Ok(if right { Ok(()) } else { Err(Shut::Wrong) });
        }
    }
    Err(Error::Contended(ROUNDS))
}

/// Whether a browser says that another site made it send this. One that says nothing is of before that was said.
pub(crate) fn is_from_elsewhere(request: &Request) -> bool {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}
