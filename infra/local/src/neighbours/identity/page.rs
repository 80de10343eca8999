//! The provider's pages: choice of an account, and the list of accounts that were dismissed.

use std::collections::BTreeMap;

use http::StatusCode;
use maud::{Markup, html};
use rules::http::{Received, Reply, Request, Response, respond};
use rules::language::Language;

use super::{Account, CLIENT, Identity, PATH, fields, token};
use crate::frame;

/// Parameters of an authorization request that are handed on with the choice.
const KEPT: [&str; 7] =
    ["client_id", "redirect_uri", "response_type", "state", "nonce", "code_challenge", "code_challenge_method"];

impl Identity {
    /// Shows the page on which an account is chosen.
    pub(super) fn ask(&self, request: &Request) -> Response {
        let asked = fields(request.raw_query().as_bytes());
        if let Err(why) = self.checked(&asked) {
            return wrong(why);
        }
        let choices = self.listed(|account, dismissed| {
            html! {
                form method="post" action={ (PATH) "/authorize" } {
                    @for name in KEPT {
                        @if let Some(value) = asked.get(name) { input type="hidden" name=(name) value=(value); }
                    }
                    button name="account" value=(account.subject) disabled[dismissed] {
                        (account.name) @if dismissed { " (đã nghỉ việc)" }
                    }
                }
            }
        });
        page(
            "Đăng nhập thử",
            &html! {
                p { "Chọn một tài khoản mẫu. Trang này chỉ có trên máy này và không hỏi mật khẩu." }
                (choices)
            },
        )
    }

    /// Leads back with a code, or with a refusal.
    pub(super) fn let_in(&self, request: &Request) -> Response {
        let asked = fields(request.body());
        let (redirect_uri, challenge) = match self.checked(&asked) {
            Ok(kept) => kept,
            Err(why) => return wrong(why),
        };
        let subject = asked.get("account").cloned().unwrap_or_default();
        let mut back = form_urlencoded::Serializer::new(String::new());
        if self.lock().working(&subject).is_some() {
            let code = self.code(token::Code {
                subject,
                nonce: asked.get("nonce").cloned(),
                challenge,
                redirect_uri: redirect_uri.clone(),
                given_at: self.now(),
                is_used: false,
            });
            back.append_pair("code", &code);
        } else {
            back.append_pair("error", "access_denied");
        }
        if let Some(state) = asked.get("state") {
            back.append_pair("state", state);
        }
        respond::see_other(format!("{redirect_uri}?{}", back.finish()))
    }

    /// Returns the address to lead back to, and the challenge, of a right request. A wrong one is never led anywhere.
    fn checked(&self, asked: &BTreeMap<String, String>) -> Result<(String, String), &'static str> {
        let is = |name: &str, value: &str| asked.get(name).is_some_and(|it| it == value);
        let redirect_uri = format!("{}/desk/signed-in", self.home);
        if !is("client_id", CLIENT) || !is("redirect_uri", &redirect_uri) {
            return Err("Không biết nơi yêu cầu đăng nhập này.");
        }
        let challenge = asked.get("code_challenge").filter(|challenge| challenge.len() == 43);
        match challenge.filter(|_| is("response_type", "code") && is("code_challenge_method", "S256")) {
            Some(challenge) => Ok((redirect_uri, challenge.clone())),
            None => Err("Yêu cầu đăng nhập thiếu code hoặc PKCE (S256)."),
        }
    }

    /// Leads back to the office, which has ended its own session.
    pub(super) fn end(&self, request: &Request) -> Response {
        let asked = fields(request.raw_query().as_bytes());
        let back = format!("{}/desk/signed-out", self.home);
        match asked.get("post_logout_redirect_uri") {
            Some(wanted) if *wanted == back => respond::see_other(back),
            Some(_) | None => page("Đã đăng xuất", &html! { p { a href="/local" { "/local" } } }),
        }
    }

    /// Shows the accounts, each with a button that dismisses it or takes it back.
    pub(super) fn overview(&self) -> Response {
        let accounts = self.listed(|account, dismissed| {
            html! {
                form method="post" action={ (PATH) "/dismiss" } {
                    input type="hidden" name="account" value=(account.subject);
                    button name="dismissed" value=(!dismissed) {
                        (account.name) ": " (if dismissed { "nhận lại" } else { "cho nghỉ việc" })
                    }
                }
            }
        });
        page(
            "Tài khoản mẫu",
            &html! {
                p { "Người nghỉ việc ra khỏi bàn làm việc ở lần gia hạn phiên kế tiếp, chậm nhất sau 30 phút." }
                (accounts)
                p { a href="/desk" { "Bàn làm việc" } " · " a href="/local" { "/local" } }
            },
        )
    }

    pub(super) fn dismissed(&self, request: &Request) -> Response {
        let asked = fields(request.body());
        if let Some(account) = asked.get("account") {
            self.dismiss(account, asked.get("dismissed").is_some_and(|it| it == "true"));
        }
        respond::see_other(PATH)
    }

    fn listed(&self, shown: impl Fn(&Account, bool) -> Markup) -> Markup {
        let state = self.lock();
        let mut agency = "";
        html! {
            @for account in &state.accounts {
                @if agency != account.agency { h2 { (account.agency) } }
                ({ agency = &account.agency; shown(account, state.dismissed.contains(&account.subject)) })
            }
        }
    }
}

fn wrong(why: &str) -> Response {
    let mut page = page("Không đăng nhập được", &html! { p role="alert" { (why) } });
    *page.status_mut() = StatusCode::BAD_REQUEST;
    page
}

fn page(title: &str, content: &Markup) -> Response {
    let page = frame::whole(Language::Vi, title, &html! {}, &html! { div.accounts { (content) } });
    respond::html(200, page.into_string()).with_header("cache-control", "no-store")
}
