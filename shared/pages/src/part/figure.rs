//! Big figures, to be read across a room.

use maud::{Markup, html};

use super::tag::Tone;

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// The figure itself, with its unit.
    pub value: String,
    /// Its name.
    pub name: &'a str,
    /// The numbers that it is made of, if there are any.
    pub of: Option<String>,
    /// The address of the things that it counts, and the words of the link.
    pub leads: Option<(String, String)>,
    /// Its colour: neutral is the colour of the pages.
    pub tone: Tone,
}

/// Writes a row of figures.
#[must_use]
pub fn figures(figures: &[Figure<'_>]) -> Markup {
    html! {
        ul.figures { @for figure in figures { li class=[(figure.tone != Tone::Neutral).then_some(figure.tone.class())] {
            strong { (figure.value) }
            span { (figure.name) }
            @if let Some(of) = &figure.of { span.small.soft { (of) } }
            @if let Some((address, words)) = &figure.leads { a href=(address) { (words) } }
        } } }
    }
}
