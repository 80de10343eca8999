//! Health of what is announced: notices that staff have not confirmed, and broadcasts on their way.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use motcua::store::People;
use rules::broadcast::{Broadcast, Stage};
use rules::notice::Card;
use rules::vietnam;

use super::punctual::punctual;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// The most notices that are looked at.
const MOST_NOTICES: usize = 20;

/// Notices and broadcasts of this moment.
pub(super) struct Announced {
    /// Each notice that runs or comes, with the members of staff who confirmed its newest version, and all of them.
    notices: Vec<(Card, usize, usize)>,
    broadcasts: Vec<Broadcast>,
    now: Timestamp,
}

/// Reads it: the notices are usually in memory, and each costs a query for who confirmed it.
pub(super) async fn read(visit: &Visit<'_>) -> Result<Announced, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let store = site.recorder.store();
    let (standing, people, broadcasts) =
        tokio::join!(store.notices_lately(&staff.agency, now), visit.people(), store.moving_broadcasts(&staff.agency));
    let (standing, people) = (standing?, people?);
    let today = vietnam::day(now);
    let mut notices = Vec::new();
    for card in standing.cards.iter().filter(|card| card.stands_on(today)).take(MOST_NOTICES) {
        let readers = store.readers_of_notice(&staff.agency, card.number).await?;
        let has_read = |who: &str| readers.iter().any(|read| read.account == who && read.version >= card.version);
        let (all, confirmed) = counted(&people, has_read);
        notices.push((card.clone(), confirmed, all));
    }
    let mut broadcasts = broadcasts?;
    broadcasts.retain(|it| it.stage != Stage::Done);
    Ok(Announced { notices, broadcasts, now })
}

fn counted(people: &People, has_read: impl Fn(&str) -> bool) -> (usize, usize) {
    let members = people.members().filter(|member| !member.closed);
    members.fold((0, 0), |(all, read), member| (all + 1, read + usize::from(has_read(&member.seen.who))))
}

/// Shows it; nothing if nothing is announced.
pub(super) fn shown(frame: &Frame, it: &Announced) -> Markup {
    if it.notices.is_empty() && it.broadcasts.is_empty() {
        return Markup::default();
    }
    // One after another: the others wait for the first.
    let first = it.broadcasts.iter().filter(|it| it.stage == Stage::Sending).map(|it| it.number).min();
    html! {
        h2 id="announced" { (frame.say("Thông báo và tin gửi hàng loạt", "Notices and broadcasts")) }
        div.list { table.rows aria-labelledby="announced" {
            thead { tr { th scope="col" { (frame.say("Việc", "Work")) } th.n scope="col" { (frame.say("Đã xong", "Done")) } th scope="col" { (frame.say("Tình trạng", "State")) } } }
            tbody {
                @for (card, confirmed, all) in &it.notices { tr {
                    td { a href={ "/desk/notices/" (card.number) } { (card.title_in(frame.lang)) } }
                    td.n { (confirmed) "/" (all) }
                    td {
                        @if confirmed < all { span.tag.amber { (all - confirmed) " " (frame.say("người chưa xác nhận đọc", "have not confirmed")) } }
                        @else { span.tag.green { (frame.say("Mọi người đã đọc", "Everybody has read it")) } }
                    }
                } }
                @for broadcast in &it.broadcasts { tr {
                    td { a href={ "/desk/broadcasts/" (broadcast.number) } { (frame.say("Tin số", "Broadcast")) " " (broadcast.number) } }
                    td.n { (broadcast.report.ended()) "/" (broadcast.figures.people) }
                    td { (state(frame, broadcast, first, it.now)) }
                } }
            }
        } }
    }
}

fn state(frame: &Frame, it: &Broadcast, first: Option<u32>, now: Timestamp) -> Markup {
    let waits = it.wait.as_ref().filter(|wait| wait.until > now);
    html! {
        @if let Some(wait) = waits { (frame.say("Chờ đến", "Waits until")) " " (vietnam::date_time(wait.until)) }
        @else if it.stage == Stage::Sending && first != Some(it.number) {
            (frame.say("Chờ tin số", "Waits for broadcast")) " " (first.unwrap_or_default())
        } @else { (punctual(frame, it.moved_at().map(|at| now.duration_since(at).max(SignedDuration::ZERO)))) }
    }
}
