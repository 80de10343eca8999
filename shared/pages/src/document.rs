//! The HTML around every page.

use bytes::Bytes;
use maud::{DOCTYPE, Markup, html};
use rules::http::{Reply, Response, respond};
use rules::language::Language;

use crate::part::errors;

/// The style sheet of the office's own pages.
pub const STYLE: &str = include_str!("style.css");
/// The style sheet of public pages: smaller, and for browsers that are ten years old.
pub const PUBLIC_STYLE: &str = include_str!("public.css");

/// The time for which a browser keeps a style sheet, in seconds.
const STYLE_KEPT: &str = "max-age=3600";

/// Answers with a style sheet, which a browser keeps for an hour.
#[must_use]
pub fn style_sheet(sheet: impl Into<Bytes>) -> Response {
    respond::typed(200, "text/css; charset=utf-8", sheet).with_header("cache-control", STYLE_KEPT)
}

/// The texts and addresses in the HTML around a page.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The language of its words.
    pub lang: Language,
    /// The title of the page.
    pub title: &'a str,
    /// The name of the whole site, shown after the title.
    pub site: &'a str,
    /// The address of [`STYLE`].
    pub style: &'a str,
}

impl Document<'_> {
    /// Writes the whole page around its body. If that shows a summary of mistakes, the title says so first: it is what
    /// a screen reader reads first.
    #[must_use]
    pub fn around(&self, body: &Markup) -> Markup {
        let wrong = body.0.contains(errors::MARK).then(|| self.lang.pick(["Lỗi: ", "Error: "]));
        html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (wrong.unwrap_or_default()) (self.title) " – " (self.site) }
                    link rel="stylesheet" href=(self.style);
                    link rel="icon" href="data:,";
                }
                body { (body) }
            }
        }
    }

    /// Answers with a page of heading and content alone, without a menu.
    #[must_use]
    pub fn bare(&self, status: u16, content: &Markup) -> Response {
        let body = html! { main id="content" { h1 { (self.title) } (content) } };
        respond::html(status, self.around(&body).into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{PUBLIC_STYLE, STYLE};
    use crate::sheet;

    #[test]
    fn a_style_sheet_is_small_and_asks_nobody_else_for_anything() {
        for style in [STYLE, PUBLIC_STYLE, sheet::STYLE] {
            assert!(style.len() <= 20 * 1024, "{} bytes", style.len());
            assert!(!style.contains("url(") && !style.contains("@import"));
        }
        assert!(PUBLIC_STYLE.len() <= 12 * 1024, "{} bytes", PUBLIC_STYLE.len());
    }
}
