//! Health of the line to each postal operator: whether it answers, how far its feed is read, and the numbers that are left.

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::post::numbers_left;
use motcua::store::{Down, Feed, Key, Shut};
use rules::config::Post;
use rules::{vietnam, vnd::grouped};

use super::punctual::punctual;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// Numbers left of a range from which it must be asked for another.
const FEW_NUMBERS: u64 = 100;

/// An operator, as it stands.
pub(super) struct Stands<'a> {
    post: &'a Post,
    down: Option<Down>,
    feed: Feed,
    /// Numbers left; `None` if the operator gives them itself.
    left: Option<u64>,
}

/// Reads each of the agency's.
pub(super) async fn read<'a>(visit: &Visit<'a>) -> Result<Vec<Stands<'a>>, Problem> {
    let Visit { site, staff, .. } = *visit;
    let (store, agency) = (site.recorder.store(), &staff.agency);
    let mut all = Vec::new();
    for post in site.config.posts().filter(|post| post.agency == *agency) {
        let door = Key::operators_door(&post.id);
        let (down, feed, left) =
            tokio::join!(store.down(agency, &door), store.feed(agency, &post.id), numbers_left(site, agency, &post.id));
        let left = left.inspect_err(|error| tracing::error!(%error, "the numbers left were not counted"));
        all.push(Stands { post, down: down?, feed: feed?, left: left.ok().flatten() });
    }
    Ok(all)
}

/// Shows them; nothing if there is none.
pub(super) fn shown(frame: &Frame, all: &[Stands<'_>], now: Timestamp) -> Markup {
    if all.is_empty() {
        return Markup::default();
    }
    let [name, line, feed, left] = [
        frame.say("Bưu điện", "Operator"),
        frame.say("Đường truyền", "Line"),
        frame.say("Hành trình bưu gửi", "Tracking"),
        frame.say("Số hiệu còn lại", "Numbers left"),
    ];
    html! {
        h2 id="operators" { (name) }
        div.list { table.rows aria-labelledby="operators" {
            thead { tr { th scope="col" { (name) } th scope="col" { (line) } th scope="col" { (feed) } th.n scope="col" { (left) } } }
            tbody { @for it in all { tr {
                td data-name=(name) { (it.post.called()) }
                td data-name=(line) { (it.line(frame)) }
                td data-name=(feed) { (it.read_to(frame, now)) }
                td.n data-name=(left) { @match it.left {
                    Some(number) if number < FEW_NUMBERS => span.tag.amber { (number) },
                    Some(number) => (grouped(number, '.')),
                    None => (frame.say("bưu điện cấp", "given by it")),
                } }
            } } }
        } }
    }
}

impl Stands<'_> {
    fn line(&self, frame: &Frame) -> Markup {
        html! { @match (&self.post.order, self.down) {
            (None, _) => (frame.say("giao bằng bảng kê giấy", "by the manifest on paper")),
            (Some(_), None) => span.tag.green { (frame.say("Trả lời", "Answers")) },
            (Some(_), Some(down)) => {
                span.tag.red { @match down.why {
                    Shut::Silent => (frame.say("Không trả lời", "Silent")),
                    Shut::LogIn => (frame.say("Không cho đăng nhập", "No log-in")),
                } }
                " " (frame.say("từ", "since")) " " (vietnam::date_time(down.since))
            },
        } }
    }

    fn read_to(&self, frame: &Frame, now: Timestamp) -> Markup {
        html! { @match (&self.post.order, self.feed.due_at, &self.feed.last) {
            (None, ..) => (frame.say("chỉ nhận tin bưu điện gửi đến", "what it sends itself")),
            (Some(_), Some(due), _) => (punctual(frame, (due < now).then(|| now.duration_since(due)))),
            (Some(_), None, Some(_)) => (frame.say("đang đọc", "being read")),
            (Some(_), None, None) => span.tag.amber { (frame.say("Chưa đọc lần nào", "Never read")) },
        } }
    }
}
