//! The list of broadcasts.

use maud::{Markup, html};
use motcua::store::People;
use rules::broadcast::{Act, Broadcast, Stage};
use rules::http::Response;
use rules::vietnam;

use super::{ROOT, may_act, tone};
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::named;
use ::pages::part::button::{Weight, link, row};
use ::pages::part::pager::pager;
use ::pages::part::tag::tag;

/// Broadcasts of one page.
const PAGE: usize = 20;
/// Characters of a text that a line shows.
const SHORT: usize = 80;

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let asked = visit.asked();
    let below = asked.get("below").map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
    let store = site.recorder.store();
    let (found, people) = tokio::join!(store.broadcasts(&staff.agency, below, PAGE), visit.people());
    let (found, people) = (found?, people?);
    let next = found.next.map(|next| format!("{ROOT}?below={next}"));
    let first = below.map(|_: u32| ROOT.to_owned());
    let content = html! {
        p { (frame.say(
            "Một nội dung gửi đến người nộp của các hồ sơ đang giải quyết; mỗi người nhận một lần.",
            "One text to the applicants of open dossiers; each gets it once.",
        )) }
        @if may_act(visit) {
            (row(&link(Weight::Main, &format!("{ROOT}/new"), frame.say("Soạn tin mới", "Write a broadcast"), None)))
        }
        @if found.broadcasts.is_empty() {
            p { (frame.say("Chưa có tin nào.", "There is none yet.")) }
        } @else { (table(frame, &found.broadcasts, &people)) }
        (pager(frame.lang, first.as_deref(), next.as_deref()))
    };
    Ok(page(frame, Place::Broadcasts, frame.lang.pick(Place::Broadcasts.name().1), &content))
}

fn table(frame: &Frame, all: &[Broadcast], people: &People) -> Markup {
    let [number, text, state, progress, who] = [
        frame.say("Số", "Number"),
        frame.say("Nội dung", "Text"),
        frame.say("Trạng thái", "State"),
        frame.say("Đã gửi", "Told"),
        frame.say("Người soạn", "Written by"),
    ];
    html! { div.list { table.rows id="broadcasts" {
        thead { tr { @for head in [number, text, state, progress, who] { th scope="col" { (head) } } } }
        tbody { @for it in all { tr {
            td data-name=(number) { a href={ (ROOT) "/" (it.number) } { (it.number) } }
            td.wide data-name=(text) { bdi { (short(&it.texts.sms_vi)) } }
            td data-name=(state) { (tag(tone(it.stage), frame.lang.pick(it.stage.said()))) }
            td data-name=(progress) { (told(it)) }
            td data-name=(who) { @if let Some(written) = it.acted.iter().find(|it| it.act == Act::Write) {
                @if let Some(by) = &written.by { bdi { (named(by, people, frame.lang)) } ", " }
                (vietnam::date(written.at))
            } }
        } } }
    } } }
}

fn told(it: &Broadcast) -> String {
    match it.stage {
        Stage::Drafted | Stage::Gathering => "–".to_owned(),
        Stage::Ready | Stage::Cancelled if it.report.ended() == 0 => format!("0/{}", it.figures.people),
        _ => format!("{}/{}", it.report.all_told() + it.report.together, it.figures.people),
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(SHORT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
