//! The parts that pages are made of.

use maud::{Markup, html};
use rules::http::query::encode;
use rules::language::{Both, Language};

/// Writes the button to the next page of a list, if there is one: `path` ends where the value of `after` begins.
#[must_use]
pub fn next_page(lang: Language, path: &str, next: Option<&str>) -> Markup {
    html! {
        @if let Some(next) = next {
            p { a.button href={ (path) (encode(next.as_bytes())) } { (lang.pick(["Trang sau", "Next page"])) } }
        }
    }
}

/// Writes the links between the parts of one page, each with its address; the open part is marked.
#[must_use]
pub fn tabs<'a>(lang: Language, tabs: impl Iterator<Item = (String, Both, bool)> + 'a) -> Markup {
    html! {
        ul.tabs { @for (href, name, open) in tabs {
            li { a href=(href) aria-current=[open.then_some("page")] { (lang.pick(name)) } }
        } }
    }
}

/// Writes a notice of what went wrong, and that nothing was recorded.
#[must_use]
pub fn refused(lang: Language, why: &str) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { (why) } }
            p { (lang.pick(["Chưa có gì được ghi.", "Nothing was recorded."])) }
        }
    }
}
