//! A page that says why there is none.

use maud::{Markup, html};
use rules::language::{Both, Language};

/// What somebody is told instead of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status of the answer.
    pub status: u16,
    /// What is wrong: the page's title.
    pub what: Both,
    /// What to do now.
    pub then: Both,
}

impl Told {
    /// The page's content: what to do, and a way forward.
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
