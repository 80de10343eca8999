//! The list of notices.

use maud::{Markup, html};
use motcua::store::NoticePage;
use rules::http::Response;
use rules::notice::Card;
use rules::vietnam;

use super::ROOT;
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::Form;
use ::pages::part::pager::pager;

/// Notices of one page.
const PAGE: usize = 25;

pub(super) async fn show(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let below = asked.get("below").and_then(|below| below.parse().ok());
    let found = site.recorder.store().notices(&staff.agency, below, PAGE).await?;
    let NoticePage { cards, next } = found;
    let content = html! {
        @if asked.get("published").is_some() {
            div.notice.done role="status" { p { strong { (frame.say("Thông báo này đã được công bố.", "This notice is published.")) } } }
        }
        @if frame.role.holds(Permission::PublishNotices) {
            p { a.button.main href={ (ROOT) "/new" } { (frame.say("Soạn thông báo", "Write a notice")) } }
        }
        @if cards.is_empty() {
            p { (frame.say("Chưa có thông báo nào.", "There is no notice yet.")) }
        } @else { (rows(frame, &cards)) }
        @let first = below.map(|_| ROOT);
        @let next = next.map(|next| format!("{ROOT}?below={next}"));
        (pager(frame.lang, first, next.as_deref()))
    };
    Ok(page(frame, Place::Notices, frame.say("Thông báo", "Notices"), &content))
}

fn rows(frame: &Frame, cards: &[Card]) -> Markup {
    html! { div.list { table.rows {
        thead { tr {
            th scope="col" { (frame.say("Thông báo", "Notice")) }
            th scope="col" { (frame.say("Tình trạng", "State")) }
            th scope="col" { (frame.say("Căn cứ", "Legal basis")) }
            th scope="col" { (frame.say("Công bố", "Published")) }
        } }
        tbody { @for card in cards { tr {
            td { a href={ (ROOT) "/" (card.number) } { (card.title_in(frame.lang)) }
                @if frame.unread.iter().any(|unread| unread.card.number == card.number) { " " span.tag.amber { (frame.say("chưa xác nhận đọc", "not confirmed")) } } }
            td { (state(frame, card)) }
            td { (card.legal_basis) }
            td { (vietnam::date_time(card.published_at)) @if card.version > 1 { " " small { (frame.say("bản", "version")) " " (card.version) } } }
        } } }
    } } }
}

/// Whether a notice runs, in a word.
pub(super) fn state(frame: &Frame, card: &Card) -> Markup {
    let today = vietnam::day(frame.now);
    let (class, words) = if card.withdrawn {
        ("tag", ["đã rút", "withdrawn"])
    } else if card.runs_on(today) {
        ("tag green", ["đang áp dụng", "running"])
    } else if card.stands_on(today) {
        ("tag blue", ["sắp áp dụng", "to come"])
    } else if card.effects.is_empty() {
        ("tag", ["chỉ để biết", "for information"])
    } else {
        ("tag", ["đã hết", "ended"])
    };
    html! { span class=(class) { (frame.lang.pick(words)) } }
}
