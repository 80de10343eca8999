//! Parts of one page, and whatever else a phone folds.

use maud::{Markup, html};
use rules::language::{Both, Language};

/// One part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: Both,
    /// The number of things in it, if that says anything.
    pub count: Option<u64>,
    /// Whether any thing in it is one too many.
    pub presses: bool,
    /// Whether it is shown.
    pub open: bool,
}

/// Writes what a wide window shows and a phone folds behind these words.
#[must_use]
pub fn folded(words: &Markup, content: &Markup) -> Markup {
    html! { details.folded { summary { (words) } (content) } }
}

/// Writes the links between the parts of a page. A phone folds them behind the name of the open one.
#[must_use]
pub fn tabs(lang: Language, label: &str, tabs: &[Tab]) -> Markup {
    let open = tabs.iter().find(|tab| tab.open);
    let words = html! { (label) @if let Some(open) = open { ": " (named(lang, open)) } };
    let links = html! {
        nav aria-label=(label) { ul.tabs { @for tab in tabs {
            li class=[(tab.presses && tab.count.is_some_and(|count| count > 0)).then_some("pressing")] {
                a href=(tab.href) aria-current=[tab.open.then_some("page")] { (named(lang, tab)) }
            }
        } } }
    };
    folded(&words, &links)
}

fn named(lang: Language, tab: &Tab) -> Markup {
    html! { (lang.pick(tab.name)) @if let Some(count) = tab.count { " " b { (count) } } }
}
