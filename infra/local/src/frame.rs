//! The frame of the laptop's own pages: the page kit with a head of its own.

use maud::{Markup, html};
use pages::{Document, STYLE, style_sheet};
use rules::http::Response;
use rules::language::Language;

/// Path of the style sheet.
pub(crate) const STYLE_PATH: &str = "/local/style.css";

/// Returns the kit's style sheet with the additions of these pages.
pub(crate) fn style() -> Response {
    style_sheet([STYLE, include_str!("frame.css")].concat())
}

/// Builds a page: its heading, further content beside it in the head, and its content.
pub(crate) fn whole(lang: Language, title: &str, beside: &Markup, content: &Markup) -> Markup {
    let body = html! {
        header.local { h1 { (title) } (beside) }
        main id="content" { (content) }
    };
    Document { lang, title, site: "máy cá nhân", style: STYLE_PATH }.around(&body)
}
