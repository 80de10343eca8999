//! Ways in which a dossier of a procedure is filed. Online filing is the national portal's: these pages lead there.

use maud::{Markup, html};
use motcua::site::Site;
use rules::catalogue::Procedure;
use rules::catalogue::guide::{PORTAL, PORTAL_SHOWN, steps};
use rules::language::Both;

use crate::coming;
use crate::frame::Frame;

/// Writes where to file, online first.
pub(super) fn shown(site: &Site, frame: &Frame<'_>, procedure: &Procedure) -> Markup {
    let office = site.recorder.office(frame.agency.key());
    let at_the_desk: Both = match procedure.online {
        true => [
            "Không nộp trực tuyến được thì nộp tại Bộ phận Một cửa hoặc qua dịch vụ bưu chính công ích.",
            "If you cannot file online, file at the one-stop desk or by the public post.",
        ],
        false => [
            "Thủ tục này không nộp trực tuyến được: nộp tại Bộ phận Một cửa hoặc qua dịch vụ bưu chính công ích.",
            "This procedure cannot be filed online: file at the one-stop desk or by the public post.",
        ],
    };
    html! {
        h2 { (frame.say(["Nộp hồ sơ ở đâu", "Where to file"])) }
        @if procedure.online {
            (portal(frame))
            ol { @for [vi, en] in steps(procedure) { li { (frame.say([&vi, &en])) } } }
        }
        p { (frame.say(at_the_desk)) }
        (coming::heeded(frame, &office))
    }
}

/// Writes the way to the portal.
pub(crate) fn portal(frame: &Frame<'_>) -> Markup {
    html! { p {
        a.button href=(PORTAL) rel="noreferrer" {
            (frame.say(["Nộp trên Cổng Dịch vụ công quốc gia", "File at the national portal"]))
        } " " span.soft.wide { (PORTAL_SHOWN) }
    } }
}
