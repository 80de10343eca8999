//! The list of notices: those that run with what they do, those to come, and all others page by page.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::Error;
use pages::part::pager::pager;
use rules::http::Response;
use rules::notice::Card;
use rules::vietnam;

use super::effects;
use super::running::title_lang;
use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;

/// The name in the query of the number below which a page of the other notices begins.
pub(crate) const BELOW: &str = "below";
/// The most cards of a page.
const PAGE: usize = 20;
/// Pages that are looked through for a notice that neither runs nor is to come. Those that do are 40 at most.
const LOOKS: usize = 3;

/// Shows the list, or a further page of the notices that neither run nor are to come.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>, below: Option<u32>) -> Result<Response, Problem> {
    let (others, ()) = tokio::join!(others(site, frame, below), frame.learn(site));
    let (others, next) = others.map_err(Problem::of_notices)?;
    // A list without what runs would say that nothing does.
    if !frame.has_learned() {
        return Err(Problem::NoticesLater);
    }
    let today = frame.today();
    let standing = frame.standing().cards.iter().rev().filter(|card| below.is_none() && card.stands_on(today));
    let (running, to_come): (Vec<&Card>, Vec<&Card>) = standing.partition(|card| card.runs_on(today));
    let others: Vec<&Card> = others.iter().filter(|card| !card.stands_on(today)).collect();
    let title = frame.say(["Thông báo", "Notices"]);
    let nothing = running.is_empty() && to_come.is_empty() && others.is_empty();
    let first = below.map(|_| frame.way("/notices"));
    let next = next.map(|number| frame.way_to("/notices", &[(BELOW, number)]));
    let content = html! {
        h1 { (title) }
        @if nothing { p { (frame.say(["Chưa có thông báo nào.", "There is no notice yet."])) } }
        (section(frame, ["Đang áp dụng", "In force"], &running))
        (section(frame, ["Sắp áp dụng", "To come"], &to_come))
        (section(frame, ["Đã kết thúc và thông báo khác", "Ended, and other notices"], &others))
        (pager(frame.lang, first.as_deref(), next.as_deref()))
        p.small { a href=(frame.way("/notices.atom")) {
            (frame.say(["Theo dõi thông báo bằng trình đọc tin", "Follow the notices with a feed reader"])) " " span lang="en" { "(Atom)" }
        } }
    };
    let query: Vec<_> = below.map(|number| (BELOW, number)).into_iter().collect();
    Ok(frame.page_of(200, title, &content, &query))
}

/// Returns cards below a number, newest first, with the number below which the next page begins. A page on which everything
/// runs or is to come is passed over: it would be an empty one.
async fn others(site: &Site, frame: &Frame<'_>, below: Option<u32>) -> Result<(Vec<Card>, Option<u32>), Error> {
    let (store, agency) = (site.recorder.store(), frame.agency.key());
    let mut from = below;
    for _ in 0..LOOKS {
        // One card more tells whether there is a next page.
        let page = store.notice_page_lately(agency, (from, PAGE + 1), frame.now).await?;
        let cards: Vec<Card> = page.cards.iter().take(PAGE).cloned().collect();
        let next = page.cards.get(PAGE).and(cards.last()).map(|card| card.number);
        if next.is_none() || cards.iter().any(|card| !card.stands_on(frame.today())) {
            return Ok((cards, next));
        }
        from = next;
    }
    Ok((Vec::new(), from))
}

fn section(frame: &Frame<'_>, name: [&str; 2], cards: &[&Card]) -> Markup {
    html! { @if !cards.is_empty() {
        h2 { (frame.say(name)) }
        @for card in cards { (one(frame, card)) }
    } }
}

fn one(frame: &Frame<'_>, card: &Card) -> Markup {
    html! {
        h3 {
            a href=(frame.way(&path::of_notice(card.number))) lang=[title_lang(frame, card)] { (card.title_in(frame.lang)) }
            @if card.withdrawn { " " span.tag.red { (frame.say(["Đã thu hồi", "Withdrawn"])) } }
        }
        p.small.soft {
            (frame.say(["Đăng ngày ", "Published on "])) (vietnam::date(card.first_published_at))
            @if card.version > 1 { (frame.say([", sửa ngày ", ", changed on "])) (vietnam::date(card.published_at)) }
        }
        @if !card.effects.is_empty() { (effects::marked(frame, &card.effects, |_| html! {})) }
    }
}
