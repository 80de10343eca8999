//! Pages for somebody who cannot be let in, with what to do.

use http::Method;
use maud::{Markup, html};
use rules::http::Response;
use rules::language::Language;

use super::dress::dressed;
use crate::pages::layout::bare;
use ::pages::form::Form;

type Both = [&'static str; 2];

/// Reason why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// Sign-in is not configured, or not rightly.
    #[error("no way to sign in is configured")]
    NotConfigured,
    /// The answer from the provider does not match what was sent there.
    #[error("another sign-in, or one that took too long")]
    AnotherSignIn,
    /// The provider let nobody in.
    #[error("the provider let nobody in")]
    NotLetIn,
    /// The provider's answer proves nothing.
    #[error("the provider's answer proves nothing")]
    NotProved,
    /// The provider does not answer.
    #[error("the provider does not answer")]
    NoAnswer,
    /// Somebody is signed in, but has no place at this office.
    #[error("no agency or role of this office")]
    NotStaff,
    /// The account was closed by an administrator.
    #[error("the account is closed")]
    Closed,
    /// A sign-out that no page of this session asked for.
    #[error("a form of another session")]
    Forged,
    /// The way in takes another method.
    #[error("method not allowed")]
    Method,
}

impl Problem {
    fn told(self) -> (u16, Both, Both) {
        match self {
            Self::NotConfigured => (
                503,
                ["Chưa đăng nhập được", "Nobody can sign in yet"],
                [
                    "Hệ thống chưa được cấu hình nơi đăng nhập. Hãy báo quản trị viên.",
                    "No way to sign in is configured. Tell the administrator.",
                ],
            ),
            Self::AnotherSignIn => (
                400,
                ["Lần đăng nhập này không còn hiệu lực", "This sign-in holds no more"],
                [
                    "Trang đăng nhập mở quá lâu hoặc đã mở lại ở thẻ khác. Hãy đăng nhập lại.",
                    "It took too long, or was begun again in another tab. Sign in again.",
                ],
            ),
            Self::NotLetIn => (
                403,
                ["Nơi đăng nhập không cho vào", "The sign-in was refused"],
                [
                    "Kiểm tra tài khoản rồi đăng nhập lại. Nếu vẫn không được, hãy báo quản trị viên.",
                    "Check the account and sign in again. If that does not help, tell the administrator.",
                ],
            ),
            Self::NotProved => (
                403,
                ["Không xác minh được lần đăng nhập", "The sign-in cannot be proved"],
                [
                    "Hãy đăng nhập lại. Nếu lặp lại, hãy báo quản trị viên.",
                    "Sign in again. If it happens again, tell the administrator.",
                ],
            ),
            Self::NoAnswer => (
                503,
                ["Hệ thống đăng nhập chưa phản hồi", "The sign-in does not answer"],
                ["Thử lại sau ít phút.", "Try again in some minutes."],
            ),
            Self::NotStaff => (
                403,
                ["Tài khoản này chưa có chỗ ở bộ phận một cửa", "This account has no place at this office"],
                [
                    "Tài khoản cần đúng một cơ quan và một vai trò (cán bộ một cửa, chuyên viên, lãnh đạo hoặc quản trị). \
                     Hãy nhờ quản trị viên gán, rồi đăng nhập lại.",
                    "It needs exactly one agency and one kind of role: clerk, specialist, manager or administrator. \
                     Ask the administrator, then sign in again.",
                ],
            ),
            Self::Closed => (
                403,
                ["Tài khoản này đã bị khóa", "This account is closed"],
                [
                    "Quản trị viên đã khóa tài khoản ở bộ phận một cửa. Nếu còn làm việc, hãy nhờ quản trị viên mở lại.",
                    "An administrator closed it at this office. If you still work here, ask the administrator to open it.",
                ],
            ),
            Self::Forged => (
                403,
                ["Phiên làm việc đã đổi", "The session has changed"],
                ["Mở lại trang rồi đăng xuất.", "Open the page again, then sign out."],
            ),
            Self::Method => {
                (405, ["Không gửi được như vậy", "It cannot be sent so"], ["Quay lại trang trước.", "Go back."])
            }
        }
    }

    /// The page, with the way to try again.
    pub(super) fn page(self, lang: Language) -> Response {
        let (status, what, then) = self.told();
        let content = html! {
            div.notice.bad role="alert" { p { (lang.pick(then)) } }
            @if self != Self::NotConfigured { p { (again(lang)) } }
        };
        dressed(bare(status, lang, lang.pick(what), &content), None)
    }
}

fn again(lang: Language) -> Markup {
    html! { a href="/desk/sign-in" { (lang.pick(["Đăng nhập", "Sign in"])) } }
}

const KEPT: Both = [
    "Chưa có gì được ghi. Nội dung vừa gửi còn nguyên trên trang này.",
    "Nothing was recorded. What was sent is still on this page.",
];
/// A file that was sent cannot be kept on a page.
const NOT_KEPT: Both = [
    "Chưa có gì được ghi. Hãy đăng nhập rồi gửi lại từ trang trước; tệp phải chọn lại.",
    "Nothing was recorded. Sign in, then send it again from the page before; a file must be chosen again.",
];

/// Page for a form that came after its session had ended. It keeps what was filled in, to be sent once its owner has
/// signed in beside it: their new session takes over the secret of their forms.
pub(super) fn ended(lang: Language, here: &str, method: &Method, form: Option<&Form>) -> Response {
    let title = lang.pick(["Phiên làm việc đã hết", "The session has ended"]);
    let form = form.filter(|_| *method == Method::POST);
    let content = html! {
        div.notice.bad role="alert" {
            p { (lang.pick(if form.is_some() { KEPT } else { NOT_KEPT })) }
        }
        ol {
            li { a href="/desk/sign-in?back=%2Fdesk" target="_blank" rel="noopener" {
                (lang.pick(["Đăng nhập ở thẻ mới", "Sign in, in another tab"])) } }
            @if let Some(form) = form {
                li {
                    form method="post" action=(here) {
                        @for (name, value) in form.fields() { input type="hidden" name=(name) value=(value); }
                        button.main { (lang.pick(["Trở lại đây rồi gửi lại", "Come back here and send it again"])) }
                    }
                }
            }
        }
    };
    dressed(bare(401, lang, title, &content), None)
}

/// Page for somebody who has signed out.
pub(super) fn signed_out(lang: Language) -> Response {
    let content = html! { p { (again(lang)) } };
    dressed(bare(200, lang, lang.pick(["Đã đăng xuất", "Signed out"]), &content), None)
}
