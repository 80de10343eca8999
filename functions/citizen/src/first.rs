//! The first page of an agency: what can be done from home today. The measures that run come first, then where to file, the
//! look-up of a dossier by the code that its papers carry, and the postage.

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::errors::Mistakes;
use pages::part::field::{Field, Line};
use rules::http::{Response, respond};
use rules::language::{Both, Language};

use crate::frame::{Frame, LANGUAGE};
use crate::notices::running;
use crate::path;
use crate::postage;
use crate::procedures;

/// Name and id of the field.
const CODE: &str = "code";
/// The longest text typed into it: an address with an id at its end.
const LONGEST: usize = 300;
const TITLE: Both = ["Những việc làm được tại nhà", "What you can do from home"];
const LOOK_UP: Both = ["Tra cứu hồ sơ", "Look up a dossier"];
const LABEL: Both = ["Mã tra cứu", "Look-up code"];

/// Shows the page.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>) -> Response {
    frame.learn(site).await;
    let content = html! {
        h1 { (frame.say(TITLE)) }
        (running::shown(frame))
        h2 { (frame.say(["Nộp hồ sơ mới", "File a new dossier"])) }
        p {
            (frame.say([
                "Hồ sơ trực tuyến nộp trên Cổng Dịch vụ công quốc gia, không nộp ở trang này. ",
                "Online filing is at the national portal, not on this page. ",
            ]))
            a href=(frame.way("/procedures")) { (frame.say([
                "Xem trước giấy tờ, lệ phí, thời hạn của từng thủ tục", "See first what each procedure asks for and costs",
            ])) }
        }
        (procedures::portal(frame))
        h2 { (frame.say(LOOK_UP)) }
        (form(frame, None, None))
        h2 { (frame.say(["Cước bưu điện hôm nay", "Postage today"])) }
        (postage::shown(site, frame, None))
        h2 { (frame.say(["Xem thêm", "More"])) }
        ul {
            li { a href=(frame.way("/procedures")) { (frame.say(["Các thủ tục", "Procedures"])) } }
            li { a href=(frame.way("/notices")) { (frame.say(["Các thông báo của cơ quan", "Notices of the office"])) } }
            li { a href=(frame.way("/privacy")) { (frame.say(["Quyền riêng tư", "Privacy"])) } }
        }
    };
    frame.page(200, frame.say(TITLE), &content)
}

/// Shows the look-up alone, with what is wrong with the code that somebody typed.
async fn look_up(site: &Site, frame: &Frame<'_>, wrong: Option<(&str, Both)>) -> Response {
    frame.learn(site).await;
    let title = frame.say(LOOK_UP);
    let mistakes = wrong.map(|(_, why)| Mistakes::at(CODE, frame.say(LABEL), frame.say(why))).unwrap_or_default();
    let after = ["Mã nằm cạnh mã vuông trên giấy hẹn.", "The code stands beside the square code on your slip."];
    let content = html! {
        h1 { (title) }
        // A mistake is told before anything else.
        @if wrong.is_none() { (running::shown(frame)) }
        (mistakes.summary(frame.lang, after))
        (form(frame, wrong.map(|(typed, _)| typed), mistakes.why(CODE)))
        p { a href=(frame.way("/")) { (frame.say(["Những việc làm được tại nhà", "What you can do from home"])) } }
    };
    frame.page(if wrong.is_some() { 400 } else { 200 }, title, &content)
}

/// Leads to the dossier's page. The official code alone leads nowhere: codes can be counted through, and the look-up code
/// cannot.
pub(crate) async fn looked_up(site: &Site, frame: &Frame<'_>, typed: &str) -> Response {
    let typed = typed.trim();
    if typed.is_empty() {
        return look_up(site, frame, None).await;
    }
    // Somebody may have copied the whole address.
    let last = typed.rsplit("/d/").next().unwrap_or(typed);
    let joined: String = last.chars().filter(|letter| !letter.is_whitespace()).collect();
    if let Some(id) = path::id(&joined) {
        return respond::see_other(frame.way(&path::of_dossier(id)));
    }
    let why = match joined.contains(['-', '.']) {
        true => [
            "Đây là mã hồ sơ. Hãy nhập mã tra cứu gồm 12 chữ và số, ở cuối địa chỉ in cạnh mã vuông trên giấy hẹn.",
            "This is the number of the dossier. Enter the look-up code of 12 letters and digits, at the end of the address beside the square code on your slip.",
        ],
        false => [
            "Mã tra cứu gồm đúng 12 chữ và số, ở cuối địa chỉ in cạnh mã vuông trên giấy hẹn.",
            "The look-up code has exactly 12 letters and digits; it stands at the end of the address beside the square code on your slip.",
        ],
    };
    look_up(site, frame, Some((typed, why))).await
}

fn form(frame: &Frame<'_>, typed: Option<&str>, wrong: Option<&str>) -> Markup {
    let hint = frame.say([
        "12 chữ và số ở cuối địa chỉ in cạnh mã vuông trên giấy hẹn, như 7K3M9P2QX4AB. Cũng có thể quét mã vuông bằng điện thoại.",
        "12 letters and digits at the end of the address beside the square code on your slip, such as 7K3M9P2QX4AB. You can also scan the square code with a phone.",
    ]);
    let field = Field::new(frame.lang, CODE, frame.say(LABEL)).hinted(hint).wrong(wrong);
    let line = Line { name: CODE, value: typed, longest: Some(LONGEST), ..Line::default() };
    html! {
        form method="get" action={ (frame.root) "/d" } novalidate {
            @if frame.lang == Language::En { input type="hidden" name=(LANGUAGE) value="en"; }
            (field.line(&line))
            p { button.main { (frame.say(["Xem hồ sơ", "Show the dossier"])) } }
        }
    }
}
