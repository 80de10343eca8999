//! Health of what nobody sees at work: the work that should be done by now, and the messages of today.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use motcua::store::{Error, SHARDS, Store};
use rules::config::Agency;
use rules::http::Response;
use rules::id::AgencyCode;
use rules::message::{Outlet, WARNED_AT_PERCENT};
use rules::vietnam;

use super::punctual::punctual;
use super::{Tab, announced, operators, page, reporter};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::receipts;
use crate::pages::visit::Visit;
use crate::words;

/// Dossiers that wait to be told to a portal, as far as one look counts them.
const LOOKED_AT: usize = 100;

/// Work with portals by its name, the number of dossiers that wait for it, and the age of the oldest.
type Untold = (String, usize, Option<SignedDuration>);

/// Work of one kind that is due.
struct Due {
    /// The function that does it, and what it does.
    name: [&'static str; 2],
    /// The number of things that are due, as far as one look tells.
    number: usize,
    /// The time for which the oldest of them has been due.
    behind: Option<SignedDuration>,
}

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let store = site.recorder.store();
    let (due, sent) = tokio::join!(due(store, &staff.agency, now), store.sent_on(&staff.agency, vietnam::day(now)));
    let untold = untold(visit).await?;
    let posted = posted(visit).await?;
    let operators = Box::pin(operators::read(visit)).await?;
    let announced = Box::pin(announced::read(visit)).await?;
    let reporter = Box::pin(reporter::read(visit)).await?;
    let agency = site.config.agency(staff.agency.as_str());
    let content = html! {
        (content(frame, (&due?, &[untold, posted].concat())))
        (operators::shown(frame, &operators, now))
        (announced::shown(frame, &announced))
        (reporter::shown(frame, reporter.as_ref()))
        @if let Some(agency) = agency { (messages(frame, agency, sent?)) }
    };
    Ok(page(200, frame, Tab::Health, frame.say("Sức khỏe", "Health"), &content))
}

/// Looks at every shard: what is due waits in it until the function that does it has done it.
async fn due(store: &Store, agency: &AgencyCode, now: Timestamp) -> Result<[Due; 2], Error> {
    let mut all = [
        Due {
            name: ["Thời hạn, tin nhắn, khoản thu chờ", "Deadlines, messages, waiting money"],
            number: 0,
            behind: None,
        },
        Due { name: ["Hỏi cổng thanh toán", "Questions to gateways"], number: 0, behind: None },
    ];
    for shard in 0..SHARDS {
        let (swept, asked) =
            tokio::join!(store.due(agency, shard, now, None), store.due_to_ask(agency, shard, now, None));
        for (due, page) in all.iter_mut().zip([swept?, asked?]) {
            due.number += page.items.len();
            let Some(oldest) = page.items.first() else { continue };
            let since = store.task(oldest).await?.and_then(|task| task.due_since());
            let behind = since.map(|since| now.duration_since(since));
            due.behind = due.behind.max(behind);
        }
    }
    Ok(all)
}

/// Looks at each portal that is told, and at the files that are to be fetched: what waits, as far as one look tells, and
/// since when.
async fn untold(visit: &Visit<'_>) -> Result<Vec<Untold>, Error> {
    let Visit { site, staff, now, .. } = *visit;
    let mut all = Vec::new();
    for portal in site.config.portals().filter(|it| it.agency == staff.agency && it.tell.is_some()) {
        let waiting = site.recorder.store().untold(&staff.agency, &portal.id, now, LOOKED_AT).await?;
        let behind = waiting.first().map(|oldest| now.duration_since(oldest.since));
        let name = format!("{} {}", visit.frame.say("Báo cho", "Telling"), portal.called());
        all.push((name, waiting.len(), behind));
    }
    if receipts::concern(site, &staff.agency, now) {
        let waiting = site.recorder.store().receipt_tasks(&staff.agency, now, LOOKED_AT).await?;
        let oldest = match waiting.first() {
            Some(task) => site.recorder.store().lawful(&task.key).await?.map(|it| now.duration_since(it.paid_at)),
            None => None,
        };
        let name = visit.frame.say("Lập biên lai điện tử", "Electronic receipts").to_owned();
        all.push((name, waiting.len(), oldest));
    }
    if site.config.portals().any(|it| it.agency == staff.agency && !it.fetch.is_empty()) {
        let waiting = site.recorder.store().unfetched(&staff.agency, now, LOOKED_AT).await?;
        let behind = waiting.first().map(|oldest| now.duration_since(oldest.since));
        let name = visit.frame.say("Lấy tệp mà cổng dịch vụ công giữ", "Files that portals keep");
        all.push((name.to_owned(), waiting.len(), behind));
    }
    Ok(all)
}

/// Looks at the parcels that a postal operator or a dossier is to be told of.
async fn posted(visit: &Visit<'_>) -> Result<Vec<Untold>, Error> {
    let Visit { site, staff, now, .. } = *visit;
    if !site.config.posts().any(|post| post.agency == staff.agency) {
        return Ok(Vec::new());
    }
    let store = site.recorder.store();
    let waiting = store.post_tasks(&staff.agency, now, LOOKED_AT).await?;
    let since = match waiting.first() {
        Some(oldest) => store.task(oldest).await?.and_then(|task| task.due_since()),
        None => None,
    };
    let name =
        visit.frame.say("Bưu gửi: đặt, hủy, hỏi, báo cho hồ sơ", "Parcels: orders, questions, steps of dossiers");
    Ok(vec![(name.to_owned(), waiting.len(), since.map(|since| now.duration_since(since)))])
}

/// The page's own part.
fn content(frame: &Frame, (due, untold): (&[Due], &[Untold])) -> Markup {
    html! {
        h2 id="due" { (frame.say("Việc nền đến hạn", "Work that is due")) }
        div.list { table.rows aria-labelledby="due" {
            thead { tr { th scope="col" { (frame.say("Việc", "Work")) } th.n scope="col" { (frame.say("Đang đến hạn", "Due now")) } th scope="col" { (frame.say("Tình trạng", "State")) } } }
            tbody { @for due in due { tr {
                td { (frame.lang.pick(due.name)) }
                td.n { (due.number) }
                td { (punctual(frame, due.behind)) }
            } }
            @for (name, number, behind) in untold { tr {
                td { (name) }
                td.n { (number) @if *number == LOOKED_AT { "+" } }
                td { (punctual(frame, *behind)) }
            } } }
        } }
    }
}

fn messages(frame: &Frame, agency: &Agency, sent: [u64; Outlet::ALL.len()]) -> Markup {
    let timing = &agency.timing;
    html! {
        h2 id="sent" { (frame.say("Tin báo hôm nay", "Messages of today")) }
        @for outlet in &agency.outlets { @if let Some(cap) = timing.cap(*outlet) {
            (warned(frame, *outlet, sent[*outlet as usize], cap))
        } }
        div.list { table.rows aria-labelledby="sent" {
            thead { tr { th scope="col" { (frame.say("Đường gửi", "Outlet")) } th.n scope="col" { (frame.say("Đã gửi", "Sent")) } th.n scope="col" { (frame.say("Mức tối đa một ngày", "Most of a day")) } } }
            tbody { @for outlet in &agency.outlets { tr {
                td { (frame.lang.pick(words::outlet(*outlet))) }
                @match timing.cap(*outlet) {
                    Some(cap) => { td.n { (sent[*outlet as usize]) } td.n { (cap) } }
                    None => { td.n { (frame.say("không đếm", "not counted")) } td.n { (frame.say("không đặt", "none is set")) } }
                }
            } } }
        } }
        dl.facts {
            dt { (frame.say("Không nhắn tin ban đêm", "Quiet hours")) }
            dd { @match timing.quiet {
                Some(quiet) => { (quiet.from.strftime("%H:%M")) "–" (quiet.until.strftime("%H:%M")) },
                None => (frame.say("không có", "none")),
            } }
            dt { (frame.say("Tin đã nhận, đã tiếp nhận chờ", "Messages of an arrival or acceptance wait")) }
            dd { (timing.wait.as_mins()) " " (frame.say("phút", "minutes")) }
        }
    }
}

/// Says that a cap is near or reached.
fn warned(frame: &Frame, outlet: Outlet, sent: u64, cap: u64) -> Markup {
    let name = frame.lang.pick(words::outlet(outlet));
    html! {
        @if sent >= cap {
            div.notice.warn role="alert" { p { strong { (name) ": " (frame.say(
                "đã hết số tin của hôm nay. Tin còn lại tự gửi vào ngày mai.",
                "the messages of today are used up. The others leave tomorrow by themselves.",
            )) } } }
        } @else if sent * 100 >= cap * WARNED_AT_PERCENT {
            div.notice role="status" { p { strong { (name) ": " (frame.say("đã dùng", "used")) " " (sent) "/" (cap) } } }
        }
    }
}
