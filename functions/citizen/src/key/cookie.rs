//! The cookie that keeps the pass: for half an hour, for the pages of one dossier alone.

use rules::access::{PASS_LASTS, pass, passes};
use rules::http::Request;
use rules::id::DossierId;

use crate::frame::Frame;
use crate::path;
use ::pages::language::cookies;
use motcua::site::Site;

/// The name. Of two, one was set by somebody else.
const NAME: &str = "motcua-see";

/// Whether a request brings a pass to this dossier.
pub(crate) fn is_sent(site: &Site, frame: &Frame<'_>, request: &Request, id: DossierId) -> bool {
    let mut values = cookies(request, NAME);
    let (first, second) = (values.next(), values.next());
    let key = site.config.id_key();
    second.is_none() && first.is_some_and(|text| passes(key, frame.agency.key(), id, text, frame.now))
}

/// The line that sets it. On loopback there is no https.
pub(super) fn set(site: &Site, frame: &Frame<'_>, id: DossierId) -> String {
    let value = pass(site.config.id_key(), frame.agency.key(), id, frame.now);
    line(site, frame, id, &value, PASS_LASTS.as_secs())
}

/// The line that removes it.
pub(super) fn clear(site: &Site, frame: &Frame<'_>, id: DossierId) -> String {
    line(site, frame, id, "", 0)
}

fn line(site: &Site, frame: &Frame<'_>, id: DossierId, value: &str, seconds: i64) -> String {
    let path = format!("{}{}", frame.root, path::of_dossier(id));
    let plain = site.config.page(frame.agency, "/").is_some_and(|page| page.starts_with("http://"));
    let secure = if plain { "" } else { "; Secure" };
    format!("{NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}
