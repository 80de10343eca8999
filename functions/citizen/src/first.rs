//! The first page of an agency: the measures that run, and the look-up of a dossier by the code that its papers carry.

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::errors::Mistakes;
use pages::part::field::{Field, Line};
use rules::http::{Response, respond};
use rules::language::{Both, Language};

use crate::frame::{Frame, LANGUAGE};
use crate::notices::running;
use crate::path;

/// Name and id of the field.
const CODE: &str = "code";
/// The longest text typed into it: an address with an id at its end.
const LONGEST: usize = 300;
const TITLE: Both = ["Tra cứu hồ sơ", "Look up a dossier"];
const LABEL: Both = ["Mã tra cứu", "Look-up code"];

/// Shows the page, with what is wrong with the code that somebody typed.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>, wrong: Option<(&str, Both)>) -> Response {
    frame.learn(site).await;
    let title = frame.say(TITLE);
    let mistakes = wrong.map(|(_, why)| Mistakes::at(CODE, frame.say(LABEL), frame.say(why))).unwrap_or_default();
    let after = ["Mã nằm cạnh mã vuông trên giấy hẹn.", "The code stands beside the square code on your slip."];
    let content = html! {
        h1 { (title) }
        // A mistake is told before anything else.
        @if wrong.is_none() { (running::shown(frame)) }
        (mistakes.summary(frame.lang, after))
        (form(frame, wrong.map(|(typed, _)| typed), mistakes.why(CODE)))
        p { a href=(frame.way("/notices")) { (frame.say(["Các thông báo của cơ quan", "Notices of the office"])) } }
    };
    frame.page(if wrong.is_some() { 400 } else { 200 }, title, &content)
}

/// Leads to the dossier's page. The official code alone leads nowhere: codes can be counted through, and the look-up code
/// cannot.
pub(crate) async fn looked_up(site: &Site, frame: &Frame<'_>, typed: &str) -> Response {
    let typed = typed.trim();
    if typed.is_empty() {
        return show(site, frame, None).await;
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
    show(site, frame, Some((typed, why))).await
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
