//! Pages that say why there is none.

use maud::html;
use motcua::store::Error;
use pages::Told;
use pages::form::NotAForm;
use rules::http::{Reply, Response};
use rules::language::Language;

use crate::frame::{Frame, document};

/// Time after which it makes sense to ask again, in seconds.
const RETRY_AFTER_SECONDS: &str = "30";

/// Reason why a page is not shown. Nobody learns from the page whether a dossier or a link was ever there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// There is no such page, dossier or link, or the link's time is over.
    NotFound,
    /// The time of a link is over.
    TooOld,
    /// The store does not answer, or what it holds cannot be read by this version.
    Later,
    /// There is no such notice, version, copy or file.
    NoNotice,
    /// The same as [`Problem::Later`] for notices.
    NoticesLater,
    /// There is no such procedure.
    NoProcedure,
    /// The same as [`Problem::Later`] for procedures.
    ProceduresLater,
    /// Something was sent that is no form of these pages.
    Form(NotAForm),
}

impl Problem {
    /// Writes the page.
    pub(crate) fn page(self, frame: &Frame<'_>) -> Response {
        let told = self.told();
        let title = frame.say(told.what);
        let (way, called) = match self {
            Self::NotFound
            | Self::TooOld
            | Self::Later
            | Self::NoticesLater
            | Self::ProceduresLater
            | Self::Form(_) => ("/", ["Tra cứu hồ sơ", "Look up a dossier"]),
            Self::NoProcedure => ("/procedures", ["Các thủ tục", "All procedures"]),
            Self::NoNotice => ("/notices", ["Các thông báo của cơ quan", "Notices of the office"]),
        };
        let way = told.content(frame.lang, &frame.way(way), called);
        let page = frame.page(told.status, title, &html! { h1 { (title) } (way) });
        match self {
            Self::NotFound | Self::TooOld | Self::NoNotice | Self::NoProcedure | Self::Form(_) => page,
            Self::Later | Self::NoticesLater | Self::ProceduresLater => {
                page.with_header("retry-after", RETRY_AFTER_SECONDS)
            }
        }
    }

    fn told(self) -> Told {
        match self {
            Self::Form(NotAForm::TooLarge) => Told {
                status: 413,
                what: ["Nội dung gửi quá dài", "What was sent is too long"],
                then: [
                    "Chưa có gì được ghi. Hãy quay lại và viết ngắn hơn, hoặc gọi cơ quan.",
                    "Nothing was recorded. Go back and write less, or call the office.",
                ],
            },
            Self::Form(NotAForm::Malformed | NotAForm::Forged) => Told {
                status: 400,
                what: ["Không đọc được nội dung gửi", "What was sent cannot be read"],
                then: [
                    "Chưa có gì được ghi. Hãy mở lại trang và gửi lần nữa, hoặc gọi cơ quan.",
                    "Nothing was recorded. Open the page again and send it once more, or call the office.",
                ],
            },
            Self::NotFound => Told {
                status: 404,
                what: ["Không tìm thấy hồ sơ", "No such dossier"],
                then: [
                    "Địa chỉ có thể bị gõ sai, hoặc liên kết đã hết hạn. Hãy quét lại mã trên giấy hẹn, tra cứu bằng mã in trên giấy, hoặc gọi cơ quan.",
                    "The address may be mistyped, or the link has expired. Scan the code on your slip again, look the dossier up by the code printed there, or call the office.",
                ],
            },
            Self::TooOld => Told {
                status: 410,
                what: ["Liên kết này đã hết hạn", "The time of this link is over"],
                then: [
                    "Liên kết trong tin nhắn dùng được 180 ngày. Hãy mở tin mới hơn, quét mã trên giấy hẹn rồi nhập số, hoặc gọi cơ quan.",
                    "A link of a message works for 180 days. Open a newer message, scan the code on your slip and enter the digits, or call the office.",
                ],
            },
            Self::Later => Told {
                status: 503,
                what: ["Chưa xem được hồ sơ lúc này", "The dossier cannot be shown right now"],
                then: [
                    "Hệ thống dữ liệu chưa phản hồi. Hồ sơ không bị ảnh hưởng. Hãy tải lại trang sau vài phút, hoặc gọi cơ quan.",
                    "The system does not answer. Your dossier is not affected. Load the page again in a few minutes, or call the office.",
                ],
            },
            Self::NoNotice => Told {
                status: 404,
                what: ["Không tìm thấy thông báo", "No such notice"],
                then: [
                    "Địa chỉ có thể bị gõ sai. Hãy xem danh sách thông báo, hoặc gọi cơ quan.",
                    "The address may be mistyped. See the list of notices, or call the office.",
                ],
            },
            Self::NoticesLater => Told {
                status: 503,
                what: ["Chưa xem được thông báo lúc này", "Notices cannot be shown right now"],
                then: [
                    "Hệ thống dữ liệu chưa phản hồi. Hãy tải lại trang sau vài phút, hoặc gọi cơ quan.",
                    "The system does not answer. Load the page again in a few minutes, or call the office.",
                ],
            },
            Self::NoProcedure => Told {
                status: 404,
                what: ["Không tìm thấy thủ tục", "No such procedure"],
                then: [
                    "Địa chỉ có thể bị gõ sai. Hãy tìm trong danh mục thủ tục, hoặc gọi cơ quan.",
                    "The address may be mistyped. Look for it among the procedures, or call the office.",
                ],
            },
            Self::ProceduresLater => Told {
                status: 503,
                what: ["Chưa xem được thủ tục lúc này", "Procedures cannot be shown right now"],
                then: [
                    "Hệ thống dữ liệu chưa phản hồi. Hãy tải lại trang sau vài phút, hoặc gọi cơ quan.",
                    "The system does not answer. Load the page again in a few minutes, or call the office.",
                ],
            },
        }
    }

    /// Says why a page of procedures cannot be shown.
    pub(crate) fn of_procedures(error: impl std::fmt::Display) -> Self {
        tracing::error!(reason = %error, "a page of procedures could not be read");
        Self::ProceduresLater
    }

    /// Says why a page of notices cannot be shown.
    pub(crate) fn of_notices(error: impl std::fmt::Display) -> Self {
        tracing::error!(reason = %error, "a page of notices could not be read");
        Self::NoticesLater
    }
}

impl From<NotAForm> for Problem {
    fn from(why: NotAForm) -> Self {
        Self::Form(why)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        tracing::error!(reason = %error, "a public page could not be read");
        Self::Later
    }
}

/// The page at a host or a path that is no agency's. It says the same wherever that is.
pub(crate) fn nowhere(lang: Language) -> Response {
    let title = lang.pick(["Không có trang này", "There is no such page"]);
    let content = html! { p { (lang.pick([
        "Địa chỉ này không thuộc cơ quan nào. Hãy xem lại địa chỉ in trên giấy hẹn.",
        "This address belongs to no agency. Look at the address printed on your slip again.",
    ])) } };
    document(lang, title, lang.pick(["Một cửa", "One-stop desk"])).bare(404, &content)
}
