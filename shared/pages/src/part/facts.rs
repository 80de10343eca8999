//! A summary list: names with what they stand for.

use maud::{Markup, html};

/// Writes the list, one row for each fact.
#[must_use]
pub fn summary(facts: &[(&str, Markup)]) -> Markup {
    html! { dl.summary { @for (name, fact) in facts { div { dt { (name) } dd { (fact) } } } } }
}
