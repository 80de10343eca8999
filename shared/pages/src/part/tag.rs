//! A state as a small coloured label. Its words carry the meaning, its colour only helps to find it.

use maud::{Markup, html};

/// Colour of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is to be done, or it is over.
    Neutral,
    /// It goes on.
    Blue,
    /// It waits, or is soon too late.
    Amber,
    /// It is too late, or failed.
    Red,
    /// It is done.
    Green,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 5] = [Self::Neutral, Self::Blue, Self::Amber, Self::Red, Self::Green];

    /// Its class in the style sheet.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Blue => "blue",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Green => "green",
        }
    }
}

/// Writes a tag.
#[must_use]
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (text) } }
}
