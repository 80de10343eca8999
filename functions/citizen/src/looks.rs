//! Those who looked at a dossier, for whoever has its key (Luật 91/2025/QH15): staff by their place in the office, never by
//! name, and those who came without an account by their way.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Look, Looker, Looks};
use rules::http::Response;
use rules::id::DossierId;
use rules::language::Both;
use rules::vietnam;

use crate::all::{self, By, WHO_LOOKED};
use crate::frame::Frame;
use crate::problem::Problem;

/// The most lines of a page.
const MOST: usize = 50;

/// Shows the page.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>, (id, by): (DossierId, By<'_>)) -> Result<Response, Problem> {
    let looks = async { site.recorder.store().looks(frame.agency.key(), id).await };
    let (all, looks) = tokio::join!(Box::pin(all::read(site, frame, id)), looks);
    let (all, looks) = (all?, looks?);
    let called = all.opened.dossier.called();
    let content = html! {
        h1 { (frame.say(WHO_LOOKED)) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (called) } }
        (list(frame, &looks))
        p { (frame.say([
            "Mỗi cán bộ là một dòng, không nêu tên. Người không có tài khoản được ghi theo cách mở, mỗi giờ một lần; ông/bà cũng ở trong số đó. Phần mềm quét thư có thể tự mở liên kết.",
            "Each member of staff is a line, without a name. Whoever has no account is noted by the way, once an hour; you are among them. Programs that scan mail may open a link by themselves.",
        ])) }
        p { (frame.say([
            "Không kể danh sách, sổ và kết quả tìm kiếm, là nơi nhiều hồ sơ hiện cùng nhau: cơ quan ghi riêng.",
            "Lists, registers and results of a search, which show many dossiers together, are not in it: the office notes them apart.",
        ])) }
        h2 { (frame.say(["Thấy điều lạ", "If something looks strange"])) }
        p { (frame.say([
            "Hãy bấm “Gọi lại cho tôi” ở dưới, hoặc gọi cơ quan. Cơ quan biết tài khoản nào đã xem vào lúc nào, và có trách nhiệm trả lời.",
            "Press “Call me back” below, or call the office. It knows which account looked and when, and owes you an answer.",
        ])) }
        p { a href=(frame.way(&by.path())) { (frame.say(["Về hồ sơ", "Back to the dossier"])) } }
        (all.foot(frame, by))
    };
    Ok(frame.page(200, &format!("{} – {called}", frame.say(WHO_LOOKED)), &content))
}

fn list(frame: &Frame<'_>, looks: &Looks) -> Markup {
    let left_out = looks.lines.len().saturating_sub(MOST);
    html! {
        @if looks.lines.is_empty() {
            p { strong { (frame.say(["Chưa ghi lần xem nào.", "No look is noted yet."])) } }
        } @else {
            ul { @for look in looks.lines.iter().take(MOST) { li { (line(frame, look)) } } }
        }
        @if left_out > 0 || looks.more { p.small.soft {
            @if looks.more { (frame.say(["Còn những người khác: hãy hỏi cơ quan.", "There are others: ask the office."])) }
            @else { (frame.say(["Còn ", "And "])) (left_out) (frame.say([" người xem trước đó.", " who looked before that."])) }
        } }
    }
}

fn line(frame: &Frame<'_>, look: &Look) -> Markup {
    let times = look.times;
    html! {
        strong { @match &look.by {
            Looker::Staff { role, .. } => {
                (frame.say(place(role.as_deref()))) ", " bdi lang="vi" { (frame.agency.name) }
            }
            Looker::Through(through) => (frame.say(through.said())),
        } }
        ": " (frame.say([&format!("{times} lần"), &times_of(times)]))
        @if look.times > 1 { ", " (frame.say(["lần đầu ", "first "])) (vietnam::date_time(look.first)) }
        ", " (frame.say(if times > 1 { ["lần cuối ", "last "] } else { ["lúc ", "at "] })) (vietnam::date_time(look.last))
    }
}

fn times_of(times: u64) -> String {
    if times == 1 { "once".to_owned() } else { format!("{times} times") }
}

/// The place of a member of staff in the office, by the name of the role.
fn place(role: Option<&str>) -> Both {
    match role {
        Some("clerk") => ["Cán bộ Bộ phận Một cửa", "Staff of the one-stop desk"],
        Some("specialist") => ["Cán bộ giải quyết hồ sơ", "Staff who handle the dossier"],
        Some("manager") => ["Lãnh đạo", "The office's head"],
        Some("administrator") => ["Người quản trị hệ thống", "The system's administrator"],
        Some(_) | None => ["Cán bộ", "Staff"],
    }
}
