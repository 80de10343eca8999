//! Files that a portal names and that could not be fetched.

use maud::{Markup, html};
use motcua::store::{Aside, number, text};
use rules::portal::Unfetched;

use super::untold::Codes;
use crate::pages::layout::Frame;

/// The dossier, how many of its files are missing, and why the first of them is.
pub(super) fn line(frame: &Frame, codes: &Codes, it: &Aside) -> Option<Markup> {
    let id = it.task.key.fetching_of()?;
    let called = codes.get(&id).map_or(id.as_str(), String::as_str);
    let why = text(&it.read.item, "reason").and_then(Unfetched::named);
    Some(html! {
        (frame.say("hồ sơ", "dossier")) " " a.code href={ "/desk/dossiers/" (id) "#files" } { (called) }
        @if let Some(count) = number(&it.read.item, "lost") { " · " (count) " " (frame.say("tệp", "files")) }
        @if let Some(why) = why { " · " (frame.lang.pick(why.said())) }
    })
}
