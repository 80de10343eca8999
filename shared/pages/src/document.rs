//! The HTML around every page.

use bytes::Bytes;
use maud::{DOCTYPE, Markup, html};
use rules::http::{Reply, Response, respond};
use rules::language::Language;

/// The one style sheet.
pub const STYLE: &str = include_str!("style.css");

/// How long a browser keeps a style sheet, in seconds.
const STYLE_KEPT: &str = "max-age=3600";

/// A style sheet as an answer, which a browser keeps for an hour.
#[must_use]
pub fn style_sheet(sheet: impl Into<Bytes>) -> Response {
    respond::typed(200, "text/css; charset=utf-8", sheet).with_header("cache-control", STYLE_KEPT)
}

/// What the HTML around a page says.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The language of its words.
    pub lang: Language,
    /// What the page is.
    pub title: &'a str,
    /// The name of the whole site, which stands after the title.
    pub site: &'a str,
    /// The address of [`STYLE`].
    pub style: &'a str,
}

impl Document<'_> {
    /// The whole page around its body.
    #[must_use]
    pub fn around(&self, body: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " – " (self.site) }
                    link rel="stylesheet" href=(self.style);
                    link rel="icon" href="data:,";
                }
                body { (body) }
            }
        }
    }

    /// A page that is its heading and its content alone, without a menu.
    #[must_use]
    pub fn bare(&self, status: u16, content: &Markup) -> Response {
        let body = html! { main id="content" { h1 { (self.title) } (content) } };
        respond::html(status, self.around(&body).into_string())
    }
}
