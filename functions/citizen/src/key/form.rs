//! The form for the digits, and the pages that say why they opened nothing. These name no dossier, so that they are the
//! same for one that does not exist.

use maud::{Markup, html};
use pages::part::errors::Mistakes;
use pages::part::field::{Field, Line};
use rules::access::Limit;
use rules::http::{Reply, Response};
use rules::language::Both;

use crate::frame::Frame;

/// Name and id of the field.
pub(super) const DIGITS: &str = "digits";
/// The longest text that is typed into it.
const LONGEST: usize = 40;
const LABEL: Both = ["Số để mở hồ sơ", "Digits that open the dossier"];
const TITLE: Both = ["Chưa mở được hồ sơ", "The dossier was not opened"];
/// Seconds after which the first of five tries of an hour is forgotten at the latest.
const AN_HOUR: &str = "3600";

/// Reason why digits open nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shut {
    /// There are none, or they are neither four nor six.
    NoDigits,
    /// They are wrong.
    Wrong,
    /// Nobody may try again yet, or ever.
    Limited(Limit),
}

/// Writes the form. It is sent to the page that it stands on.
pub(crate) fn form(frame: &Frame<'_>) -> Markup {
    written(frame, None)
}

fn written(frame: &Frame<'_>, wrong: Option<&str>) -> Markup {
    let hint = frame.say([
        "Bốn số cuối số điện thoại đã ghi khi nộp hồ sơ, hoặc sáu số in trên giấy hẹn. Nếu là máy dùng chung, máy nhờ: bốn số cuối số căn cước.",
        "The last four digits of the telephone given with the dossier, or the six digits printed on the slip. If that telephone is shared or borrowed: the last four of the identity card's number.",
    ]);
    let field = Field::new(frame.lang, DIGITS, frame.say(LABEL)).hinted(hint).wrong(wrong);
    // What was typed is never shown again.
    let line = Line { name: DIGITS, keys: "numeric", longest: Some(LONGEST), short: true, ..Line::default() };
    html! { form method="post" novalidate {
        (field.line(&line))
        p { button.main { (frame.say(["Xem đầy đủ", "Show all of it"])) } }
    } }
}

impl Shut {
    /// Writes the page.
    pub(super) fn page(self, frame: &Frame<'_>) -> Response {
        let title = frame.say(TITLE);
        let (status, why) = (self.status(), frame.say(self.why()));
        let again = !matches!(self, Self::Limited(_));
        let mistakes = if again { Mistakes::at(DIGITS, frame.say(LABEL), why) } else { Mistakes::default() };
        let content = html! {
            h1 { (title) }
            @if again {
                (mistakes.summary(frame.lang, BESIDE))
                (written(frame, mistakes.why(DIGITS)))
            } @else {
                p { strong { (why) } }
                p { (frame.say(BESIDE)) }
            }
        };
        let page = frame.page(status, title, &content);
        if self == Self::Limited(Limit::Hour) { page.with_header("retry-after", AN_HOUR) } else { page }
    }

    fn status(self) -> u16 {
        match self {
            Self::NoDigits => 400,
            Self::Wrong | Self::Limited(Limit::Ever) => 403,
            Self::Limited(Limit::Hour) => 429,
        }
    }

    fn why(self) -> Both {
        match self {
            Self::NoDigits => {
                ["Hãy nhập bốn số hoặc sáu số, chỉ gồm chữ số.", "Enter four digits or six digits, and nothing else."]
            }
            Self::Wrong => [
                "Số không đúng với hồ sơ ở địa chỉ này. Mỗi giờ thử được năm lần.",
                "These digits do not fit the dossier at this address. There are five tries an hour.",
            ],
            Self::Limited(Limit::Hour) => [
                "Đã thử năm lần trong một giờ. Hãy đợi một giờ rồi thử lại.",
                "There were five tries within an hour. Wait an hour before you try again.",
            ],
            Self::Limited(Limit::Ever) => [
                "Đã nhập sai quá nhiều lần, nên không mở được bằng số nữa.",
                "Wrong digits were entered too often, so digits open it no more.",
            ],
        }
    }
}

/// The other ways to all of a dossier.
const BESIDE: Both = [
    "Liên kết trong tin nhắn của cơ quan mở được ngay. Cũng có thể gọi cơ quan, hoặc đến Bộ phận Một cửa với giấy hẹn và giấy tờ tùy thân.",
    "The link in the office's message opens it at once. You can also call the office, or come to the one-stop desk with your slip and an identity paper.",
];
