//! Buttons by their weight, and groups of them. A page has one main button at most.

use maud::{Markup, html};

/// Weight of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Main,
    /// Another thing to do here.
    Second,
    /// Whatever leads away.
    Quiet,
}

impl Weight {
    /// Its class in the style sheet; the second weight is the plain button.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Second => "",
            Self::Quiet => "quiet",
        }
    }
}

/// Writes a link that looks like a button, with its access key if it has one.
#[must_use]
pub fn link(weight: Weight, href: &str, text: &str, key: Option<&str>) -> Markup {
    let title = key.map(|key| format!("Alt+{}", key.to_uppercase()));
    html! { a class=(format!("button {}", weight.class()).trim_end()) href=(href) accesskey=[key] title=[title] { (text) } }
}

/// Writes the button that sends its form.
#[must_use]
pub fn send(weight: Weight, text: &str) -> Markup {
    let class = Some(weight.class()).filter(|class| !class.is_empty());
    html! { button class=[class] { (text) } }
}

/// Writes a row of buttons.
#[must_use]
pub fn row(buttons: &Markup) -> Markup {
    html! { div.buttons { (buttons) } }
}

/// Writes a button that opens a group of others.
#[must_use]
pub fn group(name: &str, buttons: &Markup) -> Markup {
    html! { details.group { summary { (name) } div { (buttons) } } }
}
