//! The colour in which a state is shown, beside its words.

use pages::part::tag::Tone;
use rules::dossier::Phase;

/// Returns the colour of a state.
pub(crate) fn tone(phase: Phase) -> Tone {
    match phase {
        Phase::New | Phase::Submitted | Phase::Accepted | Phase::InProgress => Tone::Blue,
        Phase::Incomplete | Phase::Paused => Tone::Amber,
        Phase::Done | Phase::InPost | Phase::Returned => Tone::Green,
        Phase::NotAccepted | Phase::Withdrawn | Phase::Closed => Tone::Neutral,
    }
}
