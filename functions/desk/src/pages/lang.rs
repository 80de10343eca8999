//! Which language a page is told in: Vietnamese, or English where somebody asked for it.

use rules::http::{Reply, query, respond};
use rules::http::{Request, Response};
use rules::message::Language;

use crate::headers::cookies;

const COOKIE: &str = "lang";

/// The language that the browser remembers; Vietnamese where it remembers none.
pub(crate) fn of(request: &Request) -> Language {
    match cookies(request, COOKIE).next() {
        Some("en") => Language::En,
        Some(_) | None => Language::Vi,
    }
}

/// `/desk/language/en?back=/desk/…`: remembers it for a year and goes back. A page of another site is never gone to.
pub(crate) fn switch(wanted: &str, raw_query: &str) -> Response {
    let wanted = if wanted == "en" { "en" } else { "vi" };
    let back = query::pairs(raw_query).into_iter().find(|pair| *pair.name == *b"back");
    let back = back.and_then(|pair| String::from_utf8(pair.value.into_owned()).ok());
    let back = back.filter(|path| is_ours(path)).unwrap_or_else(|| "/desk".into());
    respond::see_other(back)
        .with_header("set-cookie", format!("{COOKIE}={wanted}; Path=/desk; Max-Age=31536000; SameSite=Lax"))
}

/// Whether a path is a page of the desk, and can stand in a header.
pub(crate) fn is_ours(path: &str) -> bool {
    let visible = path.bytes().all(|byte| byte.is_ascii_graphic());
    visible && (path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?")) && !path.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_goes_back_to_a_page_of_the_desk_and_nowhere_else() {
        let goes_to = |query: &str| switch("en", query).header("location").unwrap_or_default().to_owned();
        assert_eq!(goes_to("back=%2Fdesk%2Flists%2Flate%3Fafter%3D1"), "/desk/lists/late?after=1");
        for foreign in
            ["back=https%3A%2F%2Fexample.com", "back=%2F%2Fexample.com", "back=%2Fdeskx", "back=%2Fdesk%0D%0A", ""]
        {
            assert_eq!(goes_to(foreign), "/desk", "{foreign}");
        }
        assert_eq!(switch("xx", "").header("set-cookie"), Some("lang=vi; Path=/desk; Max-Age=31536000; SameSite=Lax"));
    }
}
