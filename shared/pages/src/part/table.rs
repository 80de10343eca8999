//! Tables: wide ones that move sideways under their first column, and lists that become cards on a phone.

use maud::{Markup, html};

/// Writes a table that may be wider than the page. It can be moved sideways by keyboard too, so it has a name.
#[must_use]
pub fn wide(name: &str, table: &Markup) -> Markup {
    html! { div.list tabindex="0" role="region" aria-label=(name) { (table) } }
}

/// Writes a list: a table, and below 800 px a card for each row. Each cell but the first has the name of its column, by
/// [`cell`].
#[must_use]
pub fn rows(head: &[&str], body: &Markup) -> Markup {
    html! { table.rows {
        thead { tr { @for name in head { th scope="col" { (name) } } } }
        tbody { (body) }
    } }
}

/// Writes one cell of a list.
#[must_use]
pub fn cell(name: &str, content: &Markup) -> Markup {
    html! { td data-name=(name) { (content) } }
}
