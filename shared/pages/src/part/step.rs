//! The steps of something that takes several pages.

use maud::{Markup, html};

/// Writes the steps; those before `at`, from 0, are done.
#[must_use]
pub fn steps(names: &[&str], at: usize) -> Markup {
    html! {
        ol.steps { @for (place, name) in names.iter().enumerate() {
            li class=[(place < at).then_some("done")] aria-current=[(place == at).then_some("step")] { (name) }
        } }
    }
}
