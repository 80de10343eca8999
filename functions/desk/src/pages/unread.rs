//! Notices that a member of staff has not confirmed: at the head of every page, until they do.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::Error;
use rules::language::Language;
use rules::notice::Card;
use rules::vietnam;

use crate::permission::Staff;

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

/// Writes them at the head of a page. They are confirmed on their own pages, so that nobody loses what they are typing and
/// nobody confirms what they have not opened.
pub(crate) fn head(lang: Language, unread: &[Unread]) -> Markup {
    html! { @for unread in unread.iter().take(AT_THE_HEAD) {
        @let card = &unread.card;
        div.notice.warn { p {
            strong { (lang.pick(if unread.changed { ["Thông báo đã sửa", "A notice was changed"] } else { ["Thông báo mới", "A new notice"] })) ": " }
            a href={ "/desk/notices/" (card.number) } { (card.title_in(lang)) }
        } }
    } }
}
