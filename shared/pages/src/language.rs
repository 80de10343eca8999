//! The language of a page: Vietnamese, or English if somebody asked for it.

use http::header::{COOKIE, SET_COOKIE};
use rules::http::query::{self, encode};
use rules::http::{Reply, Request, Response, respond};
use rules::language::Language;

use maud::{Markup, html};

const REMEMBERED: &str = "lang";

/// Returns the values of the cookies of that name, in the order sent.
pub fn cookies<'a>(request: &'a Request, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = request.headers().get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(it, _)| *it == name).map(|(_, value)| value)
}

/// Returns the language that the browser remembers; Vietnamese if it remembers none.
#[must_use]
pub fn of(request: &Request) -> Language {
    match cookies(request, REMEMBERED).next() {
        Some("en") => Language::En,
        Some(_) | None => Language::Vi,
    }
}

/// `{root}/language/en?back={root}/…`: remembers the language for a year and goes back, never to a page elsewhere. Behind https
/// the cookie is sent over https only.
#[must_use]
pub fn switch(root: &str, wanted: &str, raw_query: &str, secure: bool) -> Response {
    let wanted = if wanted == "en" { "en" } else { "vi" };
    let back = query::pairs(raw_query).into_iter().find(|pair| *pair.name == *b"back");
    let back = back.and_then(|pair| String::from_utf8(pair.value.into_owned()).ok());
    let back = back.filter(|path| is_below(root, path)).unwrap_or_else(|| root.to_owned());
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{REMEMBERED}={wanted}; Path={root}; Max-Age=31536000; SameSite=Lax{secure}");
    respond::see_other(back).with_header(SET_COOKIE, cookie)
}

/// Writes the link to this page in the other language. `here` is its path with its query.
#[must_use]
pub fn other(root: &str, lang: Language, here: &str) -> Markup {
    let (code, name) = match lang {
        Language::Vi => ("en", "English"),
        Language::En => ("vi", "Tiếng Việt"),
    };
    let back = encode(here.as_bytes());
    html! { a href={ (root) "/language/" (code) "?back=" (back) } lang=(code) hreflang=(code) { (name) } }
}

/// Whether a path is a page below `root`, and can be written in a header.
#[must_use]
pub fn is_below(root: &str, path: &str) -> bool {
    let visible = path.bytes().all(|byte| byte.is_ascii_graphic()) && !path.contains('\\');
    visible && path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_goes_back_to_a_page_of_the_desk_and_nowhere_else() {
        let goes_to =
            |query: &str| switch("/desk", "en", query, false).header("location").unwrap_or_default().to_owned();
        assert_eq!(goes_to("back=%2Fdesk%2Flists%2Flate%3Fafter%3D1"), "/desk/lists/late?after=1");
        for foreign in
            ["back=https%3A%2F%2Fexample.com", "back=%2F%2Fexample.com", "back=%2Fdeskx", "back=%2Fdesk%0D%0A", ""]
        {
            assert_eq!(goes_to(foreign), "/desk", "{foreign}");
        }
        let secure = switch("/desk", "en", "", true);
        assert_eq!(secure.header("set-cookie"), Some("lang=en; Path=/desk; Max-Age=31536000; SameSite=Lax; Secure"));
        let remembered = switch("/desk", "xx", "", false);
        assert_eq!(remembered.header("set-cookie"), Some("lang=vi; Path=/desk; Max-Age=31536000; SameSite=Lax"));
    }
}
