//! A list of what is to be done, each with how it stands.

use maud::{Markup, html};

/// Writes the list: each task, usually a link, with its state, usually a tag.
#[must_use]
pub fn tasks(tasks: &[(Markup, Markup)]) -> Markup {
    html! { ul.tasks { @for (task, state) in tasks { li { span { (task) } (state) } } } }
}
