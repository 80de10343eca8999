//! A page shown instead of the one asked for, with the reason.

use maud::{Markup, html};
use rules::language::{Both, Language};

/// The message shown instead of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status of the answer.
    pub status: u16,
    /// The problem: the page's title.
    pub what: Both,
    /// The advice on what to do now.
    pub then: Both,
}

impl Told {
    /// Writes the page's content: what to do, and a way forward.
    #[must_use]
    pub fn content(&self, lang: Language, way: &str, called: Both) -> Markup {
        html! {
            div.notice.bad role="alert" {
                p { (lang.pick(self.then)) }
                p { a href=(way) { (lang.pick(called)) } }
            }
        }
    }
}
