//! End of everything that an account was given: its sessions at the pages and its tokens at the API.

use maud::{Markup, html};
use motcua::store::Did;
use rules::http::{Response, query, respond};
use rules::limits::LONGEST_ACCOUNT;

use super::ROOT;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::NotAForm;

/// Ends them, audited first, and leads to what the account did.
pub(super) async fn act(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let sent = visit.must_send()?;
    let account = sent.get("account").filter(|account| is_account(account));
    let account = account.ok_or(Problem::Form(NotAForm::Malformed))?;
    visit.audits(Did::Dismissed { account: account.to_owned() }).await?;
    site.recorder.store().end_until(&staff.agency, account, now).await?;
    Ok(respond::see_other(format!("{ROOT}/audit?account={}&done=ended", query::encode(account.as_bytes()))))
}

fn is_account(text: &str) -> bool {
    text.len() <= LONGEST_ACCOUNT && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The button beside the entries of one account.
pub(super) fn form(frame: &Frame, account: &str, done: bool) -> Markup {
    html! {
        @if done {
            div.notice.done role="status" { p { strong { (frame.say(
                "Đã kết thúc mọi phiên và mã truy cập của tài khoản này.",
                "All sessions and tokens of this account are ended.",
            )) } } }
        }
        @if frame.role.holds(Permission::EndSessions) && is_account(account) {
            form method="post" action={ (ROOT) "/dismiss" } {
                (frame.csrf_field())
                input type="hidden" name="account" value=(account);
                button { (frame.say("Kết thúc mọi phiên của tài khoản này", "End all sessions of this account")) }
                p.hint { (frame.say(
                    "Phiên đang mở dừng chậm nhất sau 30 phút, mã truy cập API dừng ngay. Người đã nghỉ việc còn phải được khóa tài khoản ở nơi đăng nhập.",
                    "An open session ends within 30 minutes, a token of the API at once. The account of somebody who left must be closed at the sign-in's provider as well.",
                )) }
            }
        }
    }
}
