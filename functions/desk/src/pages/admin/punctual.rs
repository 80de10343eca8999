//! Punctuality of background work.

use jiff::SignedDuration;
use maud::{Markup, html};

use crate::pages::layout::Frame;

/// Lateness of work from which its function is not well: three of its runs were missed.
const LATE: SignedDuration = SignedDuration::from_mins(15);

/// Says whether work is done in time, by its oldest piece.
pub(super) fn punctual(frame: &Frame, behind: Option<SignedDuration>) -> Markup {
    html! {
        @if let Some(behind) = behind.filter(|behind| *behind > LATE) {
            span.tag.red { (frame.say("Chậm", "Behind")) " " (behind.as_mins()) " " (frame.say("phút", "minutes")) }
        } @else { span.tag.green { (frame.say("Kịp", "On time")) } }
    }
}
