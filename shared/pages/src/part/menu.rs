//! The menu, with a number beside each entry that has one.

use maud::{Markup, html};
use rules::language::{Both, Language};

/// Number beside an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number.
    pub number: u64,
    /// The thing counted, for those who hear the page.
    pub of: Both,
    /// Whether any is one too many.
    pub presses: bool,
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its address.
    pub href: &'a str,
    /// Its name.
    pub name: Both,
    /// Its access key.
    pub key: &'a str,
    /// Its number, if it is known.
    pub count: Option<Count>,
    /// Whether this page belongs to it.
    pub open: bool,
}

/// Writes the menu.
#[must_use]
pub fn menu(lang: Language, entries: &[Entry<'_>]) -> Markup {
    html! {
        nav.menu aria-label=(lang.pick(["Các trang", "Pages"])) { ul { @for entry in entries {
            @let presses = entry.count.is_some_and(|count| count.presses && count.number > 0);
            li class=[presses.then_some("pressing")] {
                a href=(entry.href) accesskey=(entry.key) aria-current=[entry.open.then_some("page")] {
                    (lang.pick(entry.name))
                    @if let Some(count) = entry.count { " " b { (count.number) } span.unseen { " " (lang.pick(count.of)) } }
                }
            }
        } } }
    }
}
