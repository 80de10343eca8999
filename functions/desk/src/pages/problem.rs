//! Problems that keep a page from being shown, each with the page that says so.

use rules::http::Response;

use super::layout::{Frame, Place, ROOT, framed};
use crate::api::Answer;
use crate::permission::NotAllowed;
use ::pages::{NotAForm, Told};

/// Reason why there is no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// No such page or dossier of this agency.
    #[error("not found")]
    NotFound,
    /// The role lacks the permission.
    #[error("not allowed")]
    NotAllowed,
    /// The page does not take this method.
    #[error("method not allowed")]
    Method,
    /// The content sent is no form of ours.
    #[error(transparent)]
    Form(#[from] NotAForm),
    /// The key of a form was used for something else.
    #[error("the form was used for something else")]
    Reused,
    /// A stored file is gone, or not the one that was stored.
    #[error("a stored file is not as it was stored")]
    Spoiled,
    /// Not now.
    #[error("later: {0}")]
    Later(String),
}

impl From<motcua::store::Error> for Problem {
    fn from(error: motcua::store::Error) -> Self {
        Self::Later(error.to_string())
    }
}

impl From<NotAllowed> for Problem {
    fn from(_: NotAllowed) -> Self {
        Self::NotAllowed
    }
}

impl From<Answer> for Problem {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::NotFound => Self::NotFound,
            Answer::NotAllowed | Answer::SignInFirst => Self::NotAllowed,
            Answer::KeyReused => Self::Reused,
            Answer::MethodNotAllowed(_) => Self::Method,
            Answer::TooLarge => Self::Form(NotAForm::TooLarge),
            Answer::Malformed(_) | Answer::OtherMediaType | Answer::VersionNeeded => Self::Form(NotAForm::Malformed),
            other => Self::Later(other.to_string()),
        }
    }
}

impl Problem {
    /// The page that says so, and what to do.
    pub(crate) fn page(&self, frame: &Frame, place: Place) -> Response {
        let told = self.told();
        let content = told.content(frame.lang, ROOT, ["Việc cần làm", "Work"]);
        framed(told.status, frame, place, frame.lang.pick(told.what), &content)
    }

    fn told(&self) -> Told {
        let told = |status, what, then| Told { status, what, then };
        match self {
            Self::NotFound => told(
                404,
                ["Không có trang hoặc hồ sơ này", "There is no such page or dossier"],
                ["Kiểm tra lại mã, hoặc tìm hồ sơ.", "Check the code, or search."],
            ),
            Self::NotAllowed => told(
                403,
                ["Tài khoản này không làm được việc đó", "This account may not do that"],
                [
                    "Nhờ người có quyền, hoặc đăng nhập bằng tài khoản khác.",
                    "Ask somebody who may, or sign in otherwise.",
                ],
            ),
            Self::Method => {
                told(405, ["Không gửi được như vậy", "It cannot be sent so"], ["Quay lại trang trước.", "Go back."])
            }
            Self::Form(NotAForm::TooLarge) => told(
                413,
                ["Nội dung gửi quá dài", "What was sent is too long"],
                ["Rút ngắn rồi gửi lại.", "Shorten it and send it again."],
            ),
            Self::Form(NotAForm::Malformed) => told(
                400,
                ["Không đọc được nội dung gửi", "What was sent cannot be read"],
                ["Mở lại trang và điền lại.", "Open the page again and fill it in."],
            ),
            Self::Form(NotAForm::Forged) => told(
                403,
                ["Phiên làm việc đã đổi", "The session has changed"],
                [
                    "Mở lại trang này rồi gửi lại. Chưa có gì được ghi.",
                    "Open this page again and send it once more. Nothing was recorded.",
                ],
            ),
            Self::Reused => told(
                409,
                ["Biểu mẫu này đã được dùng cho việc khác", "This form was used for something else"],
                ["Mở lại trang để có biểu mẫu mới.", "Open the page again for a new form."],
            ),
            Self::Spoiled => told(
                409,
                ["Tệp trong kho không còn như lúc lưu", "The stored file is not as it was stored"],
                [
                    "Không mở, để không ai nhầm. Hãy báo quản trị viên: kho giữ các phiên bản trước của tệp.",
                    "It is not opened, so that nobody is misled. Tell the administrator: the store keeps earlier versions.",
                ],
            ),
            Self::Later(_) => told(
                503,
                ["Hệ thống dữ liệu chưa phản hồi", "The store does not answer"],
                [
                    "Thử lại sau ít giây. Gửi lại không làm hai lần.",
                    "Try again in some seconds. Sending again does nothing twice.",
                ],
            ),
        }
    }
}
