//! A printed sheet: a page with the printer's style sheet alone.

use maud::{DOCTYPE, Markup, html};

/// The style sheet of paper: A4, black on white.
pub const STYLE: &str = include_str!("sheet.css");

/// Writes the whole page around a sheet, in Vietnamese. `bar` is on the screen only; `class` is the sheet's kind.
#[must_use]
pub fn document(title: &str, style: &str, class: &str, bar: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href=(style);
                link rel="icon" href="data:,";
            }
            body { (bar) main class=(class) { (content) } }
        }
    }
}

/// Writes the bar above a sheet, on the screen only: the way back, how to print, and a warning.
#[must_use]
pub fn bar(back: &str, warning: Option<&Markup>) -> Markup {
    html! {
        nav.screen aria-label="Trang in" {
            a href=(back) { "← Quay lại" }
            span { "Bấm " kbd { "Ctrl" } "+" kbd { "P" } " để in " span lang="en" { "(print)" } }
            @if let Some(warning) = warning { strong { (warning) } }
        }
    }
}
