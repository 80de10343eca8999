//! The way through a list that is longer than a page.

use maud::{Markup, html};
use rules::language::Language;

/// Writes the links to the first and to the next page, each if there is one.
#[must_use]
pub fn pager(lang: Language, first: Option<&str>, next: Option<&str>) -> Markup {
    html! { @if first.is_some() || next.is_some() {
        nav.pager aria-label=(lang.pick(["Các trang của danh sách", "Pages of the list"])) {
            @if let Some(first) = first { a.button.quiet href=(first) { (lang.pick(["Về đầu danh sách", "To the beginning"])) } }
            @if let Some(next) = next { a.button rel="next" href=(next) { (lang.pick(["Trang sau", "Next page"])) } }
        }
    } }
}
