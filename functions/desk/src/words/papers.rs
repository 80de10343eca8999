//! The words of a check-list.

use maud::{Markup, html};
use rules::catalogue::{Paper, PaperKind};
use rules::language::{Both, Language};

/// Kind in which a paper is filed.
fn kind_of(kind: PaperKind) -> Both {
    match kind {
        PaperKind::Original => ["bản chính", "original"],
        PaperKind::Copy => ["bản sao", "copy"],
    }
}

/// Copies of a paper that are filed: `2 bản sao`.
pub(crate) fn copies(paper: &Paper, lang: Language) -> String {
    let [vi, en] = kind_of(paper.kind);
    let english = match (paper.kind, paper.copies) {
        (_, 1) => format!("1 {en}"),
        (PaperKind::Original, copies) => format!("{copies} originals"),
        (PaperKind::Copy, copies) => format!("{copies} copies"),
    };
    lang.pick([&format!("{} {vi}", paper.copies), &english]).to_owned()
}

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
