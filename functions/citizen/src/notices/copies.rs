//! Copies of a notice for other outlets: plain text, a piece of HTML, and what is read out.

use maud::{Markup, html};
use motcua::site::Site;
use rules::http::{Response, respond};
use rules::notice::{self, Notice};
use rules::vietnam;

use super::effects::{When, days, sentence, when};
use crate::frame::Frame;
use crate::path;

/// Answers with the plain text.
pub(crate) fn plain(frame: &Frame<'_>, notice: &Notice) -> Response {
    let text = notice.plain(frame.lang);
    match notice.withdrawn {
        true => respond::text(200, format!("{}\n\n{text}", withdrawn(frame, notice))),
        false => respond::text(200, text),
    }
}

/// Answers with the text for a loudspeaker, which is in Vietnamese: of what is not over yet.
pub(crate) fn script(frame: &Frame<'_>, notice: &Notice) -> Response {
    let office = &frame.agency.name;
    if notice.withdrawn {
        let title = notice.vi.title.trim_end_matches('.');
        return respond::text(200, format!("{office} thông báo: thông báo “{title}” đã được thu hồi.\n"));
    }
    let stands = notice.effects.iter().filter(|effect| when(effect, frame.today()) != When::Ended).cloned();
    let now = Notice { effects: stands.collect(), ..notice.clone() };
    respond::text(200, format!("{}\n", notice::script(&now, office, frame.telephone())))
}

/// Answers with a piece of HTML for a page of the agency's own, which has its own style: headings, paragraphs, a list and a
/// link, and not one attribute beside the link's.
pub(crate) fn fragment(site: &Site, frame: &Frame<'_>, notice: &Notice) -> Response {
    let (told, lang) = notice.told(frame.lang);
    let lines = told.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let way = site.config.page(frame.agency, &path::of_notice(notice.number));
    let content: Markup = html! {
        h2 { (told.title) }
        @if notice.withdrawn { p { (withdrawn(frame, notice)) } }
        @for line in lines { p { (line) } }
        @if !notice.effects.is_empty() && !notice.withdrawn { ul { @for effect in &notice.effects {
            li { (sentence(&effect.measure, lang).0) " " (days(effect, lang)) "." }
        } } }
        p { (notice.issuer) ". " (lang.pick(["Căn cứ", "Legal basis"])) ": " (notice.legal_basis) "." }
        @if let Some(way) = &way { p { a href=(way) { (lang.pick(["Xem thông báo tại ", "See the notice at "])) (frame.agency.name) } } }
    };
    respond::html(200, content.into_string())
}

fn withdrawn(frame: &Frame<'_>, notice: &Notice) -> String {
    let on = vietnam::date(notice.published_at);
    format!("{} {on}.", frame.say(["Thông báo này đã được thu hồi ngày", "This notice was withdrawn on"]))
}
