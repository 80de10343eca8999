//! Pages on which nothing can be chosen any more, each with a way forward, and what was chosen.

use maud::html;
use motcua::site::Site;
use pages::part::notice::Notice;
use rules::http::Response;
use rules::language::Both;
use rules::token::Token;

use super::shown::{TITLE, about, known, people, too_late};
use super::state::{Home, Way};
use crate::beside;
use crate::frame::Frame;
use crate::path;

/// Shows why, and what was confirmed.
pub(super) fn page(site: &Site, frame: &Frame<'_>, (token, home): (&Token, &Home), refused: Option<u16>) -> Response {
    let content = html! {
        h1 { (frame.say(TITLE)) }
        (about(frame, home))
        @if refused.is_some() { (too_late(frame)) }
        (Notice::Told.of(&html! { p { (frame.say(why(home.way()))) } }))
        @if let Some(mailing) = home.mailing().filter(|_| home.wants_post()) {
            h2 { (frame.say(["Địa chỉ đã xác nhận", "The confirmed address"])) }
            (pages::address::lines(&known(site, frame), &mailing.address))
            (people(frame, home, mailing))
        }
        p { a href=(frame.way(&path::of_dossier(home.dossier.id))) { (frame.say([
            "Xem tình trạng hồ sơ và việc cần làm", "The state of the dossier, and what to do now",
        ])) } }
        (beside::foot(frame, token, home.about()))
    };
    frame.page(refused.unwrap_or(200), frame.say(TITLE), &content)
}

fn why(way: Way) -> Both {
    match way {
        Way::Packed => [
            "Kết quả đã được đóng gói để gửi qua bưu điện, nên không sửa ở đây được nữa. Nếu địa chỉ sai, hãy gọi cơ quan ngay.",
            "The result is packed for the post, so nothing can be changed here any more. If the address is wrong, call the office at once.",
        ],
        Way::Posted => [
            "Kết quả đang được bưu điện chuyển đến. Nếu địa chỉ sai, hãy gọi cơ quan.",
            "The result is on its way by post. If the address is wrong, call the office.",
        ],
        Way::Returned => [
            "Kết quả đã được trả. Nếu chưa nhận được, hãy gọi cơ quan ngay.",
            "The result was handed over. If you did not get it, call the office at once.",
        ],
        Way::Over => {
            ["Hồ sơ đã kết thúc mà không có kết quả để gửi.", "The dossier is over, and there is no result to send."]
        }
        Way::ByHandOnly => [
            "Kết quả của thủ tục này chỉ trả tại Bộ phận Một cửa.",
            "The result of this procedure is handed over at the one-stop desk only.",
        ],
        Way::Erased | Way::Open | Way::Failed => {
            ["Hãy gọi cơ quan để đăng ký nhận kết quả qua bưu điện.", "Call the office to get the result by post."]
        }
    }
}
