//! The feed of notices (Atom, RFC 4287): the newest, each whole.

use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use motcua::site::Site;
use rules::http::{Response, respond};
use rules::language::Language;
use rules::notice::Notice;
use rules::papers::ContentHash;

use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;

/// The most entries.
const NEWEST: usize = 20;

/// Answers with the feed.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>) -> Result<Response, Problem> {
    let (store, agency) = (site.recorder.store(), frame.agency.key());
    let page = store.notice_page_lately(agency, (None, NEWEST), frame.now).await.map_err(Problem::of_notices)?;
    let numbers: Vec<_> = page.cards.iter().map(|card| card.number).collect();
    let notices = store.notices_whole_lately(agency, &numbers, frame.now).await.map_err(Problem::of_notices)?;
    let updated = notices.iter().map(|notice| notice.published_at).max().unwrap_or(frame.now);
    let title = format!("{} – {}", frame.say(["Thông báo", "Notices"]), frame.agency.name);
    let feed = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(frame.lang.code()) {
            id { (name(frame, "notices")) }
            title { (plain(&title)) }
            updated { (instant(updated)) }
            author { name { (plain(&frame.agency.name)) } }
            (link(site, frame, "self", "/notices.atom"))
            (link(site, frame, "alternate", "/notices"))
            @for notice in &notices { (entry(site, frame, notice)) }
        }
    };
    Ok(respond::typed(200, "application/atom+xml; charset=utf-8", feed.into_string()))
}

fn entry(site: &Site, frame: &Frame<'_>, notice: &Notice) -> Markup {
    let (told, lang) = notice.told(frame.lang);
    let over = if notice.withdrawn { lang.pick(["Đã thu hồi: ", "Withdrawn: "]) } else { "" };
    html! {
        entry xml:lang=(lang.code()) {
            id { (name(frame, &format!("notice {}", notice.number))) }
            title { (over) (plain(&told.title)) }
            updated { (instant(notice.published_at)) }
            published { (instant(notice.first_published_at)) }
            author { name { (plain(&notice.issuer)) } }
            (link(site, frame, "alternate", &path::of_notice(notice.number)))
            content type="text" { (plain(&notice.plain(frame.lang))) }
        }
    }
}

/// Writes a link with the whole address, in the feed's language; nothing if the agency has no address.
fn link(site: &Site, frame: &Frame<'_>, rel: &str, path: &str) -> Markup {
    let asked = if frame.lang == Language::En { "?lang=en" } else { "" };
    let address = site.config.page(frame.agency, &format!("{path}{asked}"));
    html! { @if let Some(address) = address { link rel=(rel) href=(address) {} } }
}

/// Makes the name of a thing, the same for ever, whatever host the agency has: a UUID of version 8 (RFC 9562), of the hash of
/// agency and thing.
fn name(frame: &Frame<'_>, thing: &str) -> String {
    let hash = ContentHash::of(format!("{} {thing}", frame.agency.key()).as_bytes());
    let hex = hash.as_str();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30])
}

/// Writes an instant in whole seconds (RFC 3339).
fn instant(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// Returns a text without the characters that XML cannot hold, however they are written.
fn plain(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out_and_markup_stays() {
        assert_eq!(plain("a\u{0}b\u{c}\u{fffe}\n<b>&\u{1f600}"), "ab\n<b>&\u{1f600}");
    }

    #[test]
    fn an_instant_is_written_in_whole_seconds() {
        assert_eq!(instant("2020-04-01T08:00:00.123+07:00".parse().unwrap()), "2020-04-01T01:00:00Z");
    }
}
