//! No more broadcasts: a page with one button, and one click without a page (RFC 8058). Looking changes nothing, since
//! mail scanners open every link.

use maud::html;
use motcua::site::Site;
use motcua::store::Error;
use rules::http::Response;
use rules::language::Both;
use rules::token::Token;

use crate::frame::Frame;

const TITLE: Both = ["Không nhận tin gửi hàng loạt", "No more broadcasts"];
/// Rounds of load and write, in case the wishes are changed at this moment.
const ROUNDS: u32 = 4;

/// Shows the button.
pub(crate) fn ask(frame: &Frame<'_>, token: &Token) -> Response {
    let content = html! {
        h1 { (frame.say(TITLE)) }
        p { (frame.say([
            "Cơ quan sẽ không gửi cho ông/bà các tin chung nữa, như thông báo đóng cửa hay đổi địa điểm. Tin về chính hồ sơ của ông/bà vẫn được gửi.",
            "The office will not send you general news any more, such as of closures or a new place. What happens to your own dossier is told as before.",
        ])) }
        form method="post" action=(frame.way(&format!("/t/{}", token.as_str()))) {
            button.main { (frame.say(["Không nhận nữa", "No more to me"])) }
        }
    };
    frame.page(200, frame.say(TITLE), &content)
}

/// Writes the wish down. Twice is the same as once.
///
/// # Errors
/// [`Error`].
pub(crate) async fn done(site: &Site, frame: &Frame<'_>, person: &str) -> Result<Response, Error> {
    let (store, agency) = (site.recorder.store(), frame.agency.key());
    for _ in 0..ROUNDS {
        let wishes = store.wishes(agency, person).await?;
        let kept = match wishes.broadcasts(false, frame.now) {
            Some(wishes) => store.keep_wishes(agency, person, &wishes).await?,
            None => true,
        };
        if kept {
            return Ok(shown(frame));
        }
    }
    Err(Error::Contended(ROUNDS))
}

fn shown(frame: &Frame<'_>) -> Response {
    let content = html! {
        h1 { (frame.say(["Đã ghi: không gửi tin hàng loạt nữa", "Noted: no more broadcasts"])) }
        p { (frame.say([
            "Tin về chính hồ sơ của ông/bà vẫn được gửi. Muốn nhận lại, xin báo cho bộ phận một cửa.",
            "What happens to your own dossier is told as before. To get broadcasts again, tell the one-stop desk.",
        ])) }
    };
    frame.page(200, frame.say(TITLE), &content)
}
