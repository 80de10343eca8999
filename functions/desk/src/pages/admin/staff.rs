//! The accounts that signed in, and when the provider last vouched for each.

use maud::{Markup, html};
use motcua::store::Seen;
use rules::http::Response;
use rules::http::query;
use rules::vietnam;

use super::{ROOT, Tab, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Role;
use ::pages::form::Form;

/// Seconds for which somebody counts as at work: a session lasts half an hour.
const AT_WORK_S: i64 = 30 * 60;

pub(super) async fn show(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let found = site.recorder.store().staff_seen(&staff.agency, asked.get("after")).await?;
    let next = found.next.and(found.items.last()).map(|last| last.who.clone());
    let content = content(frame, found.items, next.as_deref());
    Ok(page(200, frame, Tab::Staff, frame.say("Tài khoản đã đăng nhập", "Accounts that signed in"), &content))
}

/// The page's own part, with the account seen last at the top.
pub(super) fn content(frame: &Frame, mut seen: Vec<Seen>, next: Option<&str>) -> Markup {
    seen.sort_by_key(|seen| std::cmp::Reverse(seen.at));
    let day = vietnam::day(frame.now);
    html! {
        p { (frame.say(
            "Tài khoản do hệ thống đăng nhập quản lý; ở đây chỉ thấy lần cuối được xác nhận.",
            "Accounts are kept by the sign-in's provider; here is when each was last vouched for.",
        )) }
        @if seen.is_empty() { p { (frame.say("Chưa có ai đăng nhập.", "Nobody has signed in yet.")) } } @else {
            div.list { table.rows id="staff" {
                thead { tr {
                    th scope="col" { (frame.say("Tài khoản", "Account")) }
                    th scope="col" { (frame.say("Vai trò", "Role")) }
                    th scope="col" { (frame.say("Thấy lần cuối", "Last seen")) }
                    th scope="col" {}
                } }
                tbody { @for seen in &seen { tr {
                    td data-name=(frame.say("Tài khoản", "Account")) { bdi { (seen.who) } }
                    td data-name=(frame.say("Vai trò", "Role")) { (role(frame, &seen.role)) }
                    td data-name=(frame.say("Thấy lần cuối", "Last seen")) {
                        (vietnam::date_time(seen.at))
                        @if frame.now.as_second() - seen.at.as_second() < AT_WORK_S { " " span.good { (frame.say("(đang làm việc)", "(at work)")) } }
                    }
                    td { a href={ (ROOT) "/audit?account=" (query::encode(seen.who.as_bytes())) "&day=" (day) } {
                        (frame.say("Đã làm gì hôm nay", "What they did today"))
                    } }
                } } }
            } }
            @if let Some(next) = next {
                p { a.button href={ (ROOT) "/staff?after=" (query::encode(next.as_bytes())) } { (frame.say("Trang sau", "Next page")) } }
            }
        }
    }
}

fn role<'s>(frame: &Frame, name: &'s str) -> &'s str {
    Role::from_name(name).map_or(name, |role| role.told(frame.lang))
}
