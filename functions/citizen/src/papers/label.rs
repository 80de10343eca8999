//! The label for papers that are sent to the office, short enough to be copied by hand.

use maud::{Markup, html};
use motcua::site::Site;
use rules::http::Response;
use rules::id::DossierId;
use rules::language::Both;

use crate::all::{self, By};
use crate::frame::{Frame, Reach};
use crate::problem::Problem;

const TITLE: Both = ["Nhãn gửi giấy tờ", "Label for your papers"];

/// Shows it, to be printed.
pub(crate) async fn label(site: &Site, frame: &Frame<'_>, id: DossierId, by: By<'_>) -> Result<Response, Problem> {
    let all = all::read(site, frame, id).await?;
    let title = frame.say(TITLE);
    let content = html! {
        h1 { (title) }
        (written(frame, all.opened.dossier.called()))
        p { (frame.say([
            "In và dán lên phong bì, hoặc chép tay.", "Print it and put it on the envelope, or copy it by hand.",
        ])) }
        p { a href=(frame.way(&by.path())) { (frame.say(["Quay lại", "Back"])) } }
        div.actions { (all.foot(frame, by)) }
    };
    Ok(frame.page(200, &format!("{title} – {}", all.opened.dossier.called()), &content))
}

/// Writes whom an envelope is for, and the code by which the office finds its dossier.
pub(super) fn written(frame: &Frame<'_>, code: &str) -> Markup {
    let reached = frame.reached_by();
    let of = |wanted: &[Reach]| reached.iter().find(|(reach, _)| wanted.contains(reach)).map(|(_, text)| *text);
    html! {
        div.notice lang="vi" {
            p { "Kính gửi: " strong { (frame.agency.name) } ", Bộ phận Một cửa" }
            @match of(&[Reach::NewPlace, Reach::Address]) {
                Some(place) => p { bdi { (place) } },
                None => p { "Địa chỉ: gọi cơ quan để hỏi" },
            }
            @if let Some(telephone) = of(&[Reach::Telephone]) { p { "Điện thoại: " bdi { (telephone) } } }
            p { "Hồ sơ: " strong.wide { (code) } }
        }
    }
}
