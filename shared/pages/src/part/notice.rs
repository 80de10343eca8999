//! Notices: what is to be known before anything else on the page.

use maud::{Markup, html};

/// Kind of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something to know.
    Told,
    /// Something was done.
    Done,
    /// Something is to be watched.
    Warning,
    /// Something went wrong.
    Bad,
}

impl Notice {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Told, Self::Done, Self::Warning, Self::Bad];

    /// Writes a notice of this kind.
    #[must_use]
    pub fn of(self, content: &Markup) -> Markup {
        let (class, role) = match self {
            Self::Told => ("notice", None),
            Self::Done => ("notice done", Some("status")),
            Self::Warning => ("notice warn", None),
            Self::Bad => ("notice bad", Some("alert")),
        };
        html! { div class=(class) role=[role] { (content) } }
    }
}
