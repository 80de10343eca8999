//! Channels, portals, posts and message gateways, with their keys by number and age. A key itself is never shown, nor any part of it.

use jiff::civil::Date;
use maud::{Markup, html};
use rules::config::{Config, Level};
use rules::http::Response;
use rules::id::AgencyCode;
use rules::signature::Keys;
use rules::vietnam;

use super::{Tab, page};
use crate::pages::layout::Frame;
use crate::pages::visit::Visit;

/// One neighbour and its keys.
struct Neighbour<'a> {
    kind: [&'static str; 2],
    id: &'a str,
    /// Its name for people.
    called: &'a str,
    /// Protocol that it speaks.
    speaks: &'static str,
    keys: usize,
    since: &'a [Date],
}

pub(super) fn show(visit: &Visit<'_>) -> Response {
    let Visit { site, staff, frame, .. } = *visit;
    let content = content(frame, &site.config, &staff.agency);
    page(200, frame, Tab::Keys, frame.say("Kênh và khóa", "Channels and keys"), &content)
}

/// The page's own part.
pub(super) fn content(frame: &Frame, config: &Config, agency: &AgencyCode) -> Markup {
    let neighbours = neighbours(config, agency);
    // A closed entry may not name its agency, so it is shown only if there is a single agency.
    let closed: Vec<_> = if config.agencies().len() == 1 { config.closed().collect() } else { Vec::new() };
    html! {
        p { (frame.say(
            "Khóa nằm trong cấu hình và không bao giờ hiện ra. Thay khóa: đặt khóa mới lên trước, giữ khóa cũ đứng sau, rồi bỏ khóa cũ.",
            "Keys live in the configuration and are never shown. To change one: put the new one first, keep the old one second, then drop it.",
        )) }
        div.list { table.rows id="keys" {
            thead { tr { @for name in [["Loại", "Kind"], ["Tên", "Name"], ["Giao thức", "Speaks"], ["Khóa đang dùng", "Live keys"]] {
                th scope="col" { (frame.lang.pick(name)) }
            } } }
            tbody { @for neighbour in &neighbours { tr {
                td { (frame.lang.pick(neighbour.kind)) }
                td { (neighbour.called) @if neighbour.called != neighbour.id { br; span.code { (neighbour.id) } } }
                td { (neighbour.speaks) }
                td { (ages(frame, neighbour)) }
            } } }
        } }
        @if !closed.is_empty() {
            h2 { (frame.say("Đang đóng vì cấu hình sai", "Closed, for what is wrong with them")) }
            ul { @for (_, _, problems) in &closed { @for problem in problems.iter() { li { (problem) } } } }
        }
    }
}

fn neighbours<'a>(config: &'a Config, agency: &AgencyCode) -> Vec<Neighbour<'a>> {
    let count = |keys: &Keys| keys.live().count();
    let channels = config.channels().filter(|it| it.agency == *agency).map(|channel| Neighbour {
        kind: ["Kênh thanh toán", "Payment channel"],
        id: &channel.id,
        called: channel.called(),
        speaks: channel.gateway.row().shown_name,
        keys: count(&channel.keys),
        since: &channel.keys_since,
    });
    let portals = config.portals().filter(|it| it.agency == *agency).map(|portal| Neighbour {
        kind: ["Cổng dịch vụ công", "Portal"],
        id: &portal.id,
        called: portal.called(),
        speaks: match portal.level {
            Level::National => "Standard Webhooks (quốc gia)",
            Level::Provincial => "Standard Webhooks (cấp tỉnh)",
        },
        keys: count(&portal.keys),
        since: &portal.keys_since,
    });
    let posts = config.posts().filter(|it| it.agency == *agency).map(|post| Neighbour {
        kind: ["Bưu chính", "Postal operator"],
        id: &post.id,
        called: post.called(),
        speaks: "Standard Webhooks",
        keys: count(&post.keys),
        since: &post.keys_since,
    });
    let gateways = config.message_gateways().filter(|it| it.agency == *agency).map(|gateway| Neighbour {
        kind: ["Cổng tin nhắn", "Message gateway"],
        id: &gateway.id,
        called: gateway.called(),
        speaks: "Standard Webhooks",
        keys: count(&gateway.keys),
        since: &gateway.keys_since,
    });
    channels.chain(portals).chain(posts).chain(gateways).collect()
}

/// Each key by its place, with its first day in use and its age.
fn ages(frame: &Frame, neighbour: &Neighbour<'_>) -> Markup {
    let today = vietnam::day(frame.now);
    html! {
        @if neighbour.keys == 0 { (frame.say("khóa ở bí mật mà bàn làm việc không đọc", "in a secret that the desk does not read")) }
        ul.plain { @for place in 0..neighbour.keys { li {
            @if place == 0 { (frame.say("hiện tại", "current")) } @else { (frame.say("trước đó", "previous")) } ": "
            @match neighbour.since.get(place) {
                None => { (frame.say("không rõ từ khi nào", "since when is unknown")) }
                Some(since) => {
                    (frame.say("từ", "since")) " " (vietnam::written(*since))
                    @if let Some(days) = days(*since, today) { " (" (days) " " (frame.say("ngày", "days")) ")" }
                }
            }
        } } }
    }
}

/// Whole days since then; `None` for a day that has not come.
fn days(since: Date, today: Date) -> Option<i32> {
    let days = (today - since).get_days();
    (days >= 0).then_some(days)
}
