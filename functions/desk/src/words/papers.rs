//! The words of a check-list.

use maud::{Markup, html};
use rules::catalogue::Paper;

/// The form to fill in: a link if the catalogue has its address, or its name.
pub(crate) fn form_of(paper: &Paper) -> Markup {
    html! {
        @match (paper.form_address(), &paper.form) {
            (Some(address), _) => a href=(address) rel="noreferrer" lang="vi" { "Tải mẫu" },
            (None, Some(name)) => bdi { (name) },
            (None, None) => "–",
        }
    }
}
