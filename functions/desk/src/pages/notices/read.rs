//! Notices that a member of staff has not confirmed: at the head of every page, until they do.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Error, ReadBy};
use rules::http::{Response, respond};
use rules::notice::Card;
use rules::vietnam;

use super::ROOT;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use ::pages::form::Form;

/// The most notices that stand at the head of a page; the list has the others.
const AT_THE_HEAD: usize = 2;

/// A notice that the reader has not confirmed in its newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Its card.
    pub card: Card,
    /// Whether they confirmed an earlier version.
    pub changed: bool,
}

/// Returns the notices that run or come and that this member of staff has not confirmed. It costs a read only while there
/// are notices that this process does not know to be confirmed by them.
pub(crate) async fn unread(site: &Site, staff: &Staff, now: jiff::Timestamp) -> Result<Vec<Unread>, Error> {
    let store = site.recorder.store();
    let standing = store.notices_lately(&staff.agency, now).await?;
    let today = vietnam::day(now);
    let cards: Vec<&Card> = standing.cards.iter().filter(|card| card.stands_on(today)).collect();
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<_> = cards.iter().map(|card| (card.number, card.version)).collect();
    let read = store.notices_read_by(&staff.agency, &staff.subject, &wanted).await?;
    let unread = cards.into_iter().zip(read).filter(|(card, read)| read.is_none_or(|version| version < card.version));
    Ok(unread.map(|(card, read)| Unread { card: card.clone(), changed: read.is_some() }).collect())
}

/// Writes them at the head of a page, each with a button.
pub(crate) fn head(frame: &Frame) -> Markup {
    html! { @for unread in frame.unread.iter().take(AT_THE_HEAD) {
        @let card = &unread.card;
        form.notice.warn method="post" action={ (ROOT) "/" (card.number) "/read" } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(card.version);
            input type="hidden" name="back" value=(frame.here);
            p {
                strong { @if unread.changed { (frame.say("Thông báo đã sửa", "A notice was changed")) } @else { (frame.say("Thông báo mới", "A new notice")) } ": " }
                a href={ (ROOT) "/" (card.number) } { (card.title_in(frame.lang)) } " "
                button.small aria-label={ (frame.say("Xác nhận đã đọc thông báo", "Confirm to have read notice")) " " (card.number) } { (frame.say("Tôi đã đọc", "I have read it")) }
            }
        }
    } }
}

/// Keeps that somebody read a notice, and leads back to the page on which they said so.
pub(super) async fn confirm(visit: &Visit<'_>, number: u32, sent: &Form) -> Result<Response, Problem> {
    let store = visit.site.recorder.store();
    let newest = store.notice(&visit.staff.agency, number).await?.ok_or(Problem::NotFound)?;
    let version = sent.get("version").and_then(|version| version.parse::<u32>().ok()).unwrap_or(newest.version);
    // Somebody who confirms an older version is shown the newer one next.
    let read_by = ReadBy { account: visit.staff.subject.clone(), version: version.min(newest.version), at: visit.now };
    store.confirm_notice(&visit.staff.agency, number, &read_by).await?;
    let back = sent.get("back").filter(|back| back.starts_with("/desk") && !back.contains("//"));
    Ok(respond::see_other(back.map_or_else(|| format!("{ROOT}/{number}?read=1"), str::to_owned)))
}
