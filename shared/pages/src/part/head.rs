//! The head of every page: whose office it is, a search where there is one, and who is signed in.

use maud::{Markup, html};
use rules::language::Language;
use rules::limits::LONGEST_SOUGHT;

/// The sign of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The address of its emblem.
    Emblem(String),
    /// A few letters.
    Letters(String),
}

impl Mark {
    /// Chooses the emblem, the letters if there is no emblem, and the initials of the agency's name if there are none.
    #[must_use]
    pub fn of(emblem: Option<&str>, letters: Option<&str>, name: &str) -> Self {
        match (emblem, letters) {
            (Some(emblem), _) => Self::Emblem(emblem.to_owned()),
            (None, Some(letters)) => Self::Letters(letters.to_owned()),
            (None, None) => Self::Letters(initials(name)),
        }
    }

    /// Returns the address of the emblem, for paper: letters in a box are for the screen.
    #[must_use]
    pub fn emblem(&self) -> Option<&str> {
        match self {
            Self::Emblem(address) => Some(address),
            Self::Letters(_) => None,
        }
    }

    /// Writes it. The agency's name stands beside it, so that it says nothing more to those who do not see it.
    #[must_use]
    pub fn shown(&self) -> Markup {
        html! { @match self {
            Self::Emblem(address) => { img.mark src=(address) alt="" width="44" height="44"; }
            Self::Letters(letters) => { span.mark aria-hidden="true" { (letters) } }
        } }
    }
}

/// Returns the initials of the last two words that begin with a capital: those of the place, in Vietnamese names.
fn initials(name: &str) -> String {
    let capitals = name.split_whitespace().filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
    let capitals: Vec<_> = capitals.collect();
    capitals[capitals.len().saturating_sub(2)..].iter().collect()
}

/// Search field of the head.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The address that the words are sent to, as `q`: never in an address, which others store.
    pub action: &'a str,
    /// The hidden field of the session.
    pub csrf: &'a Markup,
    /// The access key of the field.
    pub key: &'a str,
}

/// Content of the head.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The address that the office's name leads to.
    pub home: &'a str,
    /// The agency's sign.
    pub mark: &'a Mark,
    /// The agency's name.
    pub name: &'a str,
    /// The line under the name.
    pub below: &'a str,
    /// The search field, where there is one.
    pub search: Option<Search<'a>>,
    /// The reader who is signed in and the way to leave, or the switch of the language alone.
    pub who: &'a Markup,
}

impl Head<'_> {
    /// Writes the head.
    #[must_use]
    pub fn shown(&self, lang: Language) -> Markup {
        html! {
            header.top { div {
                a.brand href=(self.home) {
                    (self.mark.shown())
                    span { strong { (self.name) } span.clock { (self.below) } }
                }
                @if let Some(Search { action, csrf, key }) = self.search { form.find method="post" action=(action) role="search" novalidate {
                    (csrf)
                    label.unseen for="find" { (lang.pick(["Tìm hồ sơ", "Find a dossier"])) }
                    input id="find" name="q" type="search" required maxlength=(LONGEST_SOUGHT) autocomplete="off" accesskey=(key)
                        placeholder=(lang.pick(["Mã, điện thoại, tên…", "Code, telephone, name…"]));
                    button { (lang.pick(["Tìm", "Search"])) }
                } }
                div.who { (self.who) }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_without_emblem_and_letters_is_marked_by_the_initials_of_its_place() {
        let of = |name: &str| Mark::of(None, None, name);
        assert_eq!(of("Ban Quản lý Khu kinh tế Vân Phong"), Mark::Letters("VP".into()));
        assert_eq!(of("Sở Xây dựng"), Mark::Letters("SX".into()));
        assert_eq!(of("Ủy ban"), Mark::Letters("Ủ".into()));
        assert_eq!(of("một cửa"), Mark::Letters(String::new()));
        assert_eq!(Mark::of(None, Some("BQL"), "Vân Phong"), Mark::Letters("BQL".into()));
        assert_eq!(Mark::of(Some("/emblem.svg"), Some("BQL"), "Vân Phong"), Mark::Emblem("/emblem.svg".into()));
    }
}
