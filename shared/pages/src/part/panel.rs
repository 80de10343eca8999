//! The panel of what was done, with the code that is copied from it.

use maud::{Markup, html};

/// Writes the panel: what was done, its code in large figures, and what follows from it.
#[must_use]
pub fn panel(done: &str, code: Option<&str>, below: &Markup) -> Markup {
    html! {
        div.panel role="status" {
            h2 { (done) }
            @if let Some(code) = code { p { strong.code { (code) } } }
            (below)
        }
    }
}
