//! The agency's directory: the accounts that signed in, with name, role and when each was last vouched for. An account
//! can be closed, so that it neither signs in nor receives work, and opened again.

use maud::{Markup, html};
use motcua::store::{Did, Member, People};
use rules::http::query;
use rules::http::{Response, respond};
use rules::vietnam;

use super::{ROOT, Tab, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Role;
use ::pages::form::{Form, NotAForm};

/// Seconds for which somebody counts as at work: a session lasts half an hour.
const AT_WORK_S: i64 = 30 * 60;

pub(super) async fn show(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let (people, frame) = (visit.people().await?, visit.frame);
    let done = match asked.get("done") {
        Some("closed") => Some(frame.say("Đã khóa tài khoản.", "The account is closed.")),
        Some("opened") => Some(frame.say("Đã mở lại tài khoản.", "The account is open again.")),
        Some(_) | None => None,
    };
    let content = html! {
        @if let Some(done) = done { div.notice.done role="status" { p { strong { (done) } } } }
        (content(frame, &people, &visit.staff.subject))
    };
    Ok(page(200, frame, Tab::Staff, frame.say("Cán bộ của cơ quan", "Staff of the agency"), &content))
}

/// Closes an account or opens it again, audited first. Nobody closes their own, which would keep them out for good.
pub(super) async fn act(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let sent = visit.must_send()?;
    let closes = match sent.get("act") {
        Some("close") => true,
        Some("open") => false,
        Some(_) | None => return Err(Problem::Form(NotAForm::Malformed)),
    };
    let account = sent.get("account").filter(|account| *account != staff.subject);
    let account = account.ok_or(Problem::Form(NotAForm::Malformed))?;
    let store = site.recorder.store();
    if store.member(&staff.agency, account).await?.is_none() {
        return Err(Problem::NotFound);
    }
    visit.audits(Did::ClosedAccount { account: account.to_owned(), closed: closes }).await?;
    if closes {
        store.close_account(&staff.agency, account, now).await?;
        return Ok(respond::see_other(format!("{ROOT}/staff?done=closed")));
    }
    store.open_account(&staff.agency, account, now).await?;
    Ok(respond::see_other(format!("{ROOT}/staff?done=opened")))
}

/// The page's own part for the administrator of this account, with the account seen last at the top.
pub(super) fn content(frame: &Frame, people: &People, me: &str) -> Markup {
    let mut members: Vec<_> = people.members().collect();
    members.sort_by_key(|member| (member.closed, std::cmp::Reverse(member.seen.at)));
    html! {
        p { (frame.say(
            "Mỗi người vào danh sách khi đăng nhập lần đầu; tên và vai trò lấy từ hệ thống đăng nhập. Tài khoản đã khóa không đăng nhập được và không nhận hồ sơ.",
            "Everybody is listed from their first sign-in; name and role come from the sign-in's provider. A closed account cannot sign in and receives no dossiers.",
        )) }
        @if members.is_empty() { p { (frame.say("Chưa có ai đăng nhập.", "Nobody has signed in yet.")) } } @else {
            div.list { table.rows id="staff" {
                thead { tr {
                    th scope="col" { (frame.say("Họ tên", "Name")) }
                    th scope="col" { (frame.say("Tài khoản", "Account")) }
                    th scope="col" { (frame.say("Vai trò", "Role")) }
                    th scope="col" { (frame.say("Hoạt động gần nhất", "Last seen")) }
                    th scope="col" { (frame.say("Việc", "Actions")) }
                } }
                tbody { @for member in members { (line(frame, member, me)) } }
            } }
        }
    }
}

fn line(frame: &Frame, member: &Member, me: &str) -> Markup {
    let (seen, day) = (&member.seen, vietnam::day(frame.now));
    let at_work = !member.closed && frame.now.as_second() - seen.at.as_second() < AT_WORK_S;
    html! { tr {
        td data-name=(frame.say("Họ tên", "Name")) { bdi { (member.name.as_deref().unwrap_or("–")) } }
        td data-name=(frame.say("Tài khoản", "Account")) { bdi { (seen.who) } }
        td data-name=(frame.say("Vai trò", "Role")) { (role(frame, &seen.role)) }
        td data-name=(frame.say("Hoạt động gần nhất", "Last seen")) {
            (vietnam::date_time(seen.at))
            @if at_work { " " span.good { (frame.say("(đang làm việc)", "(at work)")) } }
            @if member.closed { " " span.late { (frame.say("(đã khóa)", "(closed)")) } }
        }
        td data-name=(frame.say("Việc", "Actions")) {
            a href={ (ROOT) "/audit?account=" (query::encode(seen.who.as_bytes())) "&day=" (day) } {
                (frame.say("Đã làm gì hôm nay", "What they did today"))
            }
            @if seen.who != me { (switch(frame, member)) }
        }
    } }
}

/// The button that closes an account, or opens it again.
fn switch(frame: &Frame, member: &Member) -> Markup {
    let (act, name) = match member.closed {
        true => ("open", frame.say("Mở lại", "Open again")),
        false => ("close", frame.say("Khóa", "Close")),
    };
    html! { form method="post" action={ (ROOT) "/staff" } {
        (frame.csrf_field())
        input type="hidden" name="account" value=(member.seen.who);
        button.quiet name="act" value=(act) aria-label={ (name) " " (member.name.as_deref().unwrap_or(&member.seen.who)) } { (name) }
    } }
}

fn role<'s>(frame: &Frame, name: &'s str) -> &'s str {
    Role::from_name(name).map_or(name, |role| role.told(frame.lang))
}
